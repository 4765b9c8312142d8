import { Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';

/** Why a rule of the model is no rule of Sigma's. */
function refused(code: Code, message: string): Failure {
  return new Failure({ code, message });
}

export function noTitle(): Failure {
  return refused('loss/required-field', 'Sigma wants a title, which the rule has not; it was not written.');
}

export function noLogSource(): Failure {
  const message =
    'Sigma wants a log source with a category, a product or a service, which the rule has not; it was not written.';
  return refused('loss/required-field', message);
}

export function noRuleType(kind: string): Failure {
  return refused('loss/rule-type', `Sigma has no rules of the type ${kind}; the rule was not written.`);
}

export function noFilters(): Failure {
  return refused(
    'loss/filter',
    "Sigma's rules have no filters beside their detection; the rule was not written.",
  );
}

export function noLanguage(language: string | undefined): Failure {
  const what = language === undefined ? 'a query of no named language' : `a query in ${language}`;
  return refused('loss/language', `Sigma does not hold ${what}; the rule was not written.`);
}
