import { describe, expect, test } from 'vitest';

import { attempt } from '../../src/diagnostic/attempt.ts';
import { eql } from '../../src/languages/eql/index.ts';
import { evaluationOf } from '../../src/match/operand.ts';
import { occurrenceOf } from '../../src/match/predicate.ts';
import { cases, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

interface FunctionCase {
  readonly id: string;
  readonly expression: string;
  readonly expected: unknown;
  readonly must_be_rejected: boolean;
  readonly obsolete: boolean;
}

const current = cases<FunctionCase>('eql-function-cases.jsonl').filter(({ obsolete }) => !obsolete);
const judged = current.filter(({ must_be_rejected }) => !must_be_rejected);

/** The value of an expression: what it is compared with does not matter. */
function resultOf(expression: string): unknown {
  const { find } = must(eql.parse(`any where (${expression}) == field`));
  if (find.kind !== 'filter' || find.where.kind !== 'compare') throw new Error(expression);
  const operand = find.where.left.kind === 'field' ? find.where.right : find.where.left;
  return evaluationOf(operand, new Map())(occurrenceOf({}))[0];
}

describe.skipIf(without)('EQL functions give what Elasticsearch gives (set CORPUS to run)', () => {
  test.each(judged.map((one) => [one.expression, one] as const))('%s', (_, { expression, expected }) => {
    const outcome = attempt(() => resultOf(expression));
    expect(outcome).toMatchObject({ ok: true, value: expected });
  });

  test('and nothing, or false, for values of a type that they do not take, which it refuses', () => {
    const refused = current.filter(({ must_be_rejected }) => must_be_rejected);
    const given = refused.map(({ expression }) =>
      eql.parse(`any where (${expression}) == field`).ok ? resultOf(expression) : 'refused',
    );
    expect(given).toEqual(['refused', null, 'refused', null, false]);
  });
});
