import type { Correlation, CorrelationPart, Query } from '../query/query.ts';
import { combinations } from './combinations.ts';
import type { Scalar } from './event.ts';
import type { Occurrence } from './predicate.ts';
import { inTime, presenceWatch } from './presence.ts';
import { tallyWatch } from './tally.ts';
import { type Dated, eachOnce, type Layout, lastOf, partTest } from './timeline.ts';
import { windowsIn } from './window.ts';

/** Finds of a query that is no single event, as whoever asks a query of events finds them. */
export type FindIn = (query: Query) => readonly (readonly (Dated | undefined)[])[];

/** A find of a part, which counts as one event at the time of its last one. */
interface Hit extends Dated {
  readonly part: number;
  readonly events: readonly Dated[];
}

interface Found {
  readonly events: readonly Dated[];
  /** The values of its keys. */
  readonly keys: readonly Scalar[];
}

/** The finds of a correlation, each with the events of the finds it is made of, in order of their last events. */
export function correlationsIn(
  find: Correlation,
  timeline: readonly Dated[],
  layout: Layout,
  findIn: FindIn,
): readonly (readonly Dated[])[] {
  return correlated(find, timeline, layout, findIn).map(({ events }) => events);
}

function correlated(
  find: Correlation,
  timeline: readonly Dated[],
  layout: Layout,
  findIn: FindIn,
): readonly Found[] {
  const measured = find.asks.kind === 'measured' ? [find.asks.field ?? [], find.asks.also ?? []].flat() : [];
  const groups = new Map<string, { readonly keys: readonly Scalar[]; readonly hits: Hit[] }>();
  for (const [index, part] of find.of.entries()) {
    for (const hit of hitsOf(part, index, measured, timeline, layout, findIn)) {
      for (const keys of combinations(part.by.map((field) => valuesIn([hit], field)))) {
        const key = JSON.stringify(keys);
        const group = groups.get(key);
        if (group) group.hits.push(hit);
        else groups.set(key, { keys, hits: [hit] });
      }
    }
  }
  return [...groups.values()]
    .flatMap(({ keys, hits }) => foundIn(find, hits.sort(inTime)).map((events) => ({ keys, events })))
    .sort((a, b) => lastOf(a.events) - lastOf(b.events));
}

function foundIn({ of, within, asks }: Correlation, hits: readonly Hit[]): readonly (readonly Dated[])[] {
  if (asks.kind === 'measured') {
    return [...windowsIn(counted(hits), within, tallyWatch<Hit>(asks, asks.keep))].map(eventsOf);
  }
  const names = of.map(({ name }) => name);
  return [...windowsIn(hits, within, presenceWatch<Hit>(asks, names))].map(eventsOf);
}

/** An event that several rules find is one event. */
function counted(hits: readonly Hit[]): readonly Hit[] {
  const known = new Set<number>();
  return hits.filter(({ events, place }) => {
    const isKnown = events.length === 1 && known.has(place);
    if (events.length === 1) known.add(place);
    return !isKnown;
  });
}

function eventsOf(hits: readonly Hit[]): readonly Dated[] {
  return eachOnce(hits.flatMap(({ events }) => events));
}

function hitsOf(
  { query, by }: CorrelationPart,
  part: number,
  measured: readonly string[],
  timeline: readonly Dated[],
  layout: Layout,
  findIn: FindIn,
): readonly Hit[] {
  const { find, stages } = query;
  if (find.kind === 'filter' && stages.length === 0) {
    return timeline.filter(partTest(find, layout)).map((event) => ({ ...event, part, events: [event] }));
  }
  const names = find.kind === 'correlation' ? find.by : [];
  const found: readonly Found[] =
    find.kind === 'correlation' && stages.length === 0
      ? correlated(find, timeline, layout, findIn)
      : findIn(query).map((one) => ({ events: one.filter((event) => event !== undefined), keys: [] }));
  return found.map(({ events, keys }) => {
    const last = events.reduce((latest, event) => (event.place > latest.place ? event : latest));
    const fields = new Map<string, readonly Scalar[]>();
    for (const field of [...by, ...measured]) {
      const at = names.indexOf(field);
      fields.set(field, at < 0 ? valuesIn(events, field) : [keys[at]!]);
    }
    return { ...last, fields, part, events };
  });
}

/** Each once. */
function valuesIn(events: readonly Occurrence[], field: string): readonly Scalar[] {
  return [...new Set(events.flatMap(({ fields }) => fields.get(field) ?? []))];
}
