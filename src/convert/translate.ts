import { attempt, Failure, need } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import type { TaxonomyId } from '../formats/format.ts';
import { withCategory } from '../languages/as-test.ts';
import type { Language, PrintOptions } from '../languages/language.ts';
import { languageNamed } from '../languages/named.ts';
import { type Caseless, factsOf, withTypes } from '../mapping/facts.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Pipeline } from '../mapping/pipeline/pipeline.ts';
import type { Table } from '../mapping/table.ts';
import { retyped } from '../mapping/types.ts';
import type { FieldType } from '../query/facts.ts';
import { moved } from '../query/places.ts';
import type { Query } from '../query/query.ts';
import { mapPredicates } from '../query/walk.ts';
import type { LogSource } from '../rule/rule.ts';
import { printDetectionText, readDetectionText } from './detection-text.ts';
import { type Acceptable, type Fidelity, gradeOf } from './fidelity.ts';
import { opened, type Settle } from './opened.ts';
import type { ConvertOptions } from './options.ts';
import { throughPipelines } from './pipelines.ts';
import { placed } from './place.ts';
import { withoutPresentation } from './presentation.ts';
import { printQuery, unlessStopped } from './print.ts';
import type { Question } from './question.ts';
import { mappingOf } from './tables.ts';
import { questionToEcs, questionToSigma } from './taxonomy.ts';
import { leavesWords, withWordsCompared, withWordsKept } from './words.ts';

/** What a translation is asked to do. */
export interface TranslateOptions {
  /** The language of the text; `kql` is one name of `kuery`. */
  readonly from: string;
  readonly to: string;
  /** The field names to write; those of the text unless it is said. */
  readonly taxonomy?: TaxonomyId;
  /** Tables to lay over those that ship, the strongest first, and pipelines that queries go through before these. */
  readonly mappings?: readonly (Table | Pipeline)[];
  /** What may be lost. */
  readonly allow?: readonly Acceptable[];
  /** How the index keeps fields, over what ECS says of them. */
  readonly types?: Readonly<Record<string, FieldType>>;
  /** How fields ignore case, for languages that can not. */
  readonly caseless?: Caseless;
}

