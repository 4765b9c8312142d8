import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { KnownFields } from '../../mapping/index-fields/model.ts';
import { shownName } from '../../mapping/index-fields/names.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Rule } from '../../rule/rule.ts';
import { missingFor } from '../never.ts';
import type { Asked } from './asked.ts';
import { clashOf, unlikeEcs } from './clash.ts';
import { sentence } from './complaint.ts';
import { bearable, finding } from './finding.ts';
import { judge } from './judge.ts';
import { anyThere, lookIn, type There, thereIn } from './look.ts';
import { absent } from './missing.ts';
import { type OfRule, ofRule } from './of-rule.ts';
import { shownList } from './shown.ts';

/** What a rule of Elastic's asks of fields that can find nothing, or that its language refuses, each once. */
export function preflight(rule: Rule, known: KnownFields, mapping: Mapping): readonly Diagnostic[] {
  const of = ofRule(rule);
  if (of.asked.length === 0) return [];
  const { indices, unmet } = lookIn(of.patterns, known);
  if (indices.length === 0) return [noIndex(of, known)];
  const needed = neededIn(of, (field) =>
    field.includes('*') ? anyThere(field, indices) : thereIn(field, indices).length > 0,
  );
  const around = { known, indices, unmet, needed };
  return once(
    byField(of.asked).flatMap(([field, asked]) => {
      const there = thereIn(field, indices);
      if (there.length === 0) return absent(field, asked, around);
      return [
        ...clashOf(field, asked, there),
        ...asked.flatMap((one) => complained(one, there, unmet.length > 0)),
        ...(known.of === 'ecs' ? [] : unlikeEcs(field, asked, there, mapping)),
      ];
    }),
  );
}

/** Metadata are no fields of a mapping, and a name with stars stands for whatever there is. */
function byField(asked: readonly Asked[]): readonly (readonly [string, readonly Asked[]])[] {
  const groups = new Map<string, Asked[]>();
  for (const one of asked) {
    if (one.field === '' || one.field === '*' || one.field.startsWith('_')) continue;
    const group = groups.get(one.field);
    if (group) group.push(one);
    else groups.set(one.field, [one]);
  }
  return [...groups];
}

/** Without these fields the rule finds nothing at all. */
function neededIn({ query, asks }: OfRule, seen: (field: string) => boolean): ReadonlySet<string> {
  if (query === undefined || (asks !== 'kuery' && asks !== 'lucene')) return new Set();
  return new Set(missingFor(query, seen, 'event.category'));
}

/** What is wrong in every index that has the field: where one of them takes the test, events are found there. */
function complained(asked: Asked, there: readonly There[], isPart: boolean): readonly Diagnostic[] {
  const complaints = there.map(({ found }) => judge(found, asked));
  const [first] = complaints;
  if (!first || !complaints.every((one) => one !== undefined)) return [];
  // A test for the data of another index is how a rule tells several apart.
  if (first.code === 'fields/other-value' && (isPart || asked.negated)) return [];
  return [finding(first.code, sentence(first, asked), asked)];
}

function noIndex({ patterns }: OfRule, { indices, whole }: KnownFields): Diagnostic {
  const names = shownList([...new Set(indices.map(shownName))]);
  if (whole) {
    const message = `The rule searches ${shownList(patterns)}, and there is no such index (${names}), so it finds nothing.`;
    return { code: 'fields/nowhere', message: bearable(message) };
  }
  const message = `The rule searches ${shownList(patterns)}, which is none of what is known (${names}); its fields were not looked up.`;
  return { code: 'fields/no-index', message: bearable(message) };
}

function once(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return [
    ...new Map(found.map((one) => [`${one.code} ${one.message}`, one] as const).reverse()).values(),
  ].reverse();
}
