import type { Diagnostic, Effect } from '../../src/diagnostic/diagnostic.ts';
import { together } from '../../src/mapping/effect.ts';
import { eventToEcs, eventToSigma } from '../../src/mapping/events.ts';
import { familyOf } from '../../src/mapping/index-fields/family.ts';
import type { Way } from '../../src/mapping/lookup.ts';
import type { Mapping } from '../../src/mapping/mapping.ts';
import { occurrenceOf, type Types, testOf } from '../../src/match/predicate.ts';
import type { Event, Scalar } from '../../src/query/event.ts';
import { spell } from '../../src/query/normal.ts';
import { many, one, pattern } from '../../src/query/pattern.ts';
import type { Equals, Predicate, Value } from '../../src/query/query.ts';

/** An event by its other names. */
export const taken = { toEcs: eventToEcs, toSigma: eventToSigma } as const;

/** Tests that a rule may make of a field that holds such a value, or nearly so. */
export function testsFor(field: string, held: Scalar): readonly Predicate[] {
  const is = (value: Value, caseSensitive = false): Equals => ({
    ...{ kind: 'equals', field, values: [value], quantifier: 'any', caseSensitive },
  });
  const plain: readonly Predicate[] = [is(null), { kind: 'exists', field }, is(['nothing of it'])];
  if (typeof held !== 'string') return [is(held), is([String(held)]), ...plain];
  const cut = cutsIn(held).flatMap((at) => {
    const [start, end] = [held.slice(0, at), held.slice(at)];
    const loose = [pattern([start, many]), pattern([many, end]), pattern([many, end, many])];
    return [...loose, pattern([many, start, many])].map((value) => is(value)).concat(is([many, end], true));
  });
  const single = held.length > 1 ? [is(pattern([one, held.slice(1)]))] : [];
  return [is([held]), is([held], true), is([held.toUpperCase()]), ...plain, ...cut, ...single];
}

/** Where words and pieces of paths begin and end. */
function cutsIn(text: string): readonly number[] {
  const signs = [...text.matchAll(/[\\/.=@, "()]/g)].map(({ index }) => index);
  const all = [Math.ceil(text.length / 2), ...signs, ...signs.map((at) => at + 1)];
  return [...new Set(all)].filter((at) => at > 0 && at < text.length);
}

/** A test, and what the tables made of it. */
export interface Reworded {
  readonly before: Predicate;
  readonly after: Predicate;
  readonly effect: Effect | undefined;
}

/** What all findings do to a rule. */
export function effectOf(found: readonly Diagnostic[]): Effect | undefined {
  return found.reduce<Effect | undefined>(
    (all, { code, effect }) => (code.startsWith('loss/') ? together(all, effect) : all),
    undefined,
  );
}

/**
 * What is wrong where a test holds of an event, and its other wording does not of the event by its other names, or the other way
 * round, as far as the effect that is told of does not allow it. Fields of ECS have types.
 */
export function faultOf(
  { before, after, effect }: Reworded,
  [event, there]: readonly [Event, Event],
  way: Way,
  types: Types,
): string | undefined {
  const [here, gone] = way === 'toEcs' ? [undefined, types] : [types, undefined];
  const [holds, held] = [testOf(before, here)(occurrenceOf(event)), testOf(after, gone)(occurrenceOf(there))];
  if (holds === held || (effect === 'broader' && held) || (effect === 'narrower' && holds)) return undefined;
  const texts = [spell(before), JSON.stringify(event), spell(after), JSON.stringify(there)];
  return `${effect ?? 'equal'}, ${holds ? 'and found here alone' : 'and found there alone'}:\n${texts.join('\n')}`;
}

/** Types of fields as the matcher has them. */
export function typesOf({ types }: Mapping): Types {
  return new Map(
    [...types].flatMap(([field, type]) => {
      const family = familyOf(type);
      const isExact = family === 'ip' || family === 'number' || family === 'boolean' || family === 'date';
      return isExact ? [[field, family] as const] : [];
    }),
  );
}
