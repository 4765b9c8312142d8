import { attempt } from '../../diagnostic/attempt.ts';
import type { Format } from '../../formats/format.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Span } from '../../source/source.ts';
import type { ConvertedRule } from '../conversion.ts';
import { formatFrom, formatNamed } from '../find-format.ts';
import type { ConvertOptions } from '../options.ts';
import { type References, referencesAmong, referencesTo } from '../references.ts';

/** A text that was converted: what ledgers of its rules are made from. */
export interface ConvertedFile {
  readonly text: string;
  readonly options: ConvertOptions;
  /** All rules of the conversion. */
  readonly rules: readonly ConvertedRule[];
}

/** What the ledgers of one file share. */
export interface LedgerFile {
  readonly text: string;
  readonly options: ConvertOptions;
  readonly source: Format;
  readonly target: Format;
  readonly known: References;
  /** Where a rule stands in the text; the whole text where that is not known. */
  readonly regionOf: (rule: ConvertedRule) => Span;
}

const opened = new WeakMap<ConvertedFile, LedgerFile>();

export function ledgerFile(file: ConvertedFile): LedgerFile {
  const known = opened.get(file) ?? open(file);
  opened.set(file, known);
  return known;
}

function open({ text, options, rules }: ConvertedFile): LedgerFile {
  const source = formatFrom(text, options);
  const own = rules.map(({ rule }) => rule);
  const regions = regionsOf(text, source, rules);
  return {
    text,
    options,
    source,
    target: formatNamed(options.to),
    known: referencesTo(own, referencesAmong(options.references)),
    regionOf: (rule) => regions.get(rule) ?? { start: 0, end: text.length },
  };
}

/** By the places of ids, which stand in the order of the rules; of a rule without one, by that of its query. */
function regionsOf(text: string, format: Format, rules: readonly ConvertedRule[]): Map<ConvertedRule, Span> {
  const found = new Map<ConvertedRule, Span>();
  if (rules.length < 2) return found;
  const outcome = attempt(() => ({ regions: format.regions(text), ids: format.placesOfIds(text) }));
  if (!outcome.ok) return found;
  const { regions, ids } = outcome.value;
  for (const [index, rule] of rules.entries()) {
    const place = ids[index] ?? querySpan(rule.rule);
    const region = place && regionAround(place, regions);
    if (region) found.set(rule, region);
  }
  return found;
}

function querySpan({ detection }: Rule): Span | undefined {
  return 'query' in detection ? detection.query?.span : undefined;
}

/** Regions stand in the order of the text. */
function regionAround({ start }: Span, regions: readonly Span[]): Span | undefined {
  let [low, high] = [0, regions.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (regions[middle]!.start <= start) low = middle;
    else high = middle - 1;
  }
  const region = regions[low];
  return region && start >= region.start && start < region.end ? region : undefined;
}

/** The part of the text that holds a rule. */
export function regionOf(rule: ConvertedRule, file: ConvertedFile): Span {
  return ledgerFile(file).regionOf(rule);
}
