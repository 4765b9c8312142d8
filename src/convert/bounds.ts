import { Failure } from '../diagnostic/attempt.ts';
import { allOf } from '../query/bound.ts';
import type { Bound } from '../query/query.ts';
import { isObject, type Json, type JsonObject } from '../rule/json.ts';

/** Sigma's words for comparisons, in the order of the specification. */
const operators = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '==', neq: '!=' } as const;

const names = Object.keys(operators) as readonly (keyof typeof operators)[];

/** What a condition asks of a number. Fails where it asks nothing, or what is no number. */
export function boundOf(condition: Json | undefined): Bound {
  const said = isObject(condition) ? condition : {};
  const bounds = names.filter((name) => Object.hasOwn(said, name));
  const [last, ...others] = bounds.reverse();
  if (last === undefined) throw unbound('has no comparison');
  const alone = (name: keyof typeof operators): Bound => {
    const value = said[name];
    if (typeof value !== 'number')
      throw unbound(`compares with ${JSON.stringify(value)}, which is no number`);
    return { operator: operators[name], value };
  };
  return others.reduce((and, name): Bound => ({ ...alone(name), and }), alone(last));
}

/** The way back. Undefined where two comparisons have one name. */
export function conditionOf(bound: Bound): JsonObject | undefined {
  const said: Record<string, number> = {};
  for (const { operator, value } of allOf(bound)) {
    const name = names.find((one) => operators[one] === operator)!;
    if (Object.hasOwn(said, name)) return undefined;
    said[name] = value;
  }
  return said;
}

function unbound(what: string): Failure {
  const message = `The condition of the correlation ${what}; the rule was not written.`;
  return new Failure({ code: 'loss/aggregation', message, path: 'correlation.condition' });
}
