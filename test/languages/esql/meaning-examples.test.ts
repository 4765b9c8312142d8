import { describe, expect, test } from 'vitest';

import { esql } from '../../../src/languages/esql/index.ts';
import { said } from '../../../src/languages/esql/meaning/said.ts';
import { and, filter, not, or } from '../../../src/query/build.ts';
import type { FieldFacts } from '../../../src/query/facts.ts';
import { normal, sameMeaning } from '../../../src/query/normal.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Aggregate, Equals, Predicate, Query, Stage, Value } from '../../../src/query/query.ts';
import { failsWith, keepsItsWord, meaning, must } from '../../support/laws.ts';

const head = 'from logs-* metadata _id, _version, _index';

/** A condition as it is written, and as it is written again once it was understood. */
const conditions: readonly (readonly [string, string])[] = [
  ['a == "x"', 'a == "x"'],
  ['"x" == a', 'a == "x"'],
  ['5 < a', 'a > 5'],
  ['NOT a == "x"', 'a != "x"'],
  ['a IS NULL OR a != "x"', 'a is null or a != "x"'],
  ['NOT (a LIKE "x*" OR a == "y")', 'not (a like "x*" or a == "y")'],
  ['a IS NULL OR NOT (a LIKE "x*" OR a == "y")', 'a is null or not (a like "x*" or a == "y")'],
  ['a == "x" AND (a IS NULL OR a != "y")', 'a == "x" and a != "y"'],
  ['NOT (a == 1 AND b == 2)', 'a != 1 or b != 2'],
  ['COALESCE(a == "x", false)', 'a == "x"'],
  ['NOT COALESCE(a == "x", false)', 'a is null or a != "x"'],
  ['a IN ("x", "y", null)', 'a in ("x", "y")'],
  ['a NOT IN ("x", null)', 'false'],
  ['a == null', 'false'],
  ['a IN ("x", b)', 'a == "x" or a == b'],
  ['TO_LOWER(a) == "x"', 'to_lower(a) == "x"'],
  ['TO_UPPER(a) IN ("X", "Y")', 'to_lower(a) in ("x", "y")'],
  ['TO_LOWER(a) == "X"', 'false'],
  ['NOT TO_LOWER(a) == "X"', 'a is not null'],
  ['TO_LOWER(a) LIKE ("x*", "Y*")', 'to_lower(a) like "x*"'],
  ['TO_LOWER(a) RLIKE "x[0-9]+"', 'to_lower(a) rlike "x[0-9]+"'],
  ['TO_LOWER(a) == TO_LOWER(b)', 'to_lower(a) == to_lower(b)'],
  ['a LIKE "C:\\\\\\\\x*"', 'a like """C:\\\\x*"""'],
  ['a LIKE "*"', 'a is not null'],
  ['STARTS_WITH(a, "x*")', 'a like "x\\\\**"'],
  ['ENDS_WITH(TO_LOWER(a), ".exe")', 'to_lower(a) like "*.exe"'],
  ['starts_with(a, b)', 'starts_with(a, b)'],
  ['CIDR_MATCH(TO_IP(a), "10.0.0.0/8")', 'cidr_match(a, "10.0.0.0/8")'],
  ['MV_CONTAINS(a, "x")', 'a == "x"'],
  ['a : "word"', 'a : "word"'],
  ['`a*` == "x" AND NOT `b*` IS NULL', '`a*` == "x" and not `b*` is null'],
  ['match(a, "word") AND NOT match_phrase(a, "so said")', 'a : "word" and not match_phrase(a, "so said")'],
  ['match(a, "two words") OR a : "with \\"quotes\\""', 'match(a, "two words") or a : "with \\"quotes\\""'],
  [
    'match(a, "x", {"fuzziness": 1}) OR kql("a: 1", {"boost": 2})',
    'match(a, "x", { "fuzziness": 1 }) or kql("a: 1", { "boost": 2 })',
  ],
  ['a : "some words"', 'a : "some words"'],
  ['not a : "some words"', 'not a : "some words"'],
  ['KQL("a: 1") AND NOT kql("b: 2")', 'kql("a: 1") and not kql("b: 2")'],
  ['NOT QSTR("a:1 OR b") AND c == 1', 'not qstr("a:1 OR b") and c == 1'],
  ['LENGTH(a) > 20', 'length(a) > 20'],
  ['SUBSTRING(a, 1, 2) == "ab"', 'substring(a, 1, 2) == "ab"'],
  ['a + 1 == b * 2', 'a + 1 == b * 2'],
  ['a / b == 2', 'a / b == 2'],
  ['@timestamp > NOW() - 1 hour', '@timestamp > NOW() - 1 hour'],
  ['NOT @timestamp > NOW() - 1 hour', 'not @timestamp > NOW() - 1 hour'],
  ['a == "1.2.3.4"::ip', 'a == "1.2.3.4"'],
  ['flag', 'flag == true'],
  ['NOT flag', 'flag != true'],
  ['starts_with(a, "x") == false', 'not a like "x*"'],
  ['cidr_match(a, "10.0.0.0/8") IS NULL', 'a is null'],
];

