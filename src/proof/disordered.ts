import type { Event } from '../match/event.ts';
import { fieldsOfOperands } from '../query/walk.ts';
import { withEvent } from './broken.ts';
import type { Moment } from './judge.ts';
import { eventWith } from './laid-out.ts';
import { near } from './off.ts';
import type { Plan, Slot } from './plan.ts';
import type { Scene } from './scene.ts';
import { forbiddenIn, slotsIn, withinOf } from './slots.ts';
import { differences, said } from './telling.ts';

/** How many events are left out, one by one. */
const mostLeftOut = 4;
/** How long after the time allowed the last event comes. */
const late = 1000;

/** Near misses of several events: one too few, too late, in another order, joined to nothing, or something between them. */
export function addDisordered(scene: Scene, first: readonly Moment[]): void {
  addInterrupted(scene, first);
  if (first.length < 2) return;
  addFewer(scene, first);
  addLate(scene, first);
  addApart(scene, first);
  addAlike(scene, first);
  const events = first.map(({ event }) => event).reverse();
  const reversed = first.map(({ time }, at) => ({ event: events[at]!, time }));
  scene.add('misses', 'the events come in the opposite order', reversed);
}

function addFewer(scene: Scene, first: readonly Moment[]): void {
  const count = first.length;
  const areAlike = new Set(first.map(({ event }) => event)).size === 1;
  if (areAlike || count > mostLeftOut * 2) {
    const events = count === 2 ? '1 event' : `${count - 1} events`;
    scene.add('misses', `only ${events} instead of ${count}`, first.slice(0, -1));
    return;
  }
  for (const at of first.keys()) {
    if (at >= mostLeftOut) return;
    scene.add('misses', `event ${at + 1} of ${count} is missing`, first.toSpliced(at, 1));
  }
}

function addLate(scene: Scene, first: readonly Moment[]): void {
  const within = withinOf(scene.asking.plan);
  if (!Number.isFinite(within)) return;
  const last = first.at(-1)!;
  const stream = first.with(-1, { ...last, time: first[0]!.time + within + late });
  scene.add('misses', 'the last event comes a second after the time allowed', stream);
}

/** The last event is joined to none of the others. */
function addApart(scene: Scene, first: readonly Moment[]): void {
  const at = first.length - 1;
  const { event } = first[at]!;
  for (const field of keyFieldsOf(scene.asking.plan)) {
    const value = event[field];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    for (const other of near(value)) {
      const shows = `${field} of the last event is ${said(other)} instead of ${said(value)}`;
      const stream = withEvent(first, at, { ...event, [field]: other });
      if (scene.asking.finds(stream)) continue;
      scene.add('misses', shows, stream);
      break;
    }
  }
}

function keyFieldsOf(plan: Plan): readonly string[] {
  if (plan.kind === 'correlated') return [...new Set(plan.find.of.flatMap(({ by }) => by))];
  return [...new Set(slotsIn(plan).flatMap(({ by }) => fieldsOfOperands(by)))];
}

/** Of values that are counted, two are the same. */
function addAlike(scene: Scene, first: readonly Moment[]): void {
  const { plan } = scene.asking;
  if (plan.kind !== 'measured' || plan.asked.measure !== 'count-distinct') return;
  const at = first.length - 1;
  for (const field of [plan.asked.field, plan.asked.also ?? []].flat()) {
    if (field === undefined) continue;
    const value = first[0]!.event[field];
    const stream = withEvent(first, at, { ...first[at]!.event, [field]: value });
    scene.add('misses', `${field} is ${said(value)} in two of the events`, stream);
  }
}

/** What must not be there is there: between the events, before them or after them. */
function addInterrupted(scene: Scene, first: readonly Moment[]): void {
  const { plan } = scene.asking;
  for (const slot of new Set(forbiddenIn(plan))) {
    const event = eventWith([slot.where], joinedAs(slot, plan, first), scene.ask);
    if (event === undefined) continue;
    for (const stream of interrupted(first, event)) {
      if (scene.asking.finds(stream)) continue;
      const shows = `an event is there that must not be: ${differences(
        first.map((one) => one.event),
        [event],
      )}`;
      if (scene.add('misses', shows, stream)) break;
    }
  }
}

/** The keys of a slot as the first event has them. */
function joinedAs(slot: Slot, plan: Plan, first: readonly Moment[]): ReadonlyMap<string, string | number> {
  const values = new Map<string, string | number>();
  const theirs = plan.kind === 'ordered' ? plan.slots[0] : undefined;
  slot.by.forEach((operand, key) => {
    const own = theirs?.by[key];
    if (operand.kind !== 'field' || own?.kind !== 'field') return;
    const value = first[0]!.event[own.field];
    if (typeof value === 'string' || typeof value === 'number') values.set(operand.field, value);
  });
  return values;
}

function* interrupted(first: readonly Moment[], event: Event): Generator<readonly Moment[]> {
  for (let at = 1; at < first.length; at += 1) {
    const time = Math.floor((first[at - 1]!.time + first[at]!.time) / 2);
    yield first.toSpliced(at, 0, { event, time });
  }
  yield [...first, { event, time: first.at(-1)!.time + 1 }];
  yield [{ event, time: first[0]!.time - 1 }, ...first];
}
