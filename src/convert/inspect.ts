import { attempt, Failure, need } from '../diagnostic/attempt.ts';
import type { Outcome, Report } from '../diagnostic/diagnostic.ts';
import { languageOf } from '../languages/index.ts';
import type { Pack, QueryText, Rule } from '../rule/rule.ts';
import { read } from './convert.ts';
import { type MappingSeen, seeMapping } from './mapping-seen.ts';
import type { ConvertOptions } from './options.ts';
import { parseText } from './parse-text.ts';
import { referencesAmong, referencesOf } from './references.ts';
import { mappingOf } from './tables.ts';

/** The stages of a conversion that can be looked at. */
export const stages = ['tokens', 'query', 'rule', 'mapping'] as const;
/** A stage that can be looked at. */
export type Stage = (typeof stages)[number];

type Tables = Pick<ConvertOptions, 'mappings'>;

/** What each rule of a text is at a stage, as plain data. A rule that does not get that far is told of and left out. */
export function inspect(text: string, stage: Stage): Outcome<readonly unknown[]> {
  return look<unknown>(text, looks[stage]);
}

type Look<T> = (rule: Rule, pack: Pack, report: Report) => T;

function look<T>(text: string, at: Look<T>): Outcome<readonly T[]> {
  return attempt((report) => {
    const pack = need(read(text), report);
    return pack.rules.flatMap((rule) => {
      try {
        return [at(rule, pack, report)];
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        error.diagnostics.forEach(report);
        return [];
      }
    });
  });
}

const looks: Readonly<Record<Stage, Look<unknown>>> = {
  tokens: (rule) => tokensOf(queryOf(rule)),
  query: (rule, _, report) => parseText(queryOf(rule), report),
  rule: (rule) => rule,
  mapping: (rule, pack) => mappingSeen(rule, pack, {}),
};

function queryOf({ detection, title = '' }: Rule): QueryText {
  const query = 'query' in detection ? detection.query : undefined;
  if (query) return query;
  throw new Failure({ code: 'read/not-a-rule', message: `"${title}" has no query of its own to look at.` });
}

function tokensOf({ language = 'kuery', text }: QueryText): unknown {
  const reader = languageOf(language);
  if (!reader?.tokenize) {
    throw new Failure({
      code: 'loss/language',
      message: `The text of "${language}" is not cut into tokens here.`,
    });
  }
  return reader.tokenize(text);
}

/** What the tables make of each rule of a text: the rows that were applied, and why. */
export function inspectMapping(text: string, options: Tables = {}): Outcome<readonly MappingSeen[]> {
  return look(text, (rule, pack) => mappingSeen(rule, pack, options));
}

function mappingSeen(rule: Rule, { rules }: Pack, { mappings = [] }: Tables): MappingSeen {
  const known = referencesAmong(rules);
  const parts = referencesOf(rule, known);
  return seeMapping({ rule, parts, known }, mappingOf({ mappings }), { mappings });
}
