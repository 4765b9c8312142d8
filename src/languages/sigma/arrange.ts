import type { Predicate } from '../../query/query.ts';
import { isPresence, type Line, opposite } from './line.ts';
import { type Leaf, linesOf } from './lines.ts';
import { merged, mergedMaps, spread } from './merge.ts';

/** What stands below one search identifier. */
export type Search = Maps | Keywords | Text;

/** Alternatives, each of lines that all hold. */
export interface Maps {
  readonly kind: 'maps';
  readonly maps: readonly (readonly Line[])[];
}

export interface Keywords {
  readonly kind: 'keywords';
  readonly line: Line;
}

export interface Text {
  readonly kind: 'text';
  readonly text: string;
}

/** A predicate as searches, and the joins that only a condition can say. */
export type Plan =
  | Search
  | { readonly kind: 'and' | 'or'; readonly of: readonly Plan[] }
  | { readonly kind: 'not'; readonly of: Plan };

/** As few searches as say the predicate: lines of one map hold together, maps of one list are alternatives. */
export function arrange(node: Predicate): Plan {
  switch (node.kind) {
    case 'and':
      return together(node.of.map(arrange));
    case 'or':
      return alternatives(node.of.map(arrange));
    case 'not':
      return negated(arrange(node.of));
    default:
      return arrangeLeaf(node);
  }
}

/**
 * Two negations are none, also where the second stands in alternatives none of which may hold. That a
 * field is not there is a line of its own.
 */
function negated(plan: Plan): Plan {
  if (plan.kind === 'not') return plan.of;
  if (!turns(plan)) return { kind: 'not', of: plan };
  if (plan.kind === 'or') return together(plan.of.map(negated));
  const maps = plan.kind === 'maps' ? plan.maps : [];
  const rest = maps.filter((map) => !isPresence(map));
  const lines = maps.filter(isPresence).map((map): Plan => ({ kind: 'maps', maps: [map.map(opposite)] }));
  return together(rest.length === 0 ? lines : [...lines, { kind: 'not', of: { kind: 'maps', maps: rest } }]);
}

function turns(plan: Plan): boolean {
  if (plan.kind === 'or') return plan.of.some((part) => part.kind === 'not' || turns(part));
  return plan.kind === 'maps' && plan.maps.some(isPresence);
}

function arrangeLeaf(leaf: Leaf): Plan {
  const found = linesOf(leaf);
  if (found.link === 'text') return { kind: 'text', text: found.text };
  const plans = found.lines.map(
    (line): Search => (line.field === '' ? { kind: 'keywords', line } : { kind: 'maps', maps: [[line]] }),
  );
  return found.link === 'and' ? together(plans) : alternatives(plans);
}

/** Lines that all hold go into one map as long as their keys differ; the others stand beside it. */
function together(plans: readonly Plan[]): Plan {
  const parts = plans.flatMap((plan) => (plan.kind === 'and' ? plan.of : [plan]));
  const lines = parts.flatMap((part) => onlyMap(part) ?? []);
  const words = parts.flatMap((part) => (part.kind === 'keywords' ? [part.line] : []));
  const maps = spread(merged(lines, 'all')).map((map): Plan => ({ kind: 'maps', maps: [map] }));
  const keywords = merged(words, 'all').map((line): Plan => ({ kind: 'keywords', line }));
  return joined(
    'and',
    atFirst(parts, (part) => onlyMap(part) !== undefined, maps, keywords),
  );
}

function onlyMap(plan: Plan): readonly Line[] | undefined {
  return plan.kind === 'maps' && plan.maps.length === 1 ? plan.maps[0] : undefined;
}

/** All maps go into one list, and lines with one key into one of them. */
export function alternatives(plans: readonly Plan[]): Plan {
  const parts = plans.flatMap((plan) => (plan.kind === 'or' ? plan.of : [plan]));
  const maps = mergedMaps(parts.flatMap((part) => (part.kind === 'maps' ? part.maps : [])));
  const words = parts.flatMap((part) => (part.kind === 'keywords' ? [part.line] : []));
  const keywords = merged(words, 'any').map((line): Plan => ({ kind: 'keywords', line }));
  return joined(
    'or',
    atFirst(parts, (part) => part.kind === 'maps', [{ kind: 'maps', maps }], keywords),
  );
}

/** The parts, with what was made of the maps and of the keywords where the first of each stood. */
function atFirst(
  parts: readonly Plan[],
  isMaps: (plan: Plan) => boolean,
  maps: readonly Plan[],
  keywords: readonly Plan[],
): readonly Plan[] {
  const first = parts.findIndex(isMaps);
  const firstWords = parts.findIndex(({ kind }) => kind === 'keywords');
  return parts.flatMap((part, index) => {
    if (isMaps(part)) return index === first ? maps : [];
    if (part.kind === 'keywords') return index === firstWords ? keywords : [];
    return [part];
  });
}

function joined(kind: 'and' | 'or', of: readonly Plan[]): Plan {
  const [only, ...more] = of;
  return only !== undefined && more.length === 0 ? only : { kind, of };
}