describe('conditions', () => {
  test.each(conditions)('%s', (text, again) => {
    expect(must(esql.print(meaning(esql, `from logs-* | where ${text}`)))).toBe(`${head}\n| where ${again}`);
  });

  keepsItsWord(
    esql,
    conditions.map(([text]) => `from logs-* | where ${text}`),
  );
});

describe('commands', () => {
  const commands: readonly (readonly [string, string])[] = [
    [
      'keep a, b.* | sort a desc, b nulls first | limit 5',
      '| keep a, b.*\n| sort a desc, b nulls first\n| limit 5',
    ],
    ['keep a | where a == 1', '| where a == 1\n| keep a'],
    ['limit 5 | where a == 1', '| limit 5\n| where a == 1'],
    ['eval n = to_lower(a) | where n == "x" | keep a', '| where to_lower(a) == "x"\n| keep a'],
    [
      'eval n = to_lower(a) | where n == "x" | keep n',
      '| where to_lower(a) == "x"\n| eval n = to_lower(a)\n| keep n',
    ],
    ['eval a = to_lower(a) | where a == "x" | keep b', '| where to_lower(a) == "x"\n| keep b'],
    ['rename a as b | where b == 1 | keep c', '| where a == 1\n| keep c'],
    ['eval n = length(a) | sort n | where a == 1', '| eval n = length(a)\n| sort n\n| where a == 1'],
    ['eval n = a | sort n | keep b', '| sort a\n| keep b'],
    ['eval n = a, a = b | sort n | keep n', '| eval n = a, a = b\n| sort n\n| keep n'],
    ['eval a = b | where a == 1 | keep a', '| where b == 1\n| eval a = b\n| keep a'],
    ['rename a as b | sort b | keep b', '| rename a as b\n| sort b\n| keep b'],
    [
      'eval n = a | where b == 1 | stats n = count(*) by b | sort n',
      '| where b == 1\n| stats n = count(*) by b\n| sort n',
    ],
    ['drop a | where a == 1', '| drop a\n| where a == 1'],
    ['grok a "%{WORD:b}" | where b == "x"', '| grok a "%{WORD:b}"\n| where b == "x"'],
  ];
  test.each(commands)('%s', (text, again) => {
    const query = meaning(esql, `${head} | ${text}`);
    const start = text.includes('stats') ? 'from logs-*' : head;
    expect(must(esql.print(query)).replace(head, start)).toBe(`${start}\n${again}`);
  });

  test('metadata that no rule asks for stay as they are', () => {
    for (const text of [
      'from a metadata _index, _id, _version\n| limit 1\n| where b == 1',
      'from a metadata _index',
      'from a metadata _id, _ignored\n| where b == 1',
    ]) {
      expect(must(esql.print(meaning(esql, text)))).toBe(text);
    }
  });

  test('a statement that begins with no events is kept whole', () => {
    const { find } = meaning(esql, 'row a = 1 | where a == 1');
    expect(find).toEqual({ kind: 'opaque', language: 'esql', text: 'row a = 1\n| where a == 1' });
    expect(meaning(esql, 'from (from a | where b == 1), c').find.kind).toBe('opaque');
    expect(meaning(esql, 'set x = "y"; from a').find.kind).toBe('opaque');
  });
});

