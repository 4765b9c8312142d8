import fc from 'fast-check';

import type {
  Aggregate,
  Column,
  Command,
  Constant,
  DynamicName,
  Expression,
  Field,
  Name,
  NamePattern,
  NumberLiteral,
  Options,
  Parameter,
  ProcessingCommand,
  SourceCommand,
  Statement,
  StringLiteral,
  Subquery,
  Timespan,
} from '../../../src/languages/esql/syntax.ts';

/** Random trees of ES|QL, of every kind, as the parser would build them: joins are flat, names not empty. */

const nasty = fc.string({
  unit: fc.constantFrom(
    'a',
    'B',
    '1',
    '*',
    '?',
    '"',
    '\\',
    ' ',
    '\n',
    '\t',
    '\r',
    'é',
    '.',
    '`',
    '|',
    '/',
    '%',
  ),
  maxLength: 6,
});
const wordLike = fc.constantFrom(
  'a',
  'process.name',
  '@timestamp',
  'event.by',
  'source.as.number',
  'x.0.y',
  'where',
);
const name = fc.oneof(
  wordLike,
  nasty.filter((text) => text !== ''),
);
const identifier = fc.oneof(fc.constantFrom('to_lower', 'COUNT', 'first', 'not', 'integer'), name);
const truth = fc.boolean();
const maybe = <K extends string, T>(key: K, value: fc.Arbitrary<T>): fc.Arbitrary<{ [key in K]?: T }> =>
  fc
    .option(value, { nil: undefined })
    .map((one) => (one === undefined ? {} : { [key]: one })) as fc.Arbitrary<{
    [key in K]?: T;
  }>;
const some = <T>(value: fc.Arbitrary<T>, minLength = 1): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength, maxLength: 3 });

const string = nasty.map((value): StringLiteral => ({ kind: 'string', value }));
const integer = fc
  .constantFrom('0', '1', '-1', '42', '9223372036854775808')
  .map((text): NumberLiteral => ({ kind: 'integer', text }));
const decimal = fc
  .constantFrom('1.5', '-0.50', '.5', '5.', '1e3', '-1.5E-3')
  .map((text): NumberLiteral => ({ kind: 'decimal', text }));
const parameter = fc.constantFrom('?', '?name', '?1').map((text): Parameter => ({ kind: 'parameter', text }));
const doubled = fc
  .constantFrom('??', '??name', '??2')
  .map((text): Parameter => ({ kind: 'parameter', text }));
const timespan = fc
  .record({ count: fc.constantFrom('1', '-15', '0'), unit: fc.constantFrom('day', 'minutes', 'MS') })
  .map((span): Timespan => ({ kind: 'timespan', ...span }));
const boolean = truth.map((value) => ({ kind: 'boolean' as const, value }));
const list = fc
  .oneof(some(string), some(fc.oneof(integer, decimal)), some(boolean))
  .map((values): Constant => ({ kind: 'list', values }));
const constant: fc.Arbitrary<Constant> = fc.oneof(
  string,
  integer,
  decimal,
  boolean,
  fc.constant({ kind: 'null' as const }),
  timespan,
  list,
  parameter,
);
const { options } = fc.letrec<{ options: Options }>((tie) => ({
  options: fc
    .array(fc.record({ key: nasty, value: fc.oneof({ depthSize: 'small' }, constant, tie('options')) }), {
      maxLength: 2,
    })
    .map((entries): Options => ({ kind: 'options', entries })),
}));

const column = name.map((text): Column => ({ kind: 'column', name: text }));
/** Names with a parameter in front, in the middle, behind. */
const dynamicParts: fc.Arbitrary<DynamicName['parts']> = fc.oneof(
  fc.tuple(doubled),
  fc.tuple(name, parameter),
  fc.tuple(parameter, name),
  fc.tuple(name, doubled, parameter, name),
);
const dynamic = dynamicParts.map((parts): DynamicName => ({ kind: 'dynamic-name', parts }));
const lone = parameter.map((one): DynamicName => ({ kind: 'dynamic-name', parts: [one] }));
const anyName: fc.Arbitrary<Name> = fc.oneof({ weight: 4, arbitrary: column }, dynamic, lone);
const pattern: fc.Arbitrary<NamePattern> = fc.oneof(
  anyName,
  fc
    .array(fc.oneof(fc.constantFrom('', 'a', 'process.', '.b', '1'), nasty), { minLength: 2, maxLength: 3 })
    .map((texts): NamePattern => ({ kind: 'wild-name', texts })),
);

/** What `like` can not escape is not written. */
const wildcards = nasty.map(
  (text): StringLiteral => ({ kind: 'string', value: text.replaceAll('\\', '\\\\') }),
);

const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const sign = fc.constantFrom('+', '-', '*', '/', '%');

