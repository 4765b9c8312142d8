import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { carryKey } from '../../rule/carry.ts';
import type { JsonObject } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { Claim } from '../claim.ts';
import { type Property, properties, words } from './envelope-words.ts';

/** The properties that Sigma has no words for, or only rough ones. People may have edited them. */
export function readCarried(rule: Partial<Rule>, report: Report): Partial<Rule> {
  const from = new Claim(rule as JsonObject, `${carryKey}.rule`, (found) =>
    report({
      ...found,
      code: 'carry/unreadable',
      message: `${found.message.split(';')[0]}; it was left out.`,
    }),
  );
  const beside = {
    riskScore: from.number('riskScore'),
    threat: from.list('threat'),
    indices: from.texts('indices'),
    engine: from.map('engine'),
    logSource: from.map('logSource'),
  };
  const said = properties.map((property) => [property, takeCarried(from, property)] as const);
  const all = [...Object.entries(beside), ...said];
  for (const key of Object.keys(from.rest())) {
    if (!all.some(([known]) => known === key)) report(unknown(`${carryKey}.rule.${key}`));
  }
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

function takeCarried<K extends Property>(from: Claim, property: K): unknown {
  const { carried, read, wanted } = words[property];
  return from.take(property, carried ?? read, wanted);
}

function unknown(path: string): Diagnostic {
  return { code: 'carry/unreadable', path, message: `${path} is no property of a rule; it was left out.` };
}