describe('counts', () => {
  const text =
    'from logs-* | where user.name is not null | stats n = count(*), hosts = values(host.name) by user.name | where n >= 5 | keep n';

  test('are groups with what is asked of them', () => {
    const [stage] = meaning(esql, text).stages;
    expect(stage).toEqual({
      kind: 'aggregate',
      measure: 'count',
      by: ['user.name'],
      as: 'n',
      beside: { kind: 'opaque', language: 'esql', text: 'hosts = values(host.name)' },
      keep: { operator: '>=', value: 5 },
    });
  });

  test('keep what is given beside them', () => {
    expect(must(esql.print(meaning(esql, text)))).toBe(
      'from logs-*\n| where user.name is not null\n| stats n = count(*), hosts = values(host.name) by user.name\n| where n >= 5\n| keep n',
    );
  });

  test('stay text where events without the field are a group', () => {
    const { stages } = meaning(esql, 'from logs-* | stats n = count(*) by user.name | where n >= 5');
    expect(stages.map(({ kind }) => kind)).toEqual(['opaque']);
  });

  test('ask for the fields that they group by', () => {
    const stage: Aggregate = {
      kind: 'aggregate',
      measure: 'count-distinct',
      field: 'host.name',
      by: ['user.name', 'a'],
      keep: { operator: '>', value: 3 },
    };
    const query: Query = { ...filter(test1('a', ['x'])), from: ['logs-*'], stages: [stage] };
    expect(must(esql.print(query))).toBe(
      'from logs-*\n| where a == "x" and user.name is not null\n| stats Esql.host_name_count_distinct = count_distinct(host.name) by user.name, a\n| where Esql.host_name_count_distinct > 3',
    );
    expect(sameMeaning(meaning(esql, must(esql.print(query))), said(query))).toBe(true);
  });
});

describe('counts that are written', () => {
  const asked = (more: Partial<Aggregate>): Query => ({
    ...filter(test1('a', ['x'])),
    from: ['logs-*'],
    stages: [{ kind: 'aggregate', measure: 'count', by: ['a'], keep: { operator: '>', value: 3 }, ...more }],
  });
  const bounds = { operator: '>', value: -5, and: { operator: '<', value: 4.5 } } as const;

  test.each<[string, Partial<Aggregate>, string]>([
    ['a percentile', { measure: 'percentile', field: 'b', percentile: 99.5 }, 'percentile(b, 99.5)'],
    ['a percentile that is not said', { measure: 'percentile', field: 'b' }, 'percentile(b, 50)'],
    ['two bounds', { measure: 'sum', field: 'b', keep: bounds }, '_sum > -5 and Esql.b_sum < 4.5'],
    [
      'three bounds',
      { measure: 'min', field: 'b', keep: { operator: '!=', value: 0, and: bounds } },
      'Esql.b_min != 0 and Esql.b_min > -5 and Esql.b_min < 4.5',
    ],
    ['a name that a key has', { as: 'a' }, 'stats a_1 = count(*) by a'],
    ['no keys', { by: [] }, 'stats Esql.event_count = count(*)\n| where Esql.event_count > 3'],
    [
      'a measure of nothing',
      { by: [], measure: 'max', field: 'b', keep: { operator: '<', value: 1 } },
      'max(b)',
    ],
  ])('say %s', (_, more, expected) => {
    const query = asked(more);
    const text = must(esql.print(query));
    expect(text).toContain(expected);
    const [, stage] = [text, ...meaning(esql, text).stages];
    const { as: _name, ...rest } = stage as Aggregate;
    const rank = more.measure === 'percentile' ? { percentile: more.percentile ?? 50 } : {};
    const { as: _other, ...meant } = query.stages[0] as Aggregate;
    expect(rest).toEqual({ ...meant, ...rank });
  });

  test('are none where no event at all would be a find', () => {
    const keep = { operator: '<', value: 3 } as const;
    for (const measure of ['count', 'count-distinct'] as const) {
      const query = asked({ by: [], measure, keep, ...(measure === 'count' ? {} : { field: 'b' }) });
      expect(failsWith(esql.print(query))).toEqual(['loss/aggregation']);
      expect(esql.print(asked({ measure, keep, field: 'b' })).ok).toBe(true);
    }
    const { stages } = meaning(esql, 'from a | stats n = count(*) | where n < 3');
    expect(stages.map(({ kind }) => kind)).toEqual(['aggregate', 'opaque']);
  });

  test('are read where the columns are fields of the events, and no key has their name', () => {
    const kindsOf = (text: string) =>
      meaning(esql, `from x | where a == 1 | ${text}`).stages.map(({ kind }) => kind);
    expect(kindsOf('eval b = a | stats n = percentile(b, 95) by a | where n > 5')).toEqual(['aggregate']);
    expect(kindsOf('eval c = b, b = a | stats n = percentile(c, 95), d = max(b) by a | where n > 5')).toEqual(
      ['opaque', 'opaque'],
    );
    expect(kindsOf('stats a = count(*) by a | where a > 5')).toEqual(['opaque']);
  });
});

test('A function of a field and a text is written as the pattern that it reads back as', () => {
  for (const [name, like] of [
    ['startsWith', 'b*'],
    ['endsWith', '*b'],
    ['stringContains', '*b*'],
  ] as const) {
    const given = [field('a'), { kind: 'literal', value: 'B' }] as const;
    const query = {
      ...filter({ kind: 'call', name, caseSensitive: false, arguments: given }),
      from: ['logs-*'],
    };
    const text = must(esql.print(query));
    expect(text).toBe(`${head}\n| where to_lower(a) like "${like}"`);
    expect(sameMeaning(must(esql.parse(text)), said(query))).toBe(true);
  }
});

