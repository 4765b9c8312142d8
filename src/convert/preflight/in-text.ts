import { attempt } from '../../diagnostic/attempt.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Format } from '../../formats/format.ts';
import { ecsFields } from '../../mapping/index-fields/ecs.ts';
import type { KnownFields } from '../../mapping/index-fields/model.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Pack, QueryText, Rule } from '../../rule/rule.ts';
import type { Span } from '../../source/source.ts';
import { languageOf } from '../origin.ts';
import { mappingOf } from '../tables.ts';
import { ofSigma, type Writing } from './of-sigma.ts';
import { preflight } from './preflight.ts';

export interface PreflightOptions extends Writing {
  /** What the searched data looks like, as `readFields` reads it; `ecs`: as the schema has it. */
  readonly fields?: KnownFields | 'ecs';
}

/** What the rules of a text ask for that the indices do not have. Each finding has its place in the text. */
export function preflightText(
  text: string,
  format: Format,
  pack: Pack,
  { fields, ...writing }: PreflightOptions,
): readonly Diagnostic[] {
  if (fields === undefined) return [];
  const mapping = mappingOf(writing);
  const known = fields === 'ecs' ? knownEcs(mapping) : fields;
  const regions = regionsOf(text, format, pack);
  const asSigma = pack.rules.some(isSigma) ? ofSigma(text, format.id, writing, known, mapping) : [];
  return pack.rules.flatMap((rule, index) => {
    const region = regions[index] ?? { start: 0, end: text.length };
    const found = isSigma(rule)
      ? (asSigma[index]?.found ?? [])
      : preflight(withPlace(rule, text, region), known, mapping);
    return found.map((one) => placed(one, text, region));
  });
}

const ecs = new WeakMap<Mapping, KnownFields>();

function knownEcs(mapping: Mapping): KnownFields {
  const known = ecs.get(mapping) ?? ecsFields(mapping);
  ecs.set(mapping, known);
  return known;
}

function isSigma(rule: Rule): boolean {
  return rule.detection.kind === 'correlation' || languageOf(rule) === 'sigma';
}

/** Where each rule stands, if that is known of all of them. */
function regionsOf(text: string, format: Format, { rules }: Pack): readonly Span[] {
  if (rules.length < 2) return [];
  const outcome = attempt(() =>
    format.regions(text).filter(({ start, end }) => {
      const pack = format.read(text.slice(start, end));
      return pack.ok && pack.value.rules.length === 1;
    }),
  );
  return outcome.ok && outcome.value.length === rules.length ? outcome.value : [];
}

/** A query that its reader gave no place stands in JSON: letter for letter, or with escapes, at its quotes. */
function withPlace(rule: Rule, text: string, region: Span): Rule {
  const { detection } = rule;
  const query: QueryText | undefined = 'query' in detection ? detection.query : undefined;
  if (query === undefined || query.span !== undefined) return rule;
  const start = text.indexOf(JSON.stringify(query.text), region.start);
  const isPlain =
    start >= 0 && start < region.end && JSON.stringify(query.text).length === query.text.length + 2;
  if (!isPlain) return rule;
  const span = { start: start + 1, end: start + 1 + query.text.length };
  return { ...rule, detection: { ...detection, query: { ...query, span } } as Rule['detection'] };
}

/** What has no place in the query stands where the field is first named, or where the rule begins. */
function placed(found: Diagnostic, text: string, region: Span): Diagnostic {
  if (found.span !== undefined) return found;
  const head = Math.max(text.slice(region.start, region.end).search(/\S/), 0) + region.start;
  const at = placeOf(found, text, region) ?? head;
  return { ...found, span: { start: at, end: at + 1 } };
}

function placeOf({ field, path }: Diagnostic, text: string, region: Span): number | undefined {
  const words = path === 'logsource' ? ['logsource'] : field === undefined ? [] : [`"${field}"`, field];
  for (const word of words) {
    const at = text.indexOf(word, region.start);
    if (at >= 0 && at < region.end) return at;
  }
  return undefined;
}
