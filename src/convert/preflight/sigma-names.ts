import { languageOf } from '../../languages/index.ts';
import { renameField, renameFields } from '../../mapping/fields.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { moved } from '../../query/places.ts';
import type { Predicate } from '../../query/query.ts';
import { fieldsOf, mapLeaves, partsOf } from '../../query/walk.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Span } from '../../source/source.ts';

/** What a Sigma rule calls a field of Elastic's, and where. */
export interface SigmaName {
  readonly name: string;
  readonly span?: Span;
}

/** By the field that it becomes, what some Sigma rules call it; the first place of each. */
export function sigmaNames(rules: readonly Rule[], mapping: Mapping): ReadonlyMap<string, SigmaName> {
  const names = new Map<string, SigmaName>();
  const add = (becomes: string, name: SigmaName) => {
    if (!names.has(becomes)) names.set(becomes, name);
  };
  const sources = rules.map(({ logSource = {} }) => logSource);
  for (const rule of rules) {
    const to = { mapping, logSource: rule.logSource ?? {}, way: 'toEcs', report: () => {} } as const;
    for (const leaf of testsOf(rule)) {
      const fields = fieldsOf(leaf);
      const span = 'span' in leaf ? leaf.span : undefined;
      for (const field of fieldsOf(renameFields(leaf, to)))
        add(field, { name: fields.join(', '), ...(span && { span }) });
    }
    for (const name of keysOf(rule)) {
      for (const logSource of sources) add(renameField(name, { ...to, logSource }), { name });
    }
  }
  return names;
}

function testsOf({ detection }: Rule): readonly Predicate[] {
  if (detection.kind !== 'query' || detection.query?.language !== 'sigma') return [];
  const { text, parsed, span } = detection.query;
  const outcome = languageOf('sigma')?.parse(text, parsed);
  if (!outcome?.ok) return [];
  const leaves: Predicate[] = [];
  for (const { where } of partsOf(moved(outcome.value, span?.start)))
    mapLeaves(where, (leaf) => {
      leaves.push(leaf);
      return leaf;
    });
  return leaves;
}

/** What a correlation groups and counts by. */
function keysOf({ detection }: Rule): readonly string[] {
  if (detection.kind !== 'correlation') return [];
  const { groupBy = [], condition } = detection;
  const counted = typeof condition === 'object' ? [condition['field']].flat() : [];
  return [...groupBy, ...counted.filter((field) => typeof field === 'string')];
}
