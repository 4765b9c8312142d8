import type { And, Predicate } from '../query/query.ts';
import { isFieldTest } from '../query/walk.ts';
import type { LogSource } from '../rule/rule.ts';
import type { Scope, Values } from './table.ts';
import { type Word, wordsOf } from './words.ts';

/**
 * Whether a row holds for a log source: each key that the scope names has one of its values, and the rule asks for
 * what the scope wants to stand beside it. Where it is not known what a rule asks, it may.
 */
export function inScope(scope: Scope | undefined, source: LogSource, around?: readonly And[]): boolean {
  return (
    scope === undefined ||
    (holds(scope.category, source.category) &&
      holds(scope.product, source.product) &&
      holds(scope.service, source.service) &&
      ![source.category, source.service].some((word) => word !== undefined && scope.except?.includes(word)) &&
      (scope.beside === undefined || around === undefined || standsBeside(scope.beside, around)))
  );
}

function holds(wanted: string | readonly string[] | undefined, said: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (said === undefined) return wanted.length === 0;
  return typeof wanted === 'string' ? wanted === said : wanted.includes(said);
}

function standsBeside(wanted: Values, around: readonly And[]): boolean {
  return around.some((join) =>
    Object.keys(wanted).some((field) =>
      testsOf(join)
        .get(field)
        ?.some((test) => asksFor(test, wanted)),
    ),
  );
}

/** Whether a test asks for one of these fields, and for none but its values, in whatever case. */
export function asksFor(part: Predicate, wanted: Values): boolean {
  if (!isFieldTest(part) || !Object.hasOwn(wanted, part.field)) return false;
  const values = new Set(wanted[part.field]!.map(folded));
  return values.size === 0 || (wordsOf(part)?.every((word) => values.has(folded(word))) ?? false);
}

function folded(word: Word): string {
  return String(word).toLowerCase();
}

const known = new WeakMap<And, ReadonlyMap<string, readonly Predicate[]>>();

/** The tests that a join makes of each field, looked through once for all that ask. */
function testsOf(join: And): ReadonlyMap<string, readonly Predicate[]> {
  const found = known.get(join);
  if (found) return found;
  const tests = new Map<string, Predicate[]>();
  for (const part of join.of) {
    if (!isFieldTest(part)) continue;
    const own = tests.get(part.field);
    if (own) own.push(part);
    else tests.set(part.field, [part]);
  }
  known.set(join, tests);
  return tests;
}
