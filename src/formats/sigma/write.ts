import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Diagnostic, Effect, Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { Pack, Rule } from '../../rule/rule.ts';
import type { InParts, WriteOptions } from '../format.ts';
import { type Field, fieldsOfFilter, fieldsOfRule, printField } from './fields.ts';
import { writeOnto } from './onto.ts';

export const shapes = ['rule'] as const;

export function write(pack: Pack, { shape, onto, carry }: WriteOptions = {}): Outcome<string> {
  return attempt((report) => {
    if (shape !== undefined && shape !== 'rule')
      throw failed(`Sigma has rules in one shape alone, not in one named ${shape}.`);
    const kept = onto === undefined ? undefined : attempt(() => writeOnto(pack, onto));
    return (kept?.ok ? kept.value : undefined) ?? writeAnew(pack, carry !== 'none', report);
  });
}

/** A document for each rule, then one for each filter. A rule that cannot be written costs itself. */
function writeAnew({ rules, ...beside }: Pack, carries: boolean, report: Report): string {
  const { written, failures } = documentsOf(rules, carries, report);
  const own = besideOf(beside, () => {});
  if (written.length + own.length === 0)
    throw failures.length > 0 ? new Failure(failures) : failed('There is no rule to be written.');
  failures.forEach(report);
  besideOf(beside, report);
  return [...written, ...own].join(between);
}

/** Documents, with a line between any two of them. */
export function inParts({ carry }: WriteOptions): InParts {
  let isFirst = true;
  const joined = (documents: readonly string[]) => {
    const text = documents.join(between);
    if (text === '') return text;
    const before = isFirst ? '' : between;
    isFirst = false;
    return `${before}${text}`;
  };
  return {
    rules: (rules) =>
      attempt((report) => {
        const { written, failures } = documentsOf(rules, carry !== 'none', report);
        failures.forEach(report);
        return joined(written);
      }),
    end: (beside) => attempt((report) => joined(besideOf(beside, report))),
  };
}

const between = '---\n';

function documentsOf(rules: readonly Rule[], carries: boolean, report: Report) {
  const outcomes = rules.map((rule) => attempt(() => fieldsOfRule(rule, carries, report)));
  return {
    written: outcomes.flatMap((outcome) => (outcome.ok ? [printDocument(outcome.value)] : [])),
    failures: outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.diagnostics)),
  };
}

/** The filters that stand behind the rules; all else is left behind. */
function besideOf({ filters, rest }: Pick<Pack, 'filters' | 'rest'>, report: Report): readonly string[] {
  const own = filters.filter(({ format }) => format === 'sigma');
  if (own.length < filters.length)
    report(left('loss/exceptions', 'broader', 'Exceptions of another format have no place in Sigma'));
  if (rest.length > 0)
    report(left('loss/carry', 'dropped', 'What travels beside the rules has no place in Sigma'));
  return own.map((one) => printDocument(fieldsOfFilter(one)));
}

function printDocument(fields: readonly Field[]): string {
  return fields.map(printField).join('');
}

function left(code: Code, effect: Effect, what: string): Diagnostic {
  return { code, effect, message: `${what}; it was left behind.` };
}

function failed(message: string): Failure {
  return new Failure({ code: 'write/failed', message });
}
