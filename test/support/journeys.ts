import { read } from '../../src/convert/convert.ts';
import { lower } from '../../src/convert/lower.ts';
import { mappingOf } from '../../src/convert/tables.ts';
import { recognise } from '../../src/mapping/recognise.ts';
import { retyped } from '../../src/mapping/types.ts';
import { testOf } from '../../src/mapping/words.ts';
import { and } from '../../src/query/build.ts';
import { normal } from '../../src/query/normal.ts';
import type { Query } from '../../src/query/query.ts';
import { mapParts, type Part } from '../../src/query/walk.ts';
import type { LogSource, Rule } from '../../src/rule/rule.ts';
import { must } from './laws.ts';

const mapping = mappingOf({});

/** What a Sigma text asks, as a text that is equal for the same: its normal form with its log sources. */
export function sigmaMeaning(text: string): string {
  const { query, sources } = question(text);
  return spelled(query, sources.map(named));
}

/**
 * What an Elastic text asks, as a text that is equal for the same. Tests that say no more than which log source is meant
 * count as that log source, however they are spelled: indices, a data set, a category.
 */
export function elasticMeaning(text: string): string {
  const { query, indices, comparesWords } = question(text);
  const sources: string[] = [];
  const bare = mapParts(query, (part) => {
    const where = retyped(part.where, mapping, comparesWords);
    const found = recognise({ ...categoryOf(part), where, indices }, mapping);
    sources.push(found ? named(found.row.sigma) : '');
    const whole =
      part.category === undefined ? where : and([testOf('event.category', [part.category]), where]);
    return { category: undefined, where: found ? found.where : whole, key: (operand) => operand };
  });
  return spelled(bare, sources);
}

const categoryOf = ({ category }: Part) => (category === undefined ? {} : { category });

const named = ({ category, product, service }: LogSource) => `${category}|${product}|${service}`;

/** The last rule of a text; the others are what it is made of. */
function question(text: string) {
  const { rules } = must(read(text));
  const rule = rules.at(-1)!;
  const parts = rule.detection.kind === 'correlation' ? partsOf(rule.detection.rules, rules) : [];
  return lower({ rule, parts }, { to: 'native', allow: ['broader', 'narrower', 'approximate'] }, () => {});
}

const partsOf = (names: readonly string[], rules: readonly Rule[]) =>
  names.flatMap((name) => rules.find((rule) => rule.id === name || rule.name === name) ?? []);

/** Case is left out, as Sigma has none; so is what is shown of events, and whether a value is written as text. */
function spelled(query: Query, sources: readonly string[]): string {
  const stages = query.stages.filter(({ kind }) => kind === 'aggregate' || kind === 'opaque');
  return JSON.stringify(tidy([normal({ ...query, from: [], stages }), sources])).toLowerCase();
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'caseSensitive' && key !== 'span');
  return Object.fromEntries(
    entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [
        key,
        (key === 'values' || key === 'of') && Array.isArray(part) ? asSet(part) : tidy(part),
      ]),
  );
}

function asSet(values: readonly unknown[]): readonly string[] {
  const texts = values.map((value) =>
    JSON.stringify(tidy(typeof value === 'object' ? value : [String(value)])),
  );
  return [...new Set(texts.map((text) => text.toLowerCase()))].sort();
}
