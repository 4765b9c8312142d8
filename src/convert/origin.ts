import { attempt, Failure, need } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { checkDetection } from '../languages/sigma/parse.ts';
import { normal, spell } from '../query/normal.ts';
import type { Query } from '../query/query.ts';
import { staysBehind } from '../rule/carry.ts';
import { listOf } from '../rule/check.ts';
import { isList, type JsonObject } from '../rule/json.ts';
import type { Carry, Detection, LogSource, Origin, Rule } from '../rule/rule.ts';
import { detection as detectionCheck, rule as ruleCheck } from '../rule/schema.ts';
import { digest } from '../source/digest.ts';
import type { Family } from './family.ts';
import { lower } from './lower.ts';
import type { ConvertOptions } from './options.ts';

/**
 * The way home of a translated query. The original travels with a fingerprint of what was written in
 * its place; as long as that has the same fingerprint, nobody has touched it and the original is given
 * back, so that even an approximation undoes itself.
 */

/**
 * A fingerprint of what a rule means: the normal form of its query, with the log sources that say a
 * part of it.
 */
export function fingerprint(meaning: Query, sources: readonly LogSource[]): string {
  const keys = sources.map(({ category, product, service }) => [
    category ?? '',
    product ?? '',
    service ?? '',
  ]);
  return digest(`${spell(meaning)} ${JSON.stringify(keys)}`);
}

/** The rule that was written, with its original to be restored. */
export function withOrigin(written: Rule, original: Family, print: string, { carry }: ConvertOptions): Rule {
  if (carry === 'none') return withLosses(written, original);
  const { detection } = original.rule;
  const query = 'query' in detection ? detection.query : undefined;
  const language = languageOf(original.rule) ?? '';
  const origin: Origin = { language, text: query?.text ?? '', digest: print };
  const rest = besideQuery(detection);
  const was: JsonObject = {
    ...written.carry['was'],
    ...(rest && { detection: rest as unknown as JsonObject }),
    ...(query && query.language === undefined && { unsaid: ['language'] }),
    ...(original.parts.length > 0 && { parts: original.parts.map(asNative) as unknown as JsonObject[] }),
  };
  return {
    ...written,
    origin,
    carry: Object.keys(was).length > 0 ? { ...written.carry, was } : written.carry,
  };
}

/**
 * Where nothing is to travel, only what is lost by that is left for the writer, who tells of it: rules that the rule
 * is made of, and tags that Sigma does not allow. Those of Sigma have become threats; the query says the same.
 */
function withLosses(written: Rule, { parts }: Family): Rule {
  const { tags } = written.carry['was'] ?? {};
  const was: JsonObject = {
    ...(tags !== undefined && languageOf(written) === 'sigma' && { tags }),
    ...(parts.length > 0 && { parts: parts.map(asNative) as unknown as JsonObject[] }),
  };
  const carry = withoutWas(written.carry);
  return { ...written, carry: Object.keys(was).length > 0 ? { ...carry, was } : carry };
}

/** What a detection is beside its query; undefined for a plain query. */
function besideQuery(detection: Detection): Omit<Detection, 'query'> | undefined {
  if (detection.kind === 'query' && !detection.filters) return undefined;
  const { query: _, ...rest } = detection as Detection & { readonly query?: unknown };
  return rest;
}

/** A part as plain data: without what a reader left on its query, and without a carry that holds nothing. */
function asNative({ carry, ...rule }: Rule): Omit<Rule, 'carry'> {
  const kept = Object.keys(carry).length > 0 ? { ...rule, carry } : rule;
  const { detection } = rule;
  if (detection.kind !== 'query' || !detection.query) return kept;
  const { text, language } = detection.query;
  return {
    ...kept,
    detection: { kind: 'query', query: { text, ...(language !== undefined && { language }) } },
  };
}

/** The language of a rule's query; Sigma's for its correlations, KQL where an Elastic rule does not say. */
export function languageOf({ detection }: Rule): string | undefined {
  if (detection.kind === 'correlation') return 'sigma';
  const query = 'query' in detection ? detection.query : undefined;
  return query && (query.language ?? 'kuery');
}

/** What comes home: the detection as it was, and the rules it refers to. */
export interface Home {
  readonly detection: Detection;
  readonly parts: readonly Rule[];
}

