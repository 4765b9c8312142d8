import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { isList, type JsonObject } from '../../rule/json.ts';
import type { LogSource } from '../../rule/rule.ts';
import type { Served } from './cast-filters.ts';
import type { Findings } from './findings.ts';
import { type ExceptionList, keyOfList, nameOf, referencesOf } from './lists.ts';

/** What there is to say of exceptions that go to Sigma. */

/** What bounds an exception in Kibana and a filter in nothing. */
export function reportBounds(exception: JsonObject, { product }: LogSource, report: Report): void {
  const { expire_time, os_types } = exception;
  const tell = (what: string) => {
    const message = `The exception "${nameOf(exception)}" ${what}; it is written as a filter without bounds, which is narrower.`;
    report({ code: 'loss/exceptions', effect: 'narrower', message });
  };
  if (typeof expire_time === 'string') tell(`ends at ${expire_time}`);
  if (isList(os_types) && os_types.length > 0 && !os_types.includes(product ?? ''))
    tell(`is for ${os_types.join(' and ')} alone`);
}

export const ofNoSystem: Diagnostic = {
  code: 'loss/log-source',
  message: 'It says no systems that it is for, and a filter needs a log source.',
};

export const withoutSource: Diagnostic = {
  code: 'loss/log-source',
  message: 'The rule has no log source, and a filter needs one.',
};

export function leftOut(exception: JsonObject, { message }: Diagnostic): Diagnostic {
  return {
    code: 'loss/exceptions',
    effect: 'broader',
    message: `The exception "${nameOf(exception)}" has no words in Sigma, so the rule is written without it and matches more: ${message}`,
  };
}

export function forAny(exception: JsonObject): Diagnostic {
  const message = `The exception "${nameOf(exception)}" is written as a filter for any rule of its system, as no rule here refers to its list, which is narrower.`;
  return { code: 'loss/exceptions', effect: 'narrower', message };
}

export function leftBehind({ list, exceptions }: ExceptionList, why: string): Diagnostic {
  const message = `The exception list "${nameOf((list ?? exceptions[0])?.body ?? {})}" ${why}.`;
  return { code: 'loss/exceptions', effect: 'dropped', message };
}

export function edited(list: ExceptionList): Diagnostic {
  const message = `The exceptions of the list "${nameOf(list.list?.body ?? {})}" were edited since they were made of a Sigma filter; the edit wins.`;
  return { code: 'carry/edited', message };
}

/** Lists that are not in the file exclude things all the same. */
export function reportMissing(
  served: readonly Served[],
  lists: ReadonlySet<string>,
  findings: Findings,
): void {
  for (const { rule } of served) {
    for (const reference of referencesOf(rule).filter((one) => !lists.has(keyOfList(one)))) {
      const message = `The rule refers to the exception list "${nameOf(reference)}", which is not here; it is written without it and matches more.`;
      findings.tell([rule], { code: 'loss/exceptions', effect: 'broader', message });
    }
  }
}
