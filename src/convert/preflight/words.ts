import { familyOf } from '../../mapping/index-fields/family.ts';
import type { FoundField } from '../../mapping/index-fields/find.ts';
import { hasWildcard, isPattern } from '../../query/pattern.ts';
import type { FieldTest, Pattern } from '../../query/query.ts';
import { type Asked, nameOf } from './asked.ts';
import type { Complaint } from './complaint.ts';
import { shownValue } from './shown.ts';

/** What is wrong with asking a field that is cut into words. ES|QL compares what was logged, and has no trouble. */
export function judgeWords({ name, field }: FoundField, { asks, use }: Asked): Complaint | undefined {
  if (familyOf(field.type) !== 'text' || asks === 'esql') return undefined;
  if (asks === 'eql') return wholeValues(name, field.type, field.whole ?? []);
  return use.kind === 'test' ? acrossWords(name, asks, use.test) : undefined;
}

/** EQL takes the multi-field that keeps whole values, if there is one and no more. */
function wholeValues(name: string, type: string, whole: readonly string[]): Complaint | undefined {
  const [only, ...more] = whole;
  const code = 'fields/words';
  if (only === undefined) {
    const what = `${name} is ${type}, which is cut into words, and has no keyword field below it for whole values`;
    return { code, what, end: 'fails' };
  }
  if (more.length === 0) return undefined;
  const what = `${name} is ${type}, and of the keyword fields below it (${whole.join(', ')}) EQL can not choose one`;
  return { code, what, end: 'fails' };
}

/** A blank ends a word: no word has one in it. */
function acrossWords(name: string, asks: 'kuery' | 'lucene' | 'dsl', test: FieldTest): Complaint | undefined {
  if (test.kind !== 'equals') return undefined;
  const torn = test.values.find((value) => value !== null && isPattern(value) && isTorn(value));
  if (torn === undefined) return undefined;
  const code = 'fields/words';
  const cut = `${name} is cut into words`;
  if (asks === 'kuery') {
    const what = `${cut}, and ${nameOf(asks)} looks for each part of ${shownValue(torn)} between blanks by itself: any of them will do`;
    return { code, what, end: 'said' };
  }
  return {
    code,
    what: `${cut}, none of which has the blank of ${shownValue(torn)} in it`,
    end: 'never',
    ...(test.values.length > 1 && { some: true }),
  };
}

function isTorn(value: Pattern): boolean {
  return hasWildcard(value) && value.some((part) => typeof part === 'string' && /\s/.test(part));
}