/** A query in another language, and what was lost on the way. */
export interface Translation {
  /** Empty where the query was refused. */
  readonly text: string;
  readonly fidelity: Fidelity;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A query in another language, proved: read back, it means what was read. What the target has no words for is refused
 * with reasons, unless its effect is allowed; that is a result. The outcome fails only where the text is no query.
 */
export function translate(text: string, options: TranslateOptions): Outcome<Translation> {
  return attempt((report) => {
    const [from, to] = [need(languageNamed(options.from), report), need(languageNamed(options.to), report)];
    const source = sourceOf(text, from, report);
    const found: Diagnostic[] = [];
    try {
      const written = write(source, { from, to, options }, (one) => found.push(one));
      unlessStopped(found, converting(options));
      return {
        text: written,
        fidelity: gradeOf(found, from === to && written === text.trim()),
        diagnostics: found,
      };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const others = found.filter((one) => !error.diagnostics.includes(one));
      const isFault = error.diagnostics.some(({ code }) => code === 'proof/unreported-difference');
      const diagnostics = [...error.diagnostics, ...others];
      return { text: '', fidelity: isFault ? 'failed' : 'refused', diagnostics };
    }
  });
}

interface Source {
  readonly text: string;
  readonly query: Query;
  readonly logSource: LogSource | undefined;
}

function sourceOf(text: string, from: Language, report: Report): Source {
  const {
    text: own,
    start,
    source,
  } = from.id === 'sigma' ? readDetectionText(text) : { text, start: 0, source: undefined };
  const outcome = from.parse(own);
  const place = { text: own, span: { start, end: start + own.length } };
  const found = outcome.diagnostics.map((one) => (start === 0 ? one : placed(one, place)));
  if (!outcome.ok) throw new Failure(found);
  found.forEach(report);
  return { text, query: start === 0 ? outcome.value : moved(outcome.value, start), logSource: source };
}

interface Way {
  readonly from: Language;
  readonly to: Language;
  readonly options: TranslateOptions;
}

/** What the writing of rules and this have in common; the target is not asked for. */
function converting({ allow = [], mappings = [] }: TranslateOptions): ConvertOptions {
  return { to: 'native', allow, mappings };
}

function write(source: Source, way: Way, report: Report): string {
  const { to, options } = way;
  const mapping = withTypes(mappingOf(converting(options)), options.types);
  const question = named({ ...source, query: withParts(source, way, mapping, report) }, way, mapping, report);
  const query = asked(question.query, way, mapping, report);
  const { text } = printQuery(query, to, converting(options), report, printing(way, mapping));
  return to.id === 'sigma' ? printDetectionText(text, question.sources[0] ?? {}) : text;
}

/** Text of another language is read, unless what it stands in stays as it is. */
function withParts(
  { query, text }: Source,
  { from, to, options }: Way,
  mapping: Mapping,
  report: Report,
): Query {
  if (from === to && options.taxonomy === undefined) return query;
  const settle: Settle = leavesWords(to.id) ? (where) => where : (where) => retyped(where, mapping);
  return opened(query, { language: from.id, text, settle }, report);
}

/** The question in the field names that are wanted. What a log source says beside the text has a place in Sigma's alone. */
function named(
  { query, logSource }: Source,
  { from, to, options }: Way,
  mapping: Mapping,
  report: Report,
): Question {
  const sources = logSource ? [logSource] : [];
  const comparesWords = from.id === 'esql' && { comparesWords: true as const };
  const question: Question = { query, sources, indices: query.from, ...comparesWords };
  switch (options.taxonomy) {
    case 'ecs':
      return questionToEcs(throughPipelines(question, undefined, mapping, report), mapping, report);
    case 'sigma': {
      const renamed = questionToSigma(question, mapping, report);
      if (to.id !== 'sigma') renamed.sources.forEach((source) => loseSource(source, 'broader', report));
      return renamed;
    }
    case undefined:
      if (to.id !== 'sigma') sources.forEach((source) => loseSource(source, 'dropped', report));
      return question;
    default:
      return options.taxonomy satisfies never;
  }
}

function loseSource(source: LogSource, effect: 'broader' | 'dropped', report: Report): void {
  const name = [source.category, source.product, source.service]
    .filter((word) => word !== undefined)
    .join('/');
  if (name === '') return;
  const message = `Which events the log source ${name} means is not said in a query of this language; it was left out.`;
  report({ code: 'loss/log-source', effect, message });
}

/** The query as the target is asked for it: values of their types, and nothing in it that the rule says elsewhere. */
function asked(query: Query, { from, to, options }: Way, mapping: Mapping, report: Report): Query {
  const typed = leavesWords(from.id) && !leavesWords(to.id) ? settledFor(to, query, mapping, report) : query;
  const inRule =
    to.id === 'esql' ? typed : withoutPresentation(withoutIndices(typed, report), report, options);
  return to.id === 'sigma' ? forSigma(inRule) : inRule;
}

function settledFor(to: Language, query: Query, mapping: Mapping, report: Report): Query {
  return to.id === 'esql'
    ? withWordsCompared(query, mapping, report)
    : mapPredicates(query, (where) => retyped(where, mapping));
}

function withoutIndices(query: Query, report: Report): Query {
  if (query.from.length === 0) return query;
  const message = `The query names what it searches (${query.from.join(', ')}), which is for the rule to say; it was left out.`;
  report({ code: 'loss/log-source', effect: 'dropped', message });
  return { ...query, from: [] };
}

/** Sigma has no categories of events, and several events are for several rules. */
function forSigma(query: Query): Query {
  const { find } = query;
  if (find.kind === 'sequence' || find.kind === 'sample') {
    const message = `Sigma says a ${find.kind} by a rule of rules, one for each event; a lone detection has no words for it. Convert the rule it is of.`;
    const code = find.kind === 'sequence' ? 'loss/sequence' : 'loss/sample';
    throw new Failure({ code, message, ...(find.span && { span: find.span }) });
  }
  if (find.kind !== 'filter' || find.category === undefined) return query;
  const { category: _, ...others } = find;
  return { ...query, find: { ...others, where: withCategory(find) } };
}

/** What the tables know of fields. */
function printing({ from, to, options: { caseless } }: Way, mapping: Mapping): PrintOptions {
  return withWordsKept({ factsOf: (field) => factsOf(field, mapping, caseless) }, from.id, to.id);
}
