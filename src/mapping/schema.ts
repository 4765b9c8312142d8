import {
  anyKey,
  anyText,
  choice,
  closed,
  type Fields,
  listOf,
  type Schema,
  some,
  text,
  textOrTexts,
  word as wordOf,
} from '../schema/build.ts';

const word = { type: ['string', 'number', 'boolean'] };
const words = listOf(word, some);
const effects = ['broader', 'narrower', 'approximate', 'carried', 'dropped'];
const effect = wordOf(...effects);
const direction = wordOf('both', 'to-ecs', 'to-sigma');
const yes = { type: 'boolean', const: true };
/** A word, or a list of words, which may be empty: no such key. */
const keyWords = { ...textOrTexts, minItems: 0 };
const values = { type: 'object', minProperties: 1, additionalProperties: listOf(word) };

const kind = (name: string, required: Fields = {}, optional: Fields = {}) =>
  closed({ kind: { type: 'string', const: name }, ...required }, optional, `the change ${name}`);

const change = choice('kind', [
  kind('file-name', { separator: wordOf('\\', '/', 'either') }),
  kind('extension'),
  kind('directory', { separator: wordOf('\\', '/') }),
  kind('arguments'),
  kind('account', { domain: text }),
  kind('hash', { algorithm: wordOf('MD5', 'SHA1', 'SHA256', 'IMPHASH') }),
  kind('words', { words: { type: 'object', additionalProperties: word } }, { closed: yes, alike: yes }),
  kind('number'),
  kind('prefix', { sigma: anyText, ecs: anyText }),
  kind('mailbox', { part: wordOf('name', 'domain') }),
  kind('presence', {}, { present: text, absent: text }),
  kind('otherwise', { word: text, but: words }),
  kind('entries'),
  kind('empty', {}, { keeps: listOf(wordOf('', '-'), some) }),
  kind('hexadecimal'),
  kind('registry-path'),
  kind('registry-key'),
  kind('registry-hive'),
  kind('registry-number'),
]);

const implied = closed(
  { field: text, is: words },
  {
    also: listOf(closed({}, { field: text, is: words, isNot: words, effect })),
    missing: wordOf('equivalent', ...effects),
  },
);

const logSource = closed(
  {
    sigma: { ...closed({}, { category: text, product: text, service: text }), minProperties: 1 },
    source: text,
  },
  {
    category: text,
    where: listOf(implied),
    absorb: listOf(closed({ field: text, within: words, because: text }, { effect })),
    unless: values,
    indices: listOf(text, some),
    saidByIndex: yes,
    direction,
    assume: text,
  },
  'a row of logSources',
);

const scope = closed(
  {},
  {
    category: keyWords,
    product: keyWords,
    service: keyWords,
    except: listOf(text, some),
    beside: values,
  },
  'a scope',
);

const field = closed(
  { sigma: text, ecs: text, source: text },
  {
    scope,
    change,
    direction,
    effect: closed({}, { toEcs: effect, toSigma: effect }),
    copy: yes,
    key: yes,
    assume: text,
  },
  'a row of fields',
);

/** Names of one side, and not of both. */
const unnamed = {
  ...closed(
    { because: text, source: text },
    { sigma: listOf(text, some), ecs: listOf(text, some), scope },
    'a row of unnamed',
  ),
  ...anyKey('sigma', 'ecs'),
  dependencies: { sigma: { properties: { ecs: false } } },
};

const tag = closed({ tags: listOf(text, some), source: text }, { scope }, 'a row of tags');

/** What each list of a table holds. */
export const rowSchemas = { logSources: logSource, fields: field, unnamed, tags: tag } as const satisfies {
  readonly [list: string]: Schema;
};

export type RowKind = keyof typeof rowSchemas;
export const rowKinds = Object.keys(rowSchemas) as readonly RowKind[];

const frame = (rowsOf: (kind: RowKind) => Schema) =>
  closed(
    { title: text, version: { const: 1 } },
    Object.fromEntries(rowKinds.map((name) => [name, rowsOf(name)])),
    'a mapping table',
  );

/** JSON Schema of a mapping table, the same as the type `Table` says it. */
export const tableSchema: Schema = frame((kind) => listOf(rowSchemas[kind]));

/** A table whose rows nobody has looked at. */
export const frameSchema: Schema = frame(() => ({ type: 'array' }));
