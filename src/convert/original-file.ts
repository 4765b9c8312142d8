import { Failure } from '../diagnostic/attempt.ts';
import type { Format } from '../formats/format.ts';
import { staysBehind } from '../rule/carry.ts';
import { isObject, type JsonObject, objectOf } from '../rule/json.ts';
import type { Rule } from '../rule/rule.ts';
import type { Cast, Casting } from './cast.ts';
import { withWas } from './invented.ts';
import type { ConvertOptions } from './options.ts';

/** The file a rule was read from, as it travels with `--carry text`. */
export interface OriginalFile {
  readonly format: string;
  readonly text: string;
}

/** The most that the rules of a file carry of it, all together: more than any export that people keep in one file comes to. */
const most = 64 * 1024 * 1024;

/** Fails where each of many rules would have to carry a file so long that no process holds them. */
export function checkCarried(rules: number, { text }: OriginalFile, { carry }: ConvertOptions): void {
  if (carry !== 'text' || rules * text.length <= most) return;
  throw new Failure({
    code: 'read/too-large',
    message: `Each of the ${rules} rules would have to carry the ${text.length} characters of their file, and at most ${most} are carried in all; it was left out.`,
    span: { start: 0, end: 0 },
  });
}

/**
 * The written rule with the files that travel with it, the last of each other format that the rule stood in. The one
 * it comes from joins them if the user wants that; where nothing is to travel, they stay behind. A rule that
 * comes home to a file of its own needs the others no more.
 */
export function withFiles(
  rule: Rule,
  result: Cast,
  { format, text }: OriginalFile,
  { target, options }: Casting,
): Cast {
  const written = result.rules.at(-1);
  const isHome = Object.hasOwn(filesOf(rule), target.id);
  const brought = isHome ? [] : Object.entries(filesOf(rule));
  const joins = options.carry === 'text' && format !== target.id;
  if (written === undefined || (brought.length === 0 && !joins && filesOf(written) === none)) return result;
  const { files: _, ...was } = written.carry['was'] ?? {};
  const isBare = options.carry === 'none';
  const files = objectOf(isBare ? [] : [...brought, ...(joins ? [[format, text] as const] : [])]);
  const carry = withWas(written, { ...was, ...(Object.keys(files).length > 0 && { files }) });
  const lost =
    isBare && brought.length > 0 ? staysBehind('Nothing was to travel', { was: { files: brought } }) : [];
  return {
    ...result,
    rules: [...result.rules.slice(0, -1), { ...written, carry }],
    diagnostics: [...result.diagnostics, ...lost],
  };
}

/** The text that a rule was read from when it last stood in a file of this format, to be written onto. */
export function originalText(rule: Rule, { id }: Format): string | undefined {
  const text = filesOf(rule)[id];
  return typeof text === 'string' ? text : undefined;
}

function filesOf({ carry }: Rule): JsonObject {
  const files = carry['was']?.['files'];
  return isObject(files) ? files : none;
}

const none: JsonObject = {};