/**
 * The detection a rule had before an earlier conversion, if one of these languages is its own and what
 * stands in its place still means the same. An edited query stays, and the finding says so.
 */
export function restore(
  family: Family,
  languages: readonly string[],
  options: ConvertOptions,
  report: Report,
): Home | undefined {
  const { origin, carry } = family.rule;
  if (!origin || !isAtHome(origin, languages)) return undefined;
  if (!isUntouched(family, options)) {
    const message =
      'The query was changed since it was translated; the change is kept, and the original query stays behind.';
    report({ code: 'carry/edited', message });
    return undefined;
  }
  const was = carry['was'] ?? {};
  const sound = attempt(() => checkHome(origin, was));
  if (!sound.ok) {
    for (const found of sound.diagnostics) report({ ...found, code: 'carry/unreadable' });
    return undefined;
  }
  report({
    code: 'carry/restored',
    message: 'The query still means what was carried with it; the original text was restored.',
  });
  return homeOf(origin, was);
}

/** Whether a rule, with the pieces that it was written as, would come home to one of these languages. */
export function comesHome(family: Family, languages: readonly string[], options: ConvertOptions): boolean {
  const { origin } = family.rule;
  return origin !== undefined && isAtHome(origin, languages) && isUntouched(family, options);
}

function isUntouched(family: Family, options: ConvertOptions): boolean {
  return printNow(family, options) === family.rule.origin?.digest;
}

/** Fails on what `withOrigin` never wrote: people may have edited it. */
function checkHome({ language, text }: Origin, was: JsonObject): void {
  if (was['detection'] !== undefined) detectionCheck(was['detection'], 'was.detection');
  if (was['parts'] !== undefined) listOf(ruleCheck)(was['parts'], 'was.parts');
  const parts = (was['parts'] ?? []) as unknown as readonly Rule[];
  const texts = parts.map(({ detection }) => ('query' in detection ? detection.query?.text : undefined));
  // A detection is a piece of the document around it, and must not break that.
  for (const one of language === 'sigma' ? [text, ...texts] : []) {
    if (one) need(checkDetection(one), () => {});
  }
}

/** Rules without a query, of machine learning, are at home where EQL is: in Elastic's engine. */
function isAtHome({ language }: Origin, languages: readonly string[]): boolean {
  return languages.includes(language === '' ? 'eql' : language);
}

/** An original that is not at home here gives way to that of the next translation. */
export function originsLost({ origin }: Rule, languages: readonly string[]): readonly Diagnostic[] {
  if (origin === undefined || isAtHome(origin, languages)) return [];
  return staysBehind('The query is translated once more', { query: origin.text });
}

function homeOf({ language, text }: Origin, was: JsonObject): Home {
  const beside = (was['detection'] ?? { kind: 'query' }) as unknown as Detection;
  // Where there was no query, there was no language. A query may be empty.
  const hasQuery = beside.kind !== 'correlation' && beside.kind !== 'machine-learning' && language !== '';
  return {
    detection: hasQuery ? { ...beside, query: wasSaid(was) ? { language, text } : { text } } : beside,
    parts: ((was['parts'] ?? []) as unknown as readonly Rule[]).map((part) => ({
      ...part,
      carry: part.carry ?? {},
    })),
  };
}

/** The language of a query may go without saying, and comes home so. */
function wasSaid({ unsaid }: JsonObject): boolean {
  return !isList(unsaid) || !unsaid.includes('language');
}

/** One fingerprint for a rule that was written as several. */
export function fingerprintOfAll(prints: readonly string[]): string {
  return digest(prints.join(' '));
}

function printNow({ rule, parts, ...around }: Family, options: ConvertOptions): string | undefined {
  const print = (family: Family) => {
    const { query, sources } = lower(family, options, () => {});
    return fingerprint(normal(query), languageOf(family.rule) === 'sigma' ? sources : []);
  };
  const isSeveral = rule.detection.kind === 'query' && parts.length > 0;
  try {
    if (!isSeveral) return print({ rule, parts, ...around });
    return fingerprintOfAll([rule, ...parts].map((one) => print({ rule: one, parts: [] })));
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** What travelled for a conversion that is over. */
export function withoutWas(carry: Carry): Carry {
  const { was: _, ...others } = carry;
  return others;
}
