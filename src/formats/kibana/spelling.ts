import type { Json } from '../../rule/json.ts';
import { inAscii } from '../json-ascii.ts';

/** As Kibana writes JSON. */
export function plain(value: Json, indent: string): string {
  return JSON.stringify(value, null, indent);
}

/** As Python writes JSON, which is how packages are made: nothing beyond ASCII. */
export function escaped(value: Json, indent: string): string {
  return inAscii(plain(value, indent));
}
