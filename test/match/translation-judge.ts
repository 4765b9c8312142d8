import type { Fidelity } from '../../src/convert/fidelity.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import type { Types } from '../../src/match/predicate.ts';
import { fieldsOfQuery } from '../../src/query/fields.ts';
import type { Query } from '../../src/query/query.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { ecsEvent, type Store } from '../support/ecs-event.ts';
import { searchOf, sigmaEvent, type WindowsEvent } from '../support/recordings.ts';
import type { Translation } from '../support/translations.ts';
import { type Compared, differences } from './translation-differences.ts';

/** An event of which another thing is found, and neither the grade of the translation nor its store allows for it. */
export interface Fault {
  readonly store: Store;
  readonly index: number;
  readonly what: 'missed' | 'found';
}

/** What an index of Elastic's knows of fields, where it matters. */
const types: Types = new Map([
  ['source.ip', 'ip'],
  ['destination.ip', 'ip'],
  ['dns.resolved_ip', 'ip'],
  ['powershell.file.script_block_text', 'text'],
]);

/** Reasons that were given, in all. */
export const given = new Set<string>();

/** Compares what a rule finds in the event log with what its translation finds of it in each store. */
export function faultsIn(
  events: readonly WindowsEvent[],
  rule: Rule,
  { query, judged: fidelity, stores, writer }: Translation,
): readonly Fault[] {
  const fixed = {
    asked: fieldsOfQuery(query!) ?? [],
    isPromised: fidelity === 'equivalent' && stores.length === 1,
    ...(writer && { writer }),
  };
  const { wanted, storedIn } = askedOf(rule, events);
  return stores.flatMap((store) => {
    const stored = storedIn(store);
    const found = placesOf(
      query!,
      stored.map((event) => event ?? {}),
      types,
    );
    return events.flatMap((event, index) => {
      const isWanted = wanted.has(index);
      if (stored[index] === undefined || isAllowed(fidelity, isWanted, found.has(index))) return [];
      if (isExplained({ ...fixed, event, store })) return [];
      return [{ store, index, what: isWanted ? 'missed' : 'found' }];
    });
  });
}

interface Asked {
  readonly rule: Rule;
  readonly events: readonly WindowsEvent[];
  readonly wanted: ReadonlySet<number>;
  readonly storedIn: (store: Store) => readonly (Event | undefined)[];
}

/** What was asked about last: several languages are compared with one rule, one after the other. */
let last: Asked | undefined;

function askedOf(rule: Rule, events: readonly WindowsEvent[]): Asked {
  if (last?.rule === rule && last.events === events) return last;
  const stored = new Map<Store, readonly (Event | undefined)[]>();
  const storedIn = (store: Store) => {
    const known = stored.get(store) ?? events.map((event) => ecsEvent(event, store));
    stored.set(store, known);
    return known;
  };
  last = { rule, events, wanted: placesOf(searchOf(rule), events.map(sigmaEvent)), storedIn };
  return last;
}

function placesOf(query: Query, events: readonly Event[], types?: Types): ReadonlySet<number> {
  return new Set(match(query, events, types && { types }).map((one) => one.events[0]!));
}

function isAllowed(fidelity: Fidelity, isWanted: boolean, isFound: boolean): boolean {
  if (isWanted === isFound || fidelity === 'approximate') return true;
  return fidelity === (isWanted ? 'narrower' : 'broader');
}

function isExplained(compared: Compared): boolean {
  const reason = differences.find(({ holds }) => holds(compared));
  if (reason) given.add(reason.why);
  return reason !== undefined;
}