test('Classes of an expression stay what they are where case does not count', () => {
  const value = {
    kind: 'call',
    name: 'concat',
    caseSensitive: true,
    arguments: [field('a'), field('b')],
  } as const;
  const asked = (text: string) => {
    const given = [value, { kind: 'literal', value: text }] as const;
    return esql.print(filter({ kind: 'call', name: 'regex', caseSensitive: false, arguments: given }));
  };
  expect(must(asked('X\\D+'))).toContain('to_lower(concat(a, b)) rlike "x\\\\D+"');
  expect(failsWith(asked('[A-z]+'))).toEqual(['loss/regex-flavour']);
});

test('What has no order is not written as if it had', () => {
  for (const value of [true, null]) {
    const right = { kind: 'literal', value } as const;
    const query = filter({ kind: 'compare', left: field('a'), operator: '<', right });
    expect(failsWith(esql.print(query))).toEqual(['loss/comparison']);
  }
});

function test1(field: string, value: Value, caseSensitive = true): Equals {
  return { kind: 'equals', field, values: [value], quantifier: 'any', caseSensitive };
}

describe('what is not ES|QL', () => {
  const stage = (only: Stage): Query => ({ ...filter(test1('a', ['x'])), stages: [only] });
  const step = { where: test1('a', ['x']), by: [], runs: 1, missing: false };
  const losses: readonly (readonly [string, Query])[] = [
    [
      'loss/free-text',
      filter({ kind: 'free-text', values: [['x']], quantifier: 'any', caseSensitive: false }),
    ],
    ['loss/nested', filter({ kind: 'nested', path: 'a', where: test1('a.b', ['x']) })],
    ['loss/placeholder', filter(test1('a', [{ placeholder: 'x' }]))],
    ['loss/field-name', filter(test1('a.*', ['x']))],
    ['loss/language', filter({ kind: 'opaque', language: 'eql', text: 'any where true' })],
    [
      'loss/regex-flavour',
      filter({
        kind: 'regex',
        field: 'a',
        patterns: ['(?=x)'],
        quantifier: 'any',
        flavour: 'pcre',
        caseSensitive: true,
      }),
    ],
    [
      'loss/regex-flavour',
      filter({
        kind: 'regex',
        field: 'a',
        patterns: ['[A-z]'],
        quantifier: 'any',
        flavour: 'lucene',
        caseSensitive: false,
      }),
    ],
    [
      'loss/function',
      filter({ kind: 'call', name: 'between', caseSensitive: true, arguments: [field('a'), field('b')] }),
    ],
    ['loss/sequence', { from: ['a'], find: { kind: 'sequence', by: [], steps: [step, step] }, stages: [] }],
    ['loss/sample', { from: ['a'], find: { kind: 'sample', by: [], steps: [step, step] }, stages: [] }],
    ['loss/aggregation', stage({ kind: 'aggregate', measure: 'count', by: [], within: 60_000 })],
    ['loss/pipe', stage({ kind: 'limit', end: 'last', count: 5 })],
  ];
  test.each(losses)('%s', (code, query) => {
    expect(failsWith(esql.print(query))).toEqual([code]);
  });

  test('is told all at once', () => {
    const where = and([test1('a.*', ['x']), not({ kind: 'nested', path: 'a', where: test1('a.b', ['x']) })]);
    expect(failsWith(esql.print(filter(where)))).toEqual(['loss/field-name', 'loss/nested']);
  });
});

function field(name: string) {
  return { kind: 'field', field: name } as const;
}

