import { attempt } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import type { TaxonomyId } from '../formats/format.ts';
import type { Pipeline } from '../mapping/pipeline/pipeline.ts';
import type { Table } from '../mapping/table.ts';
import { type Finder, finderOf } from '../match/match.ts';
import type { Layout } from '../match/timeline.ts';
import type { FieldType } from '../query/facts.ts';
import type { Query } from '../query/query.ts';
import type { Rule, RuleFilter } from '../rule/rule.ts';
import { queryOfRule } from './matched-query.ts';
import { parseText } from './parse-text.ts';
import type { Placeholders } from './placeholders.ts';
import { type References, referencesAmong } from './references.ts';
import { mappingOf } from './tables.ts';

/** A rule, or the text of a query. */
export type Matchable = Rule | { readonly language: string; readonly text: string };

/** How events are asked. */
export interface MatchOptions {
  /** Where events say of what kind they are: `event.category` unless said. */
  readonly categoryField?: string;
  /** Where events say when they happened: `@timestamp` unless said here or by the rule. */
  readonly timestampField?: string;
  /** What tells events of one moment apart; their order in the input unless said here or by the rule. */
  readonly tiebreakerField?: string;
  /** How fields are kept; what is not said is taken for what its values show. */
  readonly types?: ReadonlyMap<string, FieldType> | { readonly [field: string]: FieldType };
  /** Rules that others may refer to: those that a correlation is of. */
  readonly references?: readonly Rule[];
  /** Sigma filters and Kibana's exceptions: the `filters` of a pack. */
  readonly exclusions?: readonly RuleFilter[];
  /** What the conditions of Sigma filters mean: what is kept (`pysigma`, the default), or what is excluded. */
  readonly filters?: 'pysigma' | 'specification';
  /**
   * The names that fields have in the events. A rule that uses others is asked by the tables, and then in its log
   * source; unless it is said, events are taken to have the names that each rule uses.
   */
  readonly taxonomy?: TaxonomyId;
  /** What Sigma's placeholders stand for; a rule with one that is in no list can not be asked. */
  readonly placeholders?: Placeholders;
  /** Tables to lay over those that ship, and pipelines that rules go through before these. */
  readonly mappings?: readonly (Table | Pipeline)[];
}

/** A rule or a query that is ready to be asked of events. */
export interface Matcher {
  readonly asked: Matchable;
  readonly query: Query;
  readonly finder: Finder;
  readonly layout: Layout;
}

/** Makes a rule or a query ready. The outcome is not ok for what can not be asked of events. */
export function matcher(asked: Matchable, options: MatchOptions = {}): Outcome<Matcher> {
  const outcome = attempt((report) => matcherOf(asked, options, report));
  const diagnostics = outcome.diagnostics.map(unmatched);
  return { ...outcome, diagnostics };
}

function matcherOf(asked: Matchable, options: MatchOptions, report: Report): Matcher {
  const layout = layoutFor(asked, options);
  const query = queryOf(asked, options, report);
  return { asked, query, layout, finder: finderOf(query, layout) };
}

function queryOf(asked: Matchable, options: MatchOptions, report: Report): Query {
  if (!('detection' in asked)) {
    const { language, text } = asked;
    return parseText({ language, text, span: { start: 0, end: text.length } }, report);
  }
  const { exclusions = [], filters: reading = 'pysigma', taxonomy, placeholders } = options;
  const known = knownTo(asked, referencesAmong(options.references));
  return queryOfRule(
    asked,
    { known, exclusions, reading, taxonomy, placeholders, mapping: () => mappingOf(options) },
    report,
  );
}

/** A rule knows itself, so that one that leads back to itself is told so. */
function knownTo(rule: Rule, others: References): References {
  return (name) => others(name) ?? (name === rule.id || name === rule.name ? rule : undefined);
}

function layoutFor(
  asked: Matchable,
  { categoryField, timestampField, tiebreakerField, types }: MatchOptions,
): Layout {
  const engine = 'detection' in asked ? asked.engine : undefined;
  const said = (own: string | undefined, key: string) => {
    const value = own ?? engine?.[key];
    return typeof value === 'string' ? value : undefined;
  };
  const timestamp = said(timestampField, 'timestamp_field');
  const tiebreaker = said(tiebreakerField, 'tiebreaker_field');
  return {
    ...(categoryField !== undefined && { categoryField }),
    ...(timestamp !== undefined && { timestampField: timestamp }),
    ...(tiebreaker !== undefined && { tiebreakerField: tiebreaker }),
    ...(types && { types: types instanceof Map ? types : new Map(Object.entries(types)) }),
  };
}

/** What a finding says became of the rule, where it was to be matched and not to be written. */
function unmatched({ code, message, ...found }: Diagnostic): Diagnostic {
  const isLoss = code.startsWith('loss/') && found.effect === undefined;
  return {
    ...found,
    code: isLoss ? 'match/unsupported' : code,
    message: message.replace(
      /; (?:it|the rule|the correlation|the document) was not (?:written|read)\.$/,
      '; no event was matched.',
    ),
  };
}
