import type { Format } from '../formats/format.ts';
import { isObject, type JsonObject, objectOf } from '../rule/json.ts';
import type { Rule } from '../rule/rule.ts';
import type { Cast, Casting } from './cast.ts';

/** The file a rule was read from, as it travels with `--carry text`. */
export interface OriginalFile {
  readonly format: string;
  readonly text: string;
}

/**
 * The written rule with the file it came from, if the user wants that carried, beside those of other formats that
 * travel with it: the last one of each format it stood in.
 */
export function withFile(result: Cast, { format, text }: OriginalFile, { options }: Casting): Cast {
  const rule = result.rules.at(-1);
  if (options.carry !== 'text' || rule === undefined) return result;
  const files = objectOf([...Object.entries(filesOf(rule)), [format, text]]);
  const was: JsonObject = { ...rule.carry['was'], files };
  return { ...result, rules: [...result.rules.slice(0, -1), { ...rule, carry: { ...rule.carry, was } }] };
}

/** The text that a rule was read from when it last stood in a file of this format, to be written onto. */
export function originalText(rule: Rule, { id }: Format): string | undefined {
  const text = filesOf(rule)[id];
  return typeof text === 'string' ? text : undefined;
}

function filesOf({ carry }: Rule): JsonObject {
  const files = carry['was']?.['files'];
  return isObject(files) ? files : {};
}
