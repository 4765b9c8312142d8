import type { Mapping } from '../../mapping/mapping.ts';
import { isPattern } from '../../query/pattern.ts';
import type { Predicate, Query, Value } from '../../query/query.ts';
import { mapLeaves, mapPredicates } from '../../query/walk.ts';
import { isList, isObject, type Json } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { places } from './places.ts';

/**
 * The packages of integrations whose data a rule looks at, in the order they are named: those that it names
 * itself, in the metadata of its file or as related integrations; otherwise those of the data sets that its
 * query tests and of the data streams that it searches.
 */
export function packagesOf(rule: Rule, query: Query | undefined, mapping: Mapping): readonly string[] {
  const said = saidBy(rule);
  const found = said ?? [...(query ? ofDataSets(query) : []), ...ofIndices(rule.indices ?? [], mapping)];
  return [...new Set(found)];
}

/** Undefined where a rule says nothing of its integrations; to name none is to say it. */
function saidBy(rule: Rule): readonly string[] | undefined {
  const named = places.integration.read(rule);
  if (named !== undefined) return textsIn(named);
  const related = places.related_integrations.read(rule);
  if (related === undefined) return undefined;
  return isList(related) ? related.flatMap((one) => (isObject(one) ? textsIn(one['package']) : [])) : [];
}

/** A text, or a list of such. */
function textsIn(value: Json | undefined): readonly string[] {
  const values = isList(value) ? value : [value];
  return values.filter((one): one is string => typeof one === 'string' && one !== '');
}

/** A data set is called after its package: `okta.system`. */
const dataSet = /^([a-z0-9_]+)\./;
const dataSetFields: ReadonlySet<string> = new Set(['event.dataset', 'data_stream.dataset']);

/** Of the data sets that events must be of; which they must not be of says nothing. */
function ofDataSets(query: Query): readonly string[] {
  const found: string[] = [];
  const look = (leaf: Predicate, positive: boolean): Predicate => {
    if (positive && leaf.kind === 'equals' && dataSetFields.has(leaf.field))
      for (const value of leaf.values) found.push(...packageOf(value));
    return leaf;
  };
  mapPredicates(query, (where) => mapLeaves(where, look));
  return found;
}

function packageOf(value: Value): readonly string[] {
  const [start] = value !== null && isPattern(value) ? value : [];
  return (typeof start === 'string' ? dataSet.exec(start) : null)?.slice(1, 2) ?? [];
}

/** `logs-okta.system-*`, in whatever cluster. */
const dataStream = /^(?:[^:]*:)?(?:logs|metrics|traces)-([a-z0-9_]+)(\.|\*$)/;

/** `logs-okta*` names a package if the tables know data streams of that name. */
function ofIndices(indices: readonly string[], { stems }: Mapping): readonly string[] {
  return indices.flatMap((index) => {
    const [, name, end] = dataStream.exec(index) ?? [];
    if (name === undefined) return [];
    const isKnown = end === '.' || [...stems].some((stem) => stem.startsWith(`logs-${name}.`));
    return isKnown ? [name] : [];
  });
}
