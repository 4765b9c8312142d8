import type { Event, Scalar } from '../match/event.ts';
import type { Predicate } from '../query/query.ts';
import { partsOf, predicates } from '../query/walk.ts';
import type { Moment } from './judge.ts';
import { near } from './off.ts';
import type { Scene } from './scene.ts';
import { said } from './telling.ts';

/** Near misses in which one field of one event is not what is asked: it is near to it, or not there. */
export function addBroken(scene: Scene, first: readonly Moment[], most: number): void {
  const ends = endsIn(partsOf(scene.asking.query).map(({ where }) => where));
  const kinds = [...new Set(first.map(({ event }) => event))];
  let left = most;
  for (const [at, { event }] of first.entries()) {
    if (kinds.indexOf(event) < 0) continue;
    kinds.splice(kinds.indexOf(event), 1);
    const where = first.length > 1 ? `in event ${at + 1}, ` : '';
    for (const field of Object.keys(event)) {
      if (left <= 0) return;
      left -= 1;
      addOff(scene, first, at, field, ends.get(field) ?? [], where);
      const { [field]: _, ...others } = event;
      scene.add('misses', `${where}${field} is missing`, withEvent(first, at, others));
    }
  }
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
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return;
  for (const other of near(value, ends)) {
    const stream = withEvent(first, at, { ...event, [field]: other });
    if (scene.asking.finds(stream)) continue;
    const shows = `${where}${field} is ${said(other)} instead of ${said(value)}`;
    if (scene.add('misses', shows, stream)) return;
  }
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
