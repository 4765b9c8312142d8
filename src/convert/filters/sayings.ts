import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { JsonObject } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { nameOf } from './lists.ts';

/** What there is to say of a Sigma filter that goes to Kibana. */

export function leftOut(body: JsonObject, { message }: Diagnostic): Diagnostic {
  return {
    code: 'loss/exceptions',
    effect: 'broader',
    message: `The filter "${nameOf(body)}" has no words in exceptions, so the rule is written without it and matches more: ${message}`,
  };
}

export function forSomeParts(body: JsonObject): Diagnostic {
  return {
    code: 'loss/exceptions',
    effect: 'broader',
    message: `The filter "${nameOf(body)}" is for some events of the rule, and exceptions are for all of them; the rule is written without it and matches more.`,
  };
}

export function taken(body: JsonObject, rules: readonly Rule[]): Diagnostic {
  const message = `The filter "${nameOf(body)}" goes where the rules go that it is for, ${namesOf(rules)}.`;
  return { code: 'convert/taken', message };
}

/** The first of some rules, and how many others there are. */
export function namesOf(rules: readonly Rule[]): string {
  const [first, ...more] = rules.map(({ title, name, id }) => title ?? name ?? id ?? '');
  return `"${first}"${more.length > 0 ? ` and ${more.length} more` : ''}`;
}

export function alone(body: JsonObject): Diagnostic {
  const message = `The filter "${nameOf(body)}" is for no rule that was written here; it stands alone, as a list that no rule refers to.`;
  return { code: 'convert/alone', message };
}

export function edited(body: JsonObject): Diagnostic {
  const message = `The filter "${nameOf(body)}" was edited since it was made of an exception; the edit wins.`;
  return { code: 'carry/edited', message };
}
