import type { Json } from '../../rule/json.ts';

/** As Kibana writes JSON. */
export function plain(value: Json, indent: string): string {
  return JSON.stringify(value, null, indent);
}

const beyondAscii = /[\u007f-\uffff]/g;

/** As Python writes JSON, which is how packages are made: nothing beyond ASCII. */
export function escaped(value: Json, indent: string): string {
  return plain(value, indent).replace(beyondAscii, asEscape);
}

function asEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
