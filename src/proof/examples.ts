import type { Layout } from '../match/timeline.ts';
import type { Query } from '../query/query.ts';
import { addAlternatives, addExcluded } from './alternatives.ts';
import { addBroken } from './broken.ts';
import { addDisordered } from './disordered.ts';
import { firing } from './firing.ts';
import { lifelike } from './lifelike.ts';
import { plainly } from './plainly.ts';
import { type Example, Scene } from './scene.ts';
import { slotsIn } from './slots.ts';
import { addSpellings } from './spellings.ts';

/** Examples of a query; without one that fires, `because` says why there is none. */
export interface Examples {
  readonly examples: readonly Example[];
  readonly because?: string;
}

/** How many there are of each sort of example. */
const usual = 8;
/** With more events than these there are few examples, as each is long. */
const manyEvents = 20;

/**
 * Events that fire a query, near misses that do not, and the same events spelled otherwise; each confirmed by the matcher.
 * The same query always has the same examples. Fails on what can not be asked of events.
 */
export function examplesFor(query: Query, layout: Layout = {}, most = usual): Examples {
  const scene = new Scene(query, plainly(query, layout), layout);
  const { asking, ask, examples } = scene;
  const stream = firing(asking, ask);
  if (stream === undefined) return { examples: [], because: reasonOf(scene) };
  const first = lifelike(stream, asking.finds, scene.casing);
  const isAlone = first.length === 1;
  scene.add('fires', isAlone ? 'the smallest event that fires' : `${first.length} events that fire`, first);
  if (examples.length === 0) return { examples, because: 'what was found is not confirmed by the matcher' };
  const few = first.length > manyEvents ? 1 : most;
  addAlternatives(scene, first, few - 1);
  addBroken(scene, first, few);
  addDisordered(scene, first);
  addExcluded(scene, first, few);
  addSpellings(scene, first, few);
  return { examples };
}

function reasonOf({ asking: { plan }, ask }: Scene): string {
  if (plan.kind === 'unread') return plan.because;
  const slots = 'slots' in plan ? plan.slots : slotsIn(plan);
  const isNever = slots.some(({ where }) => ask.areApart([where]));
  if (isNever) return 'no event satisfies what it asks, which contradicts itself';
  return ask.doubt ?? 'no events were found that satisfy it';
}
