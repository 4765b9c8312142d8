import { Ajv, type ValidateFunction } from 'ajv';
import type { Table } from './table.ts';

const text = { type: 'string', minLength: 1 };
const word = { type: ['string', 'number', 'boolean'] };
const words = { type: 'array', items: word, minItems: 1 };
const effect = { enum: ['broader', 'narrower', 'approximate', 'carried', 'dropped'] };
const direction = { enum: ['both', 'to-ecs', 'to-sigma'] };
const textOrTexts = { anyOf: [text, { type: 'array', items: text, minItems: 1 }] };

const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const kind = (name: string, properties: object = {}, optional: readonly string[] = []) =>
  object({ kind: { const: name }, ...properties }, [
    'kind',
    ...Object.keys(properties).filter((key) => !optional.includes(key)),
  ]);

const change = {
  type: 'object',
  required: ['kind'],
  oneOf: [
    kind('file-name', { separator: { enum: ['\\', '/', 'either'] } }),
    kind('extension'),
    kind('directory', { separator: { enum: ['\\', '/'] } }),
    kind('arguments'),
    kind('account', { domain: text }),
    kind('hash', { algorithm: { enum: ['MD5', 'SHA1', 'SHA256', 'IMPHASH'] } }),
    kind(
      'words',
      {
        words: { type: 'object', additionalProperties: word },
        closed: { const: true },
        alike: { const: true },
      },
      ['closed', 'alike'],
    ),
    kind('number'),
    kind('prefix', { sigma: { type: 'string' }, ecs: { type: 'string' } }),
    kind('empty', { keeps: { type: 'array', items: { enum: ['', '-'] }, minItems: 1 } }, ['keeps']),
    kind('hexadecimal'),
    kind('registry-path'),
    kind('registry-key'),
    kind('registry-hive'),
    kind('registry-number'),
  ],
};

const logSource = object(
  {
    sigma: { ...object({ category: text, product: text, service: text }), minProperties: 1 },
    category: text,
    where: {
      type: 'array',
      items: object(
        {
          field: text,
          is: words,
          also: { type: 'array', items: object({ field: text, is: words, isNot: words, effect }) },
          missing: { enum: ['equivalent', ...effect.enum] },
        },
        ['field', 'is'],
      ),
    },
    absorb: {
      type: 'array',
      items: object({ field: text, within: words, effect, because: text }, ['field', 'within', 'because']),
    },
    indices: { type: 'array', items: text, minItems: 1 },
    saidByIndex: { const: true },
    direction,
    assume: text,
    source: text,
  },
  ['sigma', 'source'],
);

const scope = object({
  category: textOrTexts,
  product: textOrTexts,
  service: textOrTexts,
  except: { type: 'array', items: text, minItems: 1 },
  beside: { type: 'object', minProperties: 1, additionalProperties: { type: 'array', items: word } },
});

const names = { type: 'array', items: text, minItems: 1 };

const unnamed = {
  ...object({ sigma: names, ecs: names, scope, because: text, source: text }, ['because', 'source']),
  oneOf: [{ required: ['sigma'] }, { required: ['ecs'] }],
};

const field = object(
  {
    sigma: text,
    ecs: text,
    scope,
    change,
    direction,
    effect: object({ toEcs: effect, toSigma: effect }),
    copy: { const: true },
    assume: text,
    source: text,
  },
  ['sigma', 'ecs', 'source'],
);

/** JSON Schema of a mapping table, the same as the type `Table` says it. */
export const tableSchema = object(
  {
    title: text,
    version: { const: 1 },
    logSources: { type: 'array', items: logSource },
    fields: { type: 'array', items: field },
    unnamed: { type: 'array', items: unnamed },
  },
  ['title', 'version'],
);

let compiled: ValidateFunction<Table> | undefined;

/** Whether something is a mapping table; what is wrong with it stands in the function's `errors`. */
export function tableValidator(): ValidateFunction<Table> {
  compiled ??= new Ajv({ allErrors: true, allowUnionTypes: true }).compile<Table>(tableSchema);
  return compiled;
}
