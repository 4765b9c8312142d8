import { attempt } from '../diagnostic/attempt.ts';
import { normalPredicate } from '../query/normal.ts';
import type { Predicate, Query } from '../query/query.ts';
import { mapParts, partsOf } from '../query/walk.ts';
import { withEvent } from './broken.ts';
import { choicesOf, exclusionsOf } from './choices.ts';
import { type Asking, askingOf, firing } from './firing.ts';
import type { Moment } from './judge.ts';
import { lifelike } from './lifelike.ts';
import type { Scene } from './scene.ts';
import { shortest } from './stream.ts';
import { differences } from './telling.ts';

/** How many ways are tried for one that is given. */
const triesForOne = 3;
/** How often a stream is looked for from the beginning, where the first one can not be changed to what is wanted. */
const mostSearches = 8;

/** Streams that fire for another reason than the first one: one for each alternative of a rule. */
export function addAlternatives(scene: Scene, first: readonly Moment[], most: number): void {
  const parts = partsOf(scene.asking.query);
  let [left, tries] = [most, most * triesForOne];
  const search = searching(scene);
  for (const [at, part] of parts.entries()) {
    let share = Math.max(1, Math.ceil(left / (parts.length - at)));
    for (const { chosen, narrowed } of choicesOf(normalPredicate(part.where))) {
      if (share <= 0 || left <= 0 || tries <= 0) break;
      tries -= 1;
      const asking = changed(scene, at, narrowed);
      const stream = asking && likewise(asking, first, chosen, scene, search);
      if (stream === undefined) continue;
      const shown = lifelike(stream, asking!.finds, scene.casing);
      if (!scene.add('fires', `another way: ${differencesOf(first, shown)}`, shown)) continue;
      share -= 1;
      left -= 1;
    }
  }
}

/** Streams that would fire, but for something that the rule excludes. */
export function addExcluded(scene: Scene, first: readonly Moment[], most: number): void {
  const parts = partsOf(scene.asking.query);
  let [left, tries] = [most, most * triesForOne];
  const search = searching(scene);
  for (const [at, part] of parts.entries()) {
    for (const { excluded, met, lifted } of exclusionsOf(normalPredicate(part.where))) {
      if (left <= 0 || tries <= 0) return;
      tries -= 1;
      const [asking, freed] = [changed(scene, at, met), changed(scene, at, lifted)];
      const stream = asking && likewise(asking, first, excluded, scene, search);
      if (stream === undefined || freed === undefined || !freed.finds(stream)) continue;
      const shown = lifelike(stream, (one) => asking!.finds(one) && !scene.asking.finds(one), scene.casing);
      if (scene.add('misses', `excluded: ${differencesOf(first, shown)}`, shown)) left -= 1;
    }
  }
}

/** How many events are changed to what is chosen, one by one. */
const mostChanged = 4;

/** A stream that fires, like another one if that will do: with one of its events changed to what is chosen. */
function likewise(
  asking: Asking,
  like: readonly Moment[],
  chosen: Predicate,
  { ask }: Scene,
  search: Search,
): readonly Moment[] | undefined {
  const own = ask.event([chosen]);
  if (own === undefined) return search(asking);
  for (const at of like.keys()) {
    if (at >= mostChanged) break;
    const stream = withEvent(like, at, { ...like[at]!.event, ...own });
    if (asking.finds(stream)) return shortest(stream, asking.finds);
  }
  return search(asking);
}

type Search = (asking: Asking) => readonly Moment[] | undefined;

function searching({ ask }: Scene): Search {
  let left = mostSearches;
  return (asking) => {
    left -= 1;
    return left < 0 ? undefined : firing(asking, ask);
  };
}

function differencesOf(from: readonly Moment[], to: readonly Moment[]): string {
  return differences(
    from.map(({ event }) => event),
    to.map(({ event }) => event),
  );
}

/** The query with something else in the place of one of its parts. */
function changed({ asking, ask }: Scene, at: number, where: Predicate): Asking | undefined {
  const query: Query = mapParts(asking.query, (part, index) => ({
    category: part.category,
    where: index === at ? where : part.where,
  }));
  const outcome = attempt(() => askingOf(query, ask));
  return outcome.ok ? outcome.value : undefined;
}
