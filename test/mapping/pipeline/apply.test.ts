import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { fieldsOf } from '../../../src/query/walk.ts';
import { aRule, type Detection, pipe, pipelineOf, shapeOf, sourceOf, whereOf } from '../../support/piped.ts';

interface Case {
  readonly is: string;
  readonly vars?: object;
  readonly source?: string;
  readonly fields?: readonly string[];
  readonly do: string | readonly object[];
  readonly from: Detection;
  readonly to?: Detection;
  readonly refused?: string;
  readonly losses?: readonly string[];
  readonly becomes?: string;
  readonly worth?: readonly string[];
  readonly indices?: readonly string[];
}

interface Asked {
  readonly is: string;
  readonly source?: string;
  readonly from?: Detection;
  readonly before?: readonly object[];
  readonly when: object;
  readonly for: readonly string[];
}

function read<T>(name: string): readonly (readonly [string, readonly T[]])[] {
  return Object.entries(parse(readFileSync(join(import.meta.dirname, name), 'utf8')));
}

describe.each(read<Case>('transformations.yaml'))('%s', (_, cases) => {
  test.each(cases.map((one) => [one.is, one] as const))('%s', (_, one) => {
    const pipeline = pipelineOf(one.do, { vars: one.vars ?? {} });
    const rule = one.fields ? { ...aRule, fields: one.fields } : aRule;
    const piping = () => pipe([pipeline], one.from, { source: one.source, rule });
    if (one.refused !== undefined) {
      expect(piping).toThrow(one.refused);
      return;
    }
    const { piped, found } = piping();
    expect(shapeOf(piped.where)).toEqual(shapeOf(whereOf(one.to!)));
    expect(found.map(({ effect }) => effect)).toEqual(one.losses ?? []);
    expect(piped.logSource).toEqual(sourceOf(one.becomes ?? one.source));
    expect(piped.fields).toEqual(one.worth ?? one.fields ?? []);
    expect(piped.indices).toEqual(one.indices);
  });
});

describe.each(read<Asked>('conditions.yaml'))('conditions %s', (_, cases) => {
  test.each(cases.map((one) => [one.is, one] as const))('%s', (_, one) => {
    const { before = [], from = { a: 1, b: 2 }, when, source } = one;
    const transformations = [...before, { type: 'field_name_prefix', prefix: 'x.', ...when }];
    const { piped } = pipe([pipelineOf(transformations)], from, { source });
    const given = fieldsOf(piped.where!).filter((field) => field.startsWith('x.'));
    expect(given).toEqual(one.for.map((field) => `x.${field}`));
  });
});
