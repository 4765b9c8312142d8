import { loss, type Placed } from './failure.ts';
import type { Scalar } from './scalar.ts';

/** A line of a search: a field, its modifiers but for `all`, and the values that are asked for. */
export interface Line {
  /** Empty for a search in all fields. */
  readonly field: string;
  readonly modifiers: readonly string[];
  readonly values: readonly Scalar[];
  readonly quantifier: 'any' | 'all';
  /** What two such lines can make one list of: alternatives, or also values that all hold. */
  readonly joins: 'any' | 'any and all' | 'nothing';
}

/** What a test is written as: lines that all hold, alternatives of a line each, or text that is passed on. */
export type Lines =
  | { readonly link: 'and' | 'or'; readonly lines: readonly Line[] }
  | { readonly link: 'text'; readonly text: string };

/** Whether a map only asks whether a field is there. */
export function isPresence([line, ...more]: readonly Line[]): boolean {
  return line?.modifiers[0] === 'exists' && more.length === 0;
}

/** The line for a field that is not there, from the line for one that is; and back. */
export function opposite(line: Line): Line {
  return { ...line, values: line.values.map((present) => !present) };
}

export function keyOf({ field, modifiers, quantifier }: Line): string {
  const last = modifiers.at(-1) === 'cased' ? ['cased'] : [];
  const others = modifiers.slice(0, modifiers.length - last.length);
  return [field, ...others, ...(quantifier === 'all' ? ['all'] : []), ...last].join('|');
}

export function one(line: Line): Lines {
  return { link: 'and', lines: [line] };
}

export function lone(field: string, modifiers: readonly string[], value: Scalar): Line {
  return { field, modifiers, values: [value], quantifier: 'any', joins: 'nothing' };
}

/** YAML wants the colon of a key within 1024 characters. */
const longest = 900;

export function fieldOf(leaf: Placed & { readonly field: string }): string {
  const { field } = leaf;
  if (field !== '' && !field.includes('|') && field.length <= longest) return field;
  const why =
    field === ''
      ? 'The field has no name'
      : `The field "${field.slice(0, 60)}" is no key that Sigma can read`;
  throw loss('loss/field-name', `${why}, so this test cannot be said in it.`, leaf);
}

export function refuseEmpty(list: readonly unknown[], leaf: Placed): void {
  if (list.length > 0) return;
  throw loss('loss/constant', 'A list without values is never true, which Sigma has no word for.', leaf);
}

/** Numbers that are read back as they are written. */
export function isExact(value: unknown): boolean {
  return (
    typeof value !== 'number' ||
    (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value))
  );
}