interface Forms {
  readonly expression: Expression;
  readonly leaf: Expression;
  readonly part: Expression;
  readonly subquery: Subquery;
  readonly branch: Subquery;
  readonly source: SourceCommand;
  readonly processing: ProcessingCommand;
}

const kept = fc.constantFrom<Command>(
  { kind: 'other', word: 'dedup', text: 'a, "b | c"' },
  { kind: 'other', word: 'uri_parts', text: 'parts = (a | b)' },
  { kind: 'other', word: 'metrics_info', text: '' },
);

const build: fc.LetrecTypedBuilder<Forms> = (tie) => {
  const expression = tie('expression');
  const negated = truth;
  const joined = (kind: 'and' | 'or') =>
    fc.array(expression, { minLength: 2, maxLength: 3 }).map((all): Expression => {
      const of = all.flatMap((part) => (part.kind === kind ? part.of : [part]));
      return { kind, of };
    });
  const called = { arguments: fc.array(expression, { maxLength: 4 }) };
  const calledWith = fc.oneof(
    fc.record(called),
    fc.record({ arguments: some(expression), options }),
    fc.constant({ arguments: [{ kind: 'star' as const }] }),
  );
  const named = <T>(value: fc.Arbitrary<T>) =>
    fc.tuple(maybe('name', anyName), value).map(([one, of]) => ({ ...one, value: of }));
  const field = named(expression) as fc.Arbitrary<Field>;
  const aggregate = fc
    .tuple(field, maybe('where', expression))
    .map(([one, where]): Aggregate => ({ ...one, ...where }));
  const index = fc
    .oneof(
      fc.constantFrom('logs-*', 'cluster:logs', 'logs::failures', '-a', 'metadata', '<a-{now/d}>'),
      nasty,
    )
    .filter((text) => text.trim() !== '')
    .map((text) => ({ kind: 'source' as const, pattern: text }));

  return {
    leaf: fc.oneof(constant, column, dynamic),
    part: fc.oneof({ depthSize: 'small' }, tie('leaf'), expression),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      joined('and'),
      joined('or'),
      expression.map((of): Expression => ({ kind: 'not', of })),
      fc
        .record({ left: expression, operator: comparison, right: expression })
        .map((sides): Expression => ({ kind: 'compare', ...sides })),
      fc
        .record({ left: expression, operator: sign, right: expression })
        .map((sides): Expression => ({ kind: 'arithmetic', ...sides })),
      fc
        .record({ sign: fc.constantFrom('+', '-'), of: expression.filter((of) => !isNumber(of)) })
        .map((one): Expression => ({ kind: 'sign', ...one })),
      fc
        .record({ value: expression, of: some(expression), negated })
        .map((one): Expression => ({ kind: 'in', ...one })),
      fc
        .record({ value: expression, query: tie('subquery'), negated })
        .map((one): Expression => ({ kind: 'in-subquery', ...one })),
      fc.record({ value: expression, negated }).map((one): Expression => ({ kind: 'is-null', ...one })),
      fc
        .record({ value: expression, patterns: some(fc.oneof(wildcards, tie('leaf'), expression)), negated })
        .map((one): Expression => ({ kind: 'rlike', ...one })),
      fc
        .record({ value: expression, patterns: some(fc.oneof(wildcards, column)), negated })
        .map((one): Expression => ({ kind: 'like', ...one })),
      fc
        .tuple(fc.record({ field: anyName, query: constant }), maybe('type', identifier))
        .map(([one, type]): Expression => ({ kind: 'match', ...one, ...type })),
      fc.record({ value: expression, type: identifier }).map((one): Expression => ({ kind: 'cast', ...one })),
      fc
        .tuple(identifier, calledWith)
        .map(([of, inner]): Expression => ({ kind: 'call', name: of, ...inner })),
      fc
        .tuple(fc.oneof(parameter, doubled), calledWith)
        .map(([of, inner]): Expression => ({ kind: 'dynamic-call', name: of, ...inner })),
    ),
    source: fc.oneof(
      { depthSize: 'small' },
      fc
        .record({
          series: truth,
          sources: some(fc.oneof({ weight: 5, arbitrary: index }, tie('subquery'))),
          metadata: fc.array(fc.constantFrom('_id', '_index', '_version'), { maxLength: 2 }),
        })
        .map((one): SourceCommand => ({ kind: 'from', ...one })),
      some(field).map((fields): SourceCommand => ({ kind: 'row', fields })),
      fc.constant<SourceCommand>({ kind: 'show', what: 'info' }),
    ),
    processing: fc.oneof(
      { depthSize: 'small' },
      expression.map((condition): ProcessingCommand => ({ kind: 'where', condition })),
      some(field).map((fields): ProcessingCommand => ({ kind: 'eval', fields })),
      fc
        .tuple(
          truth,
          fc.oneof(
            fc.record({ aggregates: some(aggregate), by: some(field, 0) }),
            fc.record({ aggregates: fc.constant([]), by: some(field) }),
          ),
        )
        .map(([inline, lists]): ProcessingCommand => ({ kind: 'stats', inline, ...lists })),
      some(pattern).map((patterns): ProcessingCommand => ({ kind: 'keep', patterns })),
      some(anyName).map((patterns): ProcessingCommand => ({ kind: 'drop', patterns })),
      some(fc.record({ from: anyName, to: anyName })).map(
        (pairs): ProcessingCommand => ({ kind: 'rename', pairs }),
      ),
      some(
        fc
          .tuple(
            expression,
            maybe('order', fc.constantFrom('asc', 'desc')),
            maybe('nulls', fc.constantFrom('first', 'last')),
          )
          .map(([value, order, nulls]) => ({ value, ...order, ...nulls })),
      ).map((keys): ProcessingCommand => ({ kind: 'sort', keys })),
      fc
        .record({
          count: fc.constantFrom<Constant>({ kind: 'integer', text: '10' }),
          by: some(expression, 0),
        })
        .map((one): ProcessingCommand => ({ kind: 'limit', ...one })),
      fc
        .record({ input: expression, patterns: some(fc.oneof(string, parameter)) })
        .map((one): ProcessingCommand => ({ kind: 'grok', ...one })),
      fc
        .record({
          input: expression,
          pattern: string.map(({ value }): StringLiteral => ({ kind: 'string', value: `${value}%{a}` })),
          options: some(
            string.map((value) => ({ name: 'append_separator', value })),
            0,
          ),
        })
        .map((one): ProcessingCommand => ({ kind: 'dissect', ...one })),
      anyName.map((one): ProcessingCommand => ({ kind: 'mv-expand', name: one })),
      fc
        .tuple(
          fc.record({
            policy: fc.constantFrom('policy', '_any:policy', 'on', 'my policy'),
            with: some(
              fc.tuple(maybe('name', anyName), anyName).map(([n, of]) => ({ ...n, field: of })),
              0,
            ),
          }),
          maybe('on', anyName),
        )
        .map(([one, on]): ProcessingCommand => ({ kind: 'enrich', ...one, ...on })),
      fc
        .tuple(fc.record({ source: index, on: some(expression) }), maybe('alias', fc.constantFrom('x')))
        .map(([one, alias]): ProcessingCommand => ({ kind: 'lookup-join', ...one, ...alias })),
      some(tie('branch')).map((branches): ProcessingCommand => ({ kind: 'fork', branches })),
      fc
        .tuple(maybe('name', anyName), expression, maybe('options', options))
        .map(([one, prompt, given]): ProcessingCommand => ({ kind: 'completion', ...one, prompt, ...given })),
      fc
        .tuple(maybe('name', anyName), constant, some(field), maybe('options', options))
        .map(
          ([one, query, on, given]): ProcessingCommand => ({ kind: 'rerank', ...one, query, on, ...given }),
        ),
      fc.constant<ProcessingCommand>({ kind: 'sample', probability: { kind: 'decimal', text: '.25' } }),
      fc
        .tuple(anyName, maybe('on', anyName), maybe('as', fc.tuple(anyName, anyName)), some(expression, 0))
        .map(([value, on, as, by]): ProcessingCommand => ({ kind: 'change-point', value, ...on, ...as, by })),
      fc
        .tuple(
          maybe('method', fc.constantFrom('rrf', 'linear')),
          maybe('score', anyName),
          maybe('group', anyName),
          some(field, 0),
          maybe('options', options),
        )
        .map(
          ([method, score, group, key, given]): ProcessingCommand => ({
            kind: 'fuse',
            ...method,
            ...score,
            ...group,
            key,
            ...given,
          }),
        ),
    ),
    subquery: fc
      .tuple(
        tie('source').filter(({ kind }) => kind === 'from'),
        fc.array(tie('processing'), { maxLength: 1 }),
      )
      .map(([first, rest]): Subquery => ({ kind: 'subquery', commands: [first, ...rest] })),
    branch: some(tie('processing')).map((commands): Subquery => ({ kind: 'subquery', commands })),
  };
};

const forms = fc.letrec<Forms>(build);

function isNumber({ kind }: Expression): boolean {
  return kind === 'integer' || kind === 'decimal' || kind === 'timespan';
}

export const anyExpression = forms.expression;

const settings = fc.array(
  fc.record({
    name: identifier,
    value: fc.oneof<[fc.Arbitrary<Constant>, fc.Arbitrary<Options>]>(constant, options),
  }),
  { maxLength: 1 },
);

export const anyStatement: fc.Arbitrary<Statement> = fc
  .record({
    settings,
    source: forms.source,
    rest: fc.array(fc.oneof({ weight: 5, arbitrary: forms.processing }, kept), { maxLength: 4 }),
  })
  .map(({ settings: set, source, rest }) => ({ settings: set, commands: [source, ...rest] }));
