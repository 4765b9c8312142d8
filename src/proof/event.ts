import type { Event } from '../match/event.ts';
import { and, not } from '../query/build.ts';
import type { Nested, Predicate } from '../query/query.ts';
import { eventOf, type Holding } from './atoms.ts';
import type { Atom } from './formula.ts';
import { heldByFunctions } from './functions.ts';
import type { Values } from './values.ts';

/** A search for an event that a predicate matches, for what stands within nested objects. */
export type FindEvent = (where: Predicate) => Event | undefined;

/** An event in which each atom has its truth, as far as one can be made; whether it has is for the matcher to say. */
export function madeEvent(
  atoms: readonly Atom[],
  values: ReadonlyMap<number, Values>,
  truth: ReadonlyMap<number, boolean>,
  holding: Holding,
  find: FindEvent,
): Event | undefined {
  const asked = [...truth].map(([number, isTrue]) => ({ atom: atoms[number]!, isTrue }));
  const functions = asked.filter(({ atom }) => atom.kind === 'compare' || atom.kind === 'call');
  const held = heldByFunctions(functions, holding, values);
  if (held === undefined) return undefined;
  const nested = new Map<string, readonly Event[]>();
  for (const [path, tests] of byPath(asked)) {
    const objects = objectsFor(tests, path, find);
    if (objects === undefined) return undefined;
    if (objects.length > 0) nested.set(path, objects);
  }
  return { ...eventOf(held), ...Object.fromEntries(nested) };
}

interface AskedNested {
  readonly nested: Nested;
  readonly isTrue: boolean;
}

function byPath(
  asked: readonly { readonly atom: Atom; readonly isTrue: boolean }[],
): Map<string, AskedNested[]> {
  const paths = new Map<string, AskedNested[]>();
  for (const { atom, isTrue } of asked) {
    if (atom.kind !== 'nested') continue;
    const group = paths.get(atom.path) ?? [];
    paths.set(atom.path, [...group, { nested: atom, isTrue }]);
  }
  return paths;
}

/** An object for each test that has to pass, which passes none of the others. */
function objectsFor(
  tests: readonly AskedNested[],
  path: string,
  find: FindEvent,
): readonly Event[] | undefined {
  const failing = tests.filter(({ isTrue }) => !isTrue).map(({ nested }) => not(nested.where));
  const passing = tests.filter(({ isTrue }) => isTrue);
  const objects = passing.map(({ nested }) => find(and([nested.where, ...failing])));
  if (objects.some((object) => object === undefined)) return undefined;
  return objects.map((object) => within(object!, path));
}

/** The fields of an object are called by their names in it. */
function within(object: Event, path: string): Event {
  const entries = Object.entries(object);
  return Object.fromEntries(
    entries.map(([field, value]) => [
      field.startsWith(`${path}.`) ? field.slice(path.length + 1) : field,
      value,
    ]),
  );
}
