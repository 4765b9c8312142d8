import { Failure } from '../diagnostic/attempt.ts';
import { shortened } from '../diagnostic/shortened.ts';
import { satisfies } from '../query/bound.ts';
import type { Bound, PartTest } from '../query/query.ts';
import type { CorrelationDetection } from '../rule/rule.ts';
import { boundOf } from './bounds.ts';

/** The rules that a correlation is about: those it lists, or those that its condition names. */
export function rulesNamed({ rules, condition }: CorrelationDetection): readonly string[] {
  if (rules.length > 0 || typeof condition !== 'string') return rules;
  return [...new Set(wordsOf(condition).filter((word) => !signs.has(word)))];
}

/** Of which rules there must be events; all of them, unless the condition says otherwise. */
export function presenceOf({ condition }: CorrelationDetection, names: readonly string[]): PartTest {
  if (condition === undefined) return allOf(names);
  if (typeof condition === 'string') return parsePartTest(condition, names);
  const keep = boundOf(condition);
  return isAll(keep, names.length) ? allOf(names) : { kind: 'count', keep };
}

/** Whether a condition asks for all parts, and for nothing else. */
export function asksForAll(where: PartTest, names: readonly string[]): boolean {
  const asked = where.kind === 'and' ? where.of : [where];
  const found = new Set(asked.map((one) => (one.kind === 'part' ? one.name : undefined)));
  return !found.has(undefined) && names.every((name) => found.has(name));
}

function isAll(keep: Bound, count: number): boolean {
  const numbers = Array.from({ length: count + 1 }, (_, number) => number);
  return numbers.every((number) => satisfies(number, keep) === (number === count));
}

function allOf(names: readonly string[]): PartTest {
  const of = names.map((name): PartTest => ({ kind: 'part', name }));
  return of.length === 1 ? of[0]! : { kind: 'and', of };
}

const signs: ReadonlySet<string> = new Set(['and', 'or', 'not', '(', ')']);

function wordsOf(text: string): readonly string[] {
  return text.match(/[()]|[^\s()]+/g) ?? [];
}

/** Nobody writes more, and no text is to use up the stack. */
const deepest = 100;

/** Or := And ('or' And)*; And := Not ('and' Not)*; Not := 'not' Not | '(' Or ')' | name */
export function parsePartTest(text: string, names: readonly string[]): PartTest {
  const words = wordsOf(text);
  const known = new Set(names);
  let at = 0;
  const accept = (word: string) => {
    const isHere = words[at] === word;
    if (isHere) at += 1;
    return isHere;
  };
  const join = (kind: 'and' | 'or', part: (depth: number) => PartTest) => (depth: number) => {
    const of = [part(depth)];
    while (accept(kind)) of.push(part(depth));
    return of.length === 1 ? of[0]! : ({ kind, of } as const);
  };
  const parseNot = (depth: number): PartTest => {
    if (depth > deepest) throw flaw(text, 'parse/too-deep', 'is nested deeper than is read');
    if (accept('not')) return { kind: 'not', of: parseNot(depth + 1) };
    if (accept('(')) {
      const inner = parseOr(depth + 1);
      if (!accept(')')) throw flaw(text, 'parse/unexpected', 'has a parenthesis that is never closed');
      return inner;
    }
    const name = words[at] ?? '';
    at += 1;
    if (known.has(name)) return { kind: 'part', name };
    throw flaw(text, 'parse/unknown-identifier', `has "${name}" where a rule should be named`);
  };
  const parseOr: (depth: number) => PartTest = join('or', join('and', parseNot));
  const where = parseOr(0);
  if (at < words.length) throw flaw(text, 'parse/unexpected', `has "${words[at]}" where it should end`);
  return where;
}

function flaw(
  text: string,
  code: 'parse/too-deep' | 'parse/unexpected' | 'parse/unknown-identifier',
  what: string,
) {
  const message = `The condition "${shortened(text, 60)}" ${what}; the correlation was not read.`;
  return new Failure({ code, message, path: 'correlation.condition' });
}
