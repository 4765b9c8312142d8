import { attempt, Failure, need } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import { languageOf } from '../languages/index.ts';
import type { Query } from '../query/query.ts';
import type { Pack, QueryText, Rule } from '../rule/rule.ts';
import { read } from './convert.ts';
import { lower } from './lower.ts';
import { parseText } from './parse-text.ts';
import { mappingOf } from './tables.ts';
import { questionToEcs, questionToSigma } from './taxonomy.ts';

/** The stages of a conversion that can be looked at. */
export const stages = ['tokens', 'query', 'rule', 'mapping'] as const;
export type Stage = (typeof stages)[number];

/** What each rule of a text is at a stage, as plain data. A rule that does not get that far is told of and left out. */
export function inspect(text: string, stage: Stage): Outcome<readonly unknown[]> {
  return attempt((report) => {
    const pack = need(read(text), report);
    return pack.rules.flatMap((rule) => {
      try {
        return [looks[stage](rule, pack, report)];
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        error.diagnostics.forEach(report);
        return [];
      }
    });
  });
}

const looks: Readonly<Record<Stage, (rule: Rule, pack: Pack, report: Report) => unknown>> = {
  tokens: (rule) => tokensOf(queryOf(rule)),
  query: (rule, _, report) => parseText(queryOf(rule), report),
  rule: (rule) => rule,
  mapping: mappingSeen,
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

/** The question in the other taxonomy, with all that the tables had to say on the way. */
function mappingSeen(
  rule: Rule,
  pack: Pack,
): { query: Query; sources: unknown; indices: unknown; findings: readonly Diagnostic[] } {
  const findings: Diagnostic[] = [];
  const report: Report = (found) => findings.push(found);
  const names = rule.detection.kind === 'correlation' ? rule.detection.rules : [];
  const parts = names.map((name) => pack.rules.find((one) => one.id === name || one.name === name) as Rule);
  const question = lower({ rule, parts }, { to: 'native', allow: ['broader'] }, report);
  const isSigma = question.sources.length > 0;
  const seen = isSigma
    ? questionToEcs(question, mappingOf({}), report)
    : questionToSigma(question, mappingOf({}), report);
  return { ...seen, findings };
}
