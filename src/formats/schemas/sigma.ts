import {
  anyKey,
  anyText,
  choice,
  closed,
  type Fields,
  listOf,
  open,
  type Schema,
  some,
  spelled,
  text,
  textOrTexts,
  truth,
  whole,
  word,
} from '../../schema/build.ts';

const title = { type: 'string', minLength: 1, maxLength: 256 };
const uuid = spelled('^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', 'a UUID');
const day = spelled('^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$', 'a day such as 2024-01-31');
const once = { uniqueItems: true };
const shortText = { type: 'string', minLength: 2 };

const status = word('stable', 'test', 'experimental', 'deprecated', 'unsupported');
const level = word('informational', 'low', 'medium', 'high', 'critical');
const tag = spelled('^[a-z0-9_-]+\\.[a-z0-9._-]+$', 'a tag such as attack.t1059');
const related = listOf(open({ id: uuid, type: word('derived', 'obsolete', 'merged', 'renamed', 'similar') }));

/** What all three documents may say. Any other key is a custom attribute, and nobody's business. */
const envelope = {
  id: uuid,
  name: title,
  taxonomy: { type: 'string', minLength: 1, maxLength: 256 },
  description: { type: 'string', maxLength: 65535 },
  author: anyText,
  references: listOf(anyText, once),
  date: day,
  modified: day,
};

const graded = {
  ...envelope,
  status,
  level,
  falsepositives: listOf(shortText, once),
  fields: listOf(text, once),
  tags: listOf(tag, once),
};

const logsource: Schema = {
  ...open({}, { category: text, product: text, service: text, definition: anyText }),
  ...anyKey('category', 'product', 'service'),
};

const scalars = ['string', 'number', 'boolean', 'null'];

/** What a field is compared with: one value, or a list of them. */
const comparison = (...kinds: readonly string[]): Schema => ({
  type: [...kinds, 'array'],
  items: { type: kinds },
});

/** Some modifiers want values of their own kind. The last one of a key decides. */
const ofModifier = {
  '\\|exists$': { type: 'boolean' },
  '\\|(?:lt|lte|gt|gte)$': comparison('number'),
  '\\|(?:re|cidr|fieldref|expand|base64|base64offset)$': comparison('string'),
};

/** Fields and what each must be, all at once. */
const fieldsAndValues = { patternProperties: ofModifier, additionalProperties: comparison(...scalars) };

/** A map; or a list of maps, or of words to be found anywhere. */
const search: Schema = {
  type: ['object', 'array'],
  ...fieldsAndValues,
  items: { type: ['object', 'string', 'number'], ...fieldsAndValues },
  minItems: 1,
  minProperties: 1,
  description: 'a map of fields, or a list of such maps or of words',
};

/** A list of conditions is as many queries. */
const condition = textOrTexts;

const detection: Schema = {
  ...open({ condition }, { timeframe: false }),
  additionalProperties: search,
  minProperties: 2,
  description: 'a map of a condition and what it names',
};

/** A document is of one kind: what makes another has no place in it. */
const others = (...keys: readonly string[]): Fields => Object.fromEntries(keys.map((key) => [key, false]));

export const ruleSchema = open(
  { title, logsource, detection },
  {
    ...graded,
    related,
    license: text,
    scope: listOf(shortText),
    ...others('correlation', 'filter'),
  },
);

const count = { gt: whole(0), gte: whole(0), lt: whole(0), lte: whole(0), eq: whole(0), neq: whole(0) };

/** One comparison, or the two that make a range. */
function compared(must: Fields = {}, may: Fields = {}): Schema {
  return {
    ...closed(must, { ...count, ...may }, 'the condition of a correlation'),
    ...anyKey(...Object.keys(count)),
  };
}

const field = textOrTexts;

function correlation(type: string, must: Fields, may: Fields = {}): Schema {
  return closed(
    {
      type: { const: type },
      rules: listOf(text, { ...some, ...once }),
      timespan: spelled('^\\d+[smhd]$', 'a time such as 10m'),
      ...must,
    },
    {
      'group-by': listOf(text),
      aliases: { type: 'object', additionalProperties: { type: 'object', additionalProperties: text } },
      ...may,
    },
    `a correlation of type ${type}`,
  );
}

const ofValues = ['value_count', 'value_sum', 'value_avg'];
const inTime = ['temporal', 'temporal_ordered'];

export const correlationSchema = open(
  {
    title,
    correlation: choice('type', [
      correlation('event_count', { condition: compared() }),
      ...ofValues.map((type) => correlation(type, { condition: compared({ field }) })),
      correlation('value_percentile', { condition: compared({ field }, { percentile: whole(0, 100) }) }),
      ...inTime.map((type) => correlation(type, {}, { condition: compared() })),
    ]),
  },
  { ...graded, generate: truth, ...others('detection', 'filter') },
);

export const filterSchema = open(
  {
    title,
    logsource,
    filter: {
      ...open({ rules: listOf(text, some), condition: text }),
      additionalProperties: search,
      minProperties: 3,
      description: 'a map of rules, a condition and what it names',
    },
  },
  { ...envelope, ...others('detection', 'correlation') },
);

/** A document that does not say which of the three it is. */
export const documentSchema: Schema = {
  ...open({}, { title }),
  ...anyKey('detection', 'correlation', 'filter'),
};
