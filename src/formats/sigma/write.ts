import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Diagnostic, Effect, Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { Pack } from '../../rule/rule.ts';
import type { WriteOptions } from '../format.ts';
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
function writeAnew({ rules, filters, rest }: Pack, carries: boolean, report: Report): string {
  const outcomes = rules.map((rule) => attempt(() => fieldsOfRule(rule, carries, report)));
  const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.diagnostics));
  const own = filters.filter(({ format }) => format === 'sigma');
  const written = [
    ...outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])),
    ...own.map(fieldsOfFilter),
  ];
  if (written.length === 0)
    throw failures.length > 0 ? new Failure(failures) : failed('There is no rule to be written.');
  failures.forEach(report);
  if (own.length < filters.length)
    report(left('loss/exceptions', 'broader', 'Exceptions of another format have no place in Sigma'));
  if (rest.length > 0)
    report(left('loss/carry', 'dropped', 'What travels beside the rules has no place in Sigma'));
  return written.map(printDocument).join('---\n');
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
