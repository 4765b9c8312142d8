import { describe, expect, test } from 'vitest';

import { eql } from '../../../src/languages/eql/index.ts';
import { kql } from '../../../src/languages/kql/index.ts';
import type { PrintOptions } from '../../../src/languages/language.ts';
import { match } from '../../../src/match/match.ts';
import type { FieldType } from '../../../src/query/facts.ts';
import type { Query } from '../../../src/query/query.ts';
import { cases, without } from '../../support/corpus.ts';
import { must } from '../../support/laws.ts';
import { witnesses } from '../../support/witnesses.ts';

interface Translation {
  readonly id: string;
  readonly kind: string;
  readonly expression: string;
  readonly expected_eql?: string;
  readonly expected_kql?: string;
  readonly options?: { readonly schema?: Readonly<Record<string, string>> };
}

const rows = cases<Translation>('kql-cases.jsonl');
const of = (kind: string) => rows.filter((row) => row.kind === kind);

/** That library takes single quotes, and `=` for `==`. */
const inEql = (text: string): Query =>
  must(eql.parse(`any where ${text.replaceAll("'", '"').replace(/ = /g, ' == ')}`));

/** Elasticsearch's names for the types of fields, by ours. */
const types: Readonly<Record<string, FieldType>> = {
  keyword: 'keyword',
  text: 'text',
  boolean: 'boolean',
  long: 'number',
  ip: 'ip',
};

function optionsOf({ options }: Translation): PrintOptions {
  const schema = options?.schema ?? {};
  const typeOf = (field: string) => (Object.hasOwn(schema, field) ? types[schema[field]!] : undefined);
  return {
    factsOf: (field) => {
      const type = typeOf(field);
      return type ? { type } : {};
    },
  };
}

/** The positions of the events that are found, of all that the values of both queries can make up. */
function found(query: Query, other: Query): readonly unknown[] {
  const known = new Map([['dest', 'ip'] as const]);
  return [query, other].map((one) => match(one, witnesses(query, other), { types: known }));
}

describe.skipIf(without)('what detection-rules translates means the same here (needs CORPUS)', () => {
  test('is all there', () => {
    expect(['kql-to-eql', 'eql-to-kql', 'convert-error'].map((kind) => of(kind).length)).toEqual([
      15, 14, 11,
    ]);
  });

  test.each(of('kql-to-eql'))('$id $expression', (row) => {
    const printed = must(eql.parse(must(eql.print(must(kql.parse(row.expression)), optionsOf(row)))));
    const [ours, theirs] = found(printed, inEql(row.expected_eql!));
    expect(ours).toEqual(theirs);
    expect(ours).not.toEqual([]);
  });

  test.each(of('eql-to-kql'))('$id $expression', (row) => {
    const printed = must(kql.parse(must(kql.print(inEql(row.expression)))));
    const [ours, theirs] = found(printed, must(kql.parse(row.expected_kql!)));
    expect(ours).toEqual(theirs);
    expect(ours).not.toEqual([]);
  });

  /** No index has a type for a list of objects here; a test of one by itself finds nothing. */
  const others: ReadonlySet<string> = new Set(['dr-kql2eql-045']);

  test.each(of('convert-error').filter(({ id }) => !others.has(id)))('$id $expression is refused', (row) => {
    expect(eql.print(must(kql.parse(row.expression)), optionsOf(row)).ok).toBe(false);
  });
});
