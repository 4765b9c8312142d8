import { type Event, isScalar, type Scalar } from '../match/event.ts';
import type { Predicate } from '../query/query.ts';
import { partsOf, predicates } from '../query/walk.ts';
import type { Moment } from './judge.ts';
import { near } from './off.ts';
import type { Scene } from './scene.ts';
import { said } from './telling.ts';

/** Near misses in which one field of one event is not what is asked: it is near to it, or not there. */
export function addBroken(scene: Scene, first: readonly Moment[], most: number): void {
  const ends = endsIn(partsOf(scene.asking.query).map(({ where }) => where));
  for (const [at, field] of placesIn(first).slice(0, most)) {
    const where = first.length > 1 ? `in event ${at + 1}, ` : '';
    addOff(scene, first, at, field, ends.get(field) ?? [], where);
    const { [field]: _, ...others } = first[at]!.event;
    scene.add('misses', `${where}${field} is missing`, withEvent(first, at, others));
  }
}

/** The fields of events of each kind, those last that say no more than what kind of event it is. */
function placesIn(stream: readonly Moment[]): readonly (readonly [at: number, field: string])[] {
  const kinds = new Set(stream.map(({ event }) => event));
  const places = [...kinds].flatMap((kind) => {
    const at = stream.findIndex(({ event }) => event === kind);
    return Object.keys(kind).map((field) => [at, field] as const);
  });
  return [
    ...places.filter(([, field]) => !isOfSource(field)),
    ...places.filter(([, field]) => isOfSource(field)),
  ];
}

/** The nearest value that is not asked for. */
function addOff(
  scene: Scene,
  first: readonly Moment[],
  at: number,
  field: string,
  ends: readonly Scalar[],
  where: string,
): void {
  const { event } = first[at]!;
  const value = event[field];
  if (!isScalar(value)) return;
  for (const other of [...(asOften.get(field)?.(value) ?? []), ...near(value, ends)]) {
    const stream = withEvent(first, at, { ...event, [field]: other });
    if (scene.asking.finds(stream)) continue;
    const shows = `${where}${field} is ${said(other)} instead of ${said(value)}`;
    if (scene.add('misses', shows, stream)) return;
  }
}

/** What such a field holds otherwise: nobody would misspell it. */
const asOften: ReadonlyMap<string, (value: Scalar) => readonly Scalar[]> = new Map([
  ['host.os.type', (value) => (value === 'windows' ? ['linux'] : ['windows'])],
  ['event.category', (value) => (value === 'process' ? ['network'] : ['process'])],
  ['event.type', (value) => (value === 'start' ? ['end'] : ['start', 'info'])],
  ['event.outcome', (value) => (value === 'success' ? ['failure'] : ['success'])],
]);

/** Whether a field says of what kind an event is, and where it is from. */
export function isOfSource(field: string): boolean {
  return asOften.has(field) || /^(event|data_stream)\.(kind|module|dataset|provider)$/.test(field);
}

export function withEvent(stream: readonly Moment[], at: number, event: Event): readonly Moment[] {
  return stream.with(at, { ...stream[at]!, event });
}

/** The ends of the ranges that fields are asked to be in. */
function endsIn(wheres: readonly Predicate[]): ReadonlyMap<string, readonly Scalar[]> {
  const ends = new Map<string, Scalar[]>();
  for (const test of wheres.flatMap((where) => [...predicates(where)])) {
    if (test.kind !== 'range') continue;
    const known = ends.get(test.field) ?? [];
    ends.set(test.field, known);
    known.push(test.value);
  }
  return ends;
}
