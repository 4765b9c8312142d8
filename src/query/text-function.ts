import { patternOfAffix } from './affix.ts';
import { never } from './build.ts';
import { anyCharacter, type Expression, repeat, sequence } from './expression/expression.ts';
import { printLucene } from './expression/print-lucene.ts';
import { many, pattern } from './pattern.ts';
import { expressionOfPattern } from './pattern-regex.ts';
import type { CallOperand, FieldOperand, LiteralOperand, Operand, Pattern, Predicate } from './query.ts';

/** A plain test that asks what a function did. */
export interface Expressed {
  readonly test: Predicate;
  /** What it does not take into account, as a sentence; absent if there is no difference. */
  readonly beside?: string;
}

/** A field, or the text of one. */
export function fieldOf(operand: Operand | undefined): FieldOperand | undefined {
  if (operand?.kind === 'field') return operand;
  if (operand?.kind !== 'call' || operand.name !== 'string') return undefined;
  const [of] = operand.arguments;
  return of?.kind === 'field' ? of : undefined;
}

/** How long a text may be asked to be. */
const longest = 1000;

const counts = 'Characters beyond U+FFFF count twice in the function, and once in the expression it became.';

export function ofLength(field: FieldOperand, least: number, most?: number): Expressed | undefined {
  if (most !== undefined && (most < least || most < 0 || !Number.isInteger(most))) return { test: never };
  if (least > longest || (most ?? 0) > longest) return undefined;
  if (least === 0 && most === undefined) return { test: { kind: 'exists', ...named(field) } };
  if (most === 0) return { test: equals(field, [''], true) };
  return { test: matches(field, repeat(anyCharacter, least, most)), beside: counts };
}

/** `indexOf(f, "a") == 0`. */
export function placed(
  field: FieldOperand,
  call: CallOperand,
  value: LiteralOperand['value'],
): Expressed | undefined {
  const [, text, ...more] = call.arguments;
  if (text?.kind !== 'literal' || typeof text.value !== 'string' || more.length > 0) return undefined;
  if (typeof value !== 'number') return undefined;
  if (value < 0 || !Number.isInteger(value)) return { test: never };
  const start = value === 0 ? patternOfAffix('startsWith', text.value) : undefined;
  return start && { test: equals(field, start, call.caseSensitive) };
}

export function contained(
  field: FieldOperand,
  { arguments: [, text, ...more], caseSensitive }: CallOperand,
): Expressed | undefined {
  if (text?.kind !== 'literal' || typeof text.value !== 'string' || more.length > 0) return undefined;
  return { test: equals(field, patternOfAffix('stringContains', text.value)!, caseSensitive) };
}

/** `substring(f, 0, 3) == "abc"`; places may count from the end. */
export function cut(field: FieldOperand, call: CallOperand, text: string): Expressed | undefined {
  const places = call.arguments.slice(1).map((one) => (one.kind === 'literal' ? one.value : undefined));
  if (!places.every((place) => typeof place === 'number' && Number.isInteger(place))) return undefined;
  const [start = 0, end] = places as readonly number[];
  if (start < 0) return end === undefined ? cutEnd(field, -start, text) : undefined;
  if (end === undefined) return cutFrom(field, start, text, false);
  const length = end - start;
  if (end < 0 || length <= 0) return undefined;
  return text.length > length ? { test: never } : cutFrom(field, start, text, text.length === length);
}

/** A text that is shorter than what was asked for is all that there is. */
function cutEnd(field: FieldOperand, length: number, text: string): Expressed {
  if (text.length > length) return { test: never };
  return { test: equals(field, text.length === length ? pattern([many, text]) : [text], true) };
}

function cutFrom(field: FieldOperand, start: number, text: string, hasMore: boolean): Expressed | undefined {
  if (start > longest) return undefined;
  const what = pattern([text, ...(hasMore ? [many] : [])]);
  if (start === 0) return { test: equals(field, what, true) };
  const before = text === '' ? repeat(anyCharacter, 0, start) : repeat(anyCharacter, start, start);
  return { test: matches(field, sequence([before, expressionOfPattern(what)])), beside: counts };
}

/** `concat("a", f, "c") == "abc"`: what is left for the one field. */
export function concatenated({ arguments: parts }: CallOperand, text: string): Expressed | undefined {
  const at = parts.findIndex((part) => part.kind !== 'literal');
  const field = fieldOf(parts[at]);
  const textOf = (some: readonly Operand[]) =>
    some.map((part) => (part.kind === 'literal' && part.value !== null ? String(part.value) : undefined));
  const [before, behind] = [textOf(parts.slice(0, Math.max(at, 0))), textOf(parts.slice(at + 1))];
  if (!field || [...before, ...behind].includes(undefined)) return undefined;
  const [start, end] = [before.join(''), behind.join('')];
  const fits = text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
  if (!fits) return { test: never };
  return { test: equals(field, [text.slice(start.length, text.length - end.length)], true) };
}

export function named({ field, optional }: FieldOperand): {
  readonly field: string;
  readonly optional?: true;
} {
  return optional ? { field, optional } : { field };
}

export function equals(field: FieldOperand, value: Pattern, caseSensitive: boolean): Predicate {
  return { kind: 'equals', ...named(field), values: [value], quantifier: 'any', caseSensitive };
}

function matches(field: FieldOperand, tree: Expression): Predicate {
  const patterns = [printLucene(tree)];
  return {
    kind: 'regex',
    ...named(field),
    patterns,
    quantifier: 'any',
    flavour: 'lucene',
    caseSensitive: true,
  };
}
