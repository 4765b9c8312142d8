import { alternatives, type Plan, type Search } from './arrange.ts';
import type { Line } from './line.ts';
import { type Named, type Role, wordOf } from './names.ts';
import type { Condition } from './print-condition.ts';

export interface Composition {
  readonly searches: readonly Named[];
  readonly condition: Condition;
}

/** What is wanted stands in selections, what is not in filters, and the condition says so. */
export function compose(plan: Plan): Composition {
  const shelf = new Shelf();
  const parts = plan.kind === 'and' ? plan.of : [plan];
  const wanted = parts.filter((part) => part.kind !== 'not');
  const unwanted = parts.flatMap((part) => (part.kind === 'not' ? [part.of] : []));
  const condition = joined('and', [...selections(wanted, shelf), ...filters(unwanted, shelf)]);
  return { searches: shelf.searches, condition };
}

/** The searches so far, numbered as they come. */
class Shelf {
  readonly searches: Named[] = [];

  put(role: Role, search: Search): number {
    const own = role === 'selection' && search.kind === 'keywords' ? 'keywords' : role;
    this.searches.push({ role: own, search });
    return this.searches.length - 1;
  }
}

function joined(kind: 'and' | 'or', of: readonly Condition[]): Condition {
  const [only, ...more] = of;
  return only !== undefined && more.length === 0 ? only : { kind, of };
}

/** Selections := selection | '1 of selection_*' | 'all of selection_*' and keywords and joins */
function selections(plans: readonly Plan[], shelf: Shelf): readonly Condition[] {
  const [only, ...more] = plans;
  if (only?.kind === 'maps' && more.length === 0 && only.maps.some((map) => map.length > 1)) {
    const maps = only.maps.map((map): Search => ({ kind: 'maps', maps: [map] }));
    return [some('or', 'selection', maps, shelf)];
  }
  const searches = plans.filter(isSearch).filter(({ kind }) => kind !== 'keywords');
  const others = plans.filter((plan) => !isSearch(plan) || plan.kind === 'keywords');
  return [
    ...(searches.length > 0 ? [some('and', 'selection', searches, shelf)] : []),
    ...others.map((plan) => conditionOf(plan, 'selection', shelf)),
  ];
}

function isSearch(plan: Plan): plan is Search {
  return plan.kind === 'maps' || plan.kind === 'keywords' || plan.kind === 'text';
}

function some(join: 'and' | 'or', role: Role, searches: readonly Search[], shelf: Shelf): Condition {
  const numbers = searches.map((search) => shelf.put(role, search));
  const [only, ...more] = numbers;
  if (only !== undefined && more.length === 0) return { kind: 'search', search: only };
  return { kind: 'of', join, role, searches: numbers };
}

/** Filters := 'not' ( filter | '1 of filter_main_*' ) and 'not' join … */
function filters(plans: readonly Plan[], shelf: Shelf): readonly Condition[] {
  if (plans.length === 0) return [];
  const plan = alternatives(plans);
  const unwanted = plan.kind === 'or' ? plan.of : [plan];
  const searches = unwanted.filter(isSearch).flatMap(byWord);
  const joins = unwanted.filter((part) => !isSearch(part));
  return [
    ...(searches.length > 0 ? [not(some('or', 'filter_main', searches, shelf))] : []),
    ...joins.map((part) => not(conditionOf(part, 'filter', shelf))),
  ];
}

/** Alternatives of one line whose fields have one word are one filter; those of several lines are one each. */
function byWord(search: Search): readonly Search[] {
  if (search.kind !== 'maps') return [search];
  const groups = new Map<string | readonly Line[], (readonly Line[])[]>();
  for (const map of search.maps) {
    const word = map.length === 1 ? wordOf(map[0]!.field) : map;
    const group = groups.get(word);
    if (group) group.push(map);
    else groups.set(word, [map]);
  }
  return [...groups.values()].map((group) => ({ kind: 'maps', maps: group }));
}

function not(of: Condition): Condition {
  return { kind: 'not', of };
}

/** A plan of any depth, each of its searches under a name of its own. */
function conditionOf(plan: Plan, role: 'selection' | 'filter', shelf: Shelf): Condition {
  switch (plan.kind) {
    case 'and':
    case 'or':
      return { kind: plan.kind, of: plan.of.map((part) => conditionOf(part, role, shelf)) };
    case 'not':
      return not(conditionOf(plan.of, 'filter', shelf));
    case 'maps':
    case 'keywords':
    case 'text':
      return { kind: 'search', search: shelf.put(role, plan) };
    default:
      return plan satisfies never;
  }
}