describe('facts of fields', () => {
  const facts: Readonly<Record<string, FieldFacts>> = {
    lowered: { lowered: 'lowered.caseless' },
    caseless: { caseless: true },
    words: { type: 'text' },
    several: { many: true },
    port: { type: 'number' },
    code: { type: 'keyword' },
    address: { type: 'ip' },
    flag: { type: 'boolean' },
  };
  const options = { factsOf: (name: string) => (Object.hasOwn(facts, name) ? facts[name]! : {}) };
  const written = (where: Predicate) => {
    const query = { ...filter(where), from: ['logs-*'] };
    const text = must(esql.print(query, options));
    expect(normal(must(esql.parse(text)))).toEqual(normal(said(query, options)));
    return text.slice(`${head}\n| where `.length);
  };

  test('say how case is left out of account', () => {
    expect(written(test1('plain', ['Ab', many], false))).toBe('to_lower(plain) like "ab*"');
    expect(written(test1('lowered', ['Ab', many], false))).toBe('lowered.caseless like "ab*"');
    expect(written(test1('lowered', ['Ab']))).toBe('lowered == "Ab"');
    expect(written(test1('caseless', ['Ab', one]))).toBe('caseless like "ab?"');
    expect(written(test1('plain', ['12'], false))).toBe('plain == "12"');
  });

  test('of words are compared by their whole values, as all texts are', () => {
    expect(written(or([test1('words', ['Ab']), not(test1('words', ['some words'], false))]))).toBe(
      'words == "Ab" or words is null or to_lower(words) != "some words"',
    );
  });

  test('say of what type a value is', () => {
    expect(written(test1('port', ['443'], false))).toBe('port == 443');
    expect(written(test1('code', 4624, false))).toBe('code == "4624"');
    expect(written({ ...test1('address', ['10.0.0.0/8'], false), values: [['10.0.0.0/8'], ['::A']] })).toBe(
      'cidr_match(address, "10.0.0.0/8") or address == "::A"',
    );
    expect(written(test1('flag', ['true'], false))).toBe('flag == true');
    expect(failsWith(esql.print(filter(test1('port', ['44', many])), options))).toEqual(['loss/wildcard']);
    expect(failsWith(esql.print(filter(test1('port', ['https'])), options))).toEqual(['loss/value-type']);
  });

  test('say what a field can not be asked', () => {
    const regex = {
      kind: 'regex',
      patterns: ['a'],
      quantifier: 'any',
      flavour: 'lucene',
      caseSensitive: true,
    } as const;
    for (const where of [
      { kind: 'range', field: 'code', operator: '>', value: 5 },
      { kind: 'range', field: 'port', operator: '>', value: 'x' },
      { ...regex, field: 'address' },
      test1('port', true),
    ] satisfies Predicate[]) {
      expect(failsWith(esql.print(filter(where), options))).toEqual(['loss/value-type']);
    }
    expect(written({ kind: 'range', field: 'port', operator: '>', value: '5' })).toBe('port > 5');
    expect(written({ kind: 'cidr', field: 'code', networks: ['10.0.0.0/8'] })).toBe(
      'cidr_match(to_ip(code), "10.0.0.0/8")',
    );
    expect(written(not({ kind: 'cidr', field: 'code', networks: ['10.0.0.0/8'] }))).toBe(
      'not coalesce(cidr_match(to_ip(code), "10.0.0.0/8"), false)',
    );
  });

  test('say where several values are not found', () => {
    const outcome = esql.print({ ...filter(not(test1('several', ['x']))), from: ['a'] }, options);
    expect(outcome.diagnostics).toMatchObject([{ code: 'loss/many-values', effect: 'narrower' }]);
  });
});

test('what it takes for granted is told', () => {
  expect(esql.print(filter(test1('a', ['x']))).diagnostics.map(({ code }) => code)).toEqual([
    'style/default',
  ]);
  expect(esql.parse('from a | where b == 1').diagnostics.map(({ code }) => code)).toEqual([
    'parse/one-value',
  ]);
  expect(esql.parse('from a | where b is null').diagnostics).toEqual([]);
});

test('Case that the index does not keep is told of, either way', () => {
  const options = { factsOf: () => ({ caseless: true }) };
  const found = (where: Predicate) => {
    const outcome = esql.print({ ...filter(where), from: ['a'] }, options);
    return outcome.diagnostics.map(({ code, effect }) => `${code} ${effect}`);
  };
  const regex = {
    kind: 'regex',
    field: 'a',
    patterns: ['A.*'],
    quantifier: 'any',
    flavour: 'lucene',
  } as const;
  expect(found(test1('a', ['Ab']))).toEqual(['loss/case-folded broader']);
  expect(found(not(test1('a', ['Ab', many])))).toEqual(['loss/case-folded narrower']);
  expect(found({ ...regex, caseSensitive: true })).toEqual(['loss/case-folded broader']);
  for (const where of [test1('a', ['Ab'], false), test1('a', ['12']), { ...regex, caseSensitive: false }]) {
    expect(found(where)).toEqual([]);
  }
  expect(must(esql.print(filter({ ...regex, caseSensitive: true }), options))).toContain(
    'where a rlike "a.*"',
  );
});

test('A star in the name of a column is none that stands for several fields', () => {
  for (const text of ['`a*` == "x"', '`a*` is null', '`a*`', 'mv_contains(`a*`, "x")', '`a*` : "x"']) {
    expect(meaning(esql, `from x | where ${text}`).find).toMatchObject({
      where: { kind: 'opaque', language: 'esql' },
    });
  }
});
