import { Failure } from '../../diagnostic/attempt.ts';
import type { JsonObject } from '../../rule/json.ts';
import { type Choice, chosen, type Schema } from '../../schema/build.ts';
import { type Violation, violations } from '../../schema/check.ts';
import { nameOf, newest, reaches, type Stack, steps } from './stack.ts';

/** The rules of a format by the version of the stack, as its schemas have them. */
export type RulesOf = (stack: Stack) => Choice;

/** Fields of a rule that came with a newer stack, and the version of that. */
export function newerFields(
  fields: JsonObject,
  stack: Stack,
  rulesOf: RulesOf,
): readonly { readonly key: string; readonly since: Stack }[] {
  const type = fields['type'];
  return Object.keys(fields).flatMap((key) => {
    if (hasField(rulesOf(stack), type, key) || !hasField(rulesOf(newest), type, key)) return [];
    return [{ key, since: steps.find((step) => hasField(rulesOf(step), type, key)) ?? newest }];
  });
}

/** Whether rules of a type have a field. */
export function hasField(rules: Choice, type: unknown, key: string): boolean {
  return fieldOf(rules, type, key) !== undefined;
}

/** Whether a text may say nothing. */
export function mayBeEmpty(rules: Choice, type: unknown, key: string): boolean {
  return fieldOf(rules, type, key)?.['minLength'] !== 1;
}

function fieldOf(rules: Choice, type: unknown, key: string): Schema | undefined {
  const fields = chosen(rules, type)['properties'] as { readonly [key: string]: Schema } | undefined;
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Fails on a type of rule that came with a newer stack. */
export function checkType({ type }: JsonObject, stack: Stack, rulesOf: RulesOf): void {
  const has = (one: Stack) => typeof type === 'string' && rulesOf(one).maps.has(type);
  if (has(stack) || !has(newest)) return;
  const came = nameOf(steps.find(has) ?? newest);
  throw refused(stack, `has no rules of type ${String(type)}, which came with ${came}`, 'type');
}

/** Fails on what a newer stack would take of a rule, and this one does not. */
export function checkFit(fields: JsonObject, stack: Stack, rulesOf: RulesOf): void {
  const [fault] = newFaults(fields, stack, newest, rulesOf);
  if (fault === undefined) return;
  const key = fault.path.join('.');
  const isGone = (step: Stack) =>
    newFaults(fields, stack, step, rulesOf).some((one) => sameFault(one, fault));
  const since = steps.find((step) => reaches(step, stack) && isGone(step)) ?? newest;
  const why = fault.message.replace(/\.$/, '');
  throw refused(stack, `does not take ${key} as it is, and ${nameOf(since)} does (${why})`, key);
}

/** What is wrong for a stack, and is not for a newer one. */
function newFaults(fields: JsonObject, stack: Stack, newer: Stack, rulesOf: RulesOf): readonly Violation[] {
  const found = violations(fields, chosen(rulesOf(stack), fields['type']));
  if (found.length === 0) return [];
  const stay = violations(fields, chosen(rulesOf(newer), fields['type']));
  return found.filter((fault) => !stay.some((one) => sameFault(one, fault)));
}

function sameFault(a: Violation, b: Violation): boolean {
  return a.what === b.what && a.path.join('.') === b.path.join('.');
}

function refused(stack: Stack, what: string, path: string): Failure {
  const message = `Stack ${nameOf(stack)} ${what}; the rule was not written.`;
  return new Failure({ code: 'loss/stack', message, effect: 'dropped', path });
}
