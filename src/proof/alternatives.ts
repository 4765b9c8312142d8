import { attempt } from '../diagnostic/attempt.ts';
import { normalPredicate } from '../query/normal.ts';
import type { Predicate, Query } from '../query/query.ts';
import { mapParts, partsOf } from '../query/walk.ts';
import { choicesOf, exclusionsOf } from './choices.ts';
import { type Asking, askingOf, firing } from './firing.ts';
import type { Moment } from './judge.ts';
import { lifelike } from './lifelike.ts';
import type { Scene } from './scene.ts';
import { differences } from './telling.ts';

/** How many ways are tried for one that is given. */
const triesForOne = 3;

/** Streams that fire for another reason than the first one: one for each alternative of a rule. */
export function addAlternatives(scene: Scene, first: readonly Moment[], most: number): void {
  const parts = partsOf(scene.asking.query);
  let [left, tries] = [most, most * triesForOne];
  for (const [at, part] of parts.entries()) {
    let share = Math.max(1, Math.ceil(left / (parts.length - at)));
    for (const choice of choicesOf(normalPredicate(part.where))) {
      if (share <= 0 || left <= 0 || tries <= 0) break;
      tries -= 1;
      const asking = changed(scene, at, choice);
      const stream = asking && firing(asking, scene.ask);
      if (stream === undefined) continue;
      const shown = lifelike(stream, asking!.finds);
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
  for (const [at, part] of parts.entries()) {
    for (const { met, lifted } of exclusionsOf(normalPredicate(part.where))) {
      if (left <= 0 || tries <= 0) return;
      tries -= 1;
      const [asking, freed] = [changed(scene, at, met), changed(scene, at, lifted)];
      const stream = asking && firing(asking, scene.ask);
      if (stream === undefined || freed === undefined || !freed.finds(stream)) continue;
      const shown = lifelike(stream, (one) => asking!.finds(one) && !scene.asking.finds(one));
      if (scene.add('misses', `excluded: ${differencesOf(first, shown)}`, shown)) left -= 1;
    }
  }
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
