import type { Schema } from './build.ts';

const kinds = new Map<unknown, string>([
  ['string', 'text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a map'],
  ['null', 'null'],
]);

/** What a schema asks for, as it stands after "should be". */
export function wanted(schema: Schema): string {
  const { description, enum: words, const: value, type } = schema;
  if (typeof description === 'string') return description;
  if (Array.isArray(words)) return either(words.map(String));
  if (value !== undefined) return String(value);
  if (Array.isArray(type)) return either(type.map((kind) => wanted({ ...schema, type: kind })));
  const kind = kinds.get(type) ?? 'something else';
  if (type === 'integer' || type === 'number') return `${kind}${range(schema['minimum'], schema['maximum'])}`;
  if (type === 'object') return `${kind}${size(schema['minProperties'], schema['maxProperties'])}`;
  if (type === 'array') return `${kind}${size(schema['minItems'], schema['maxItems'])}`;
  if (type === 'string') return `${kind}${length(schema['minLength'], schema['maxLength'])}`;
  return kind;
}

function range(least: unknown, most: unknown): string {
  if (least === undefined && most === undefined) return '';
  if (most === undefined) return ` from ${least} on`;
  return least === undefined ? ` up to ${most}` : ` from ${least} to ${most}`;
}

function size(least: unknown, most: unknown): string {
  if (most !== undefined) return ` of ${least ?? 0} to ${most}`;
  return least === undefined ? '' : ` of at least ${least}`;
}

function length(least: unknown, most: unknown): string {
  if (most !== undefined) return ` of at most ${most} characters`;
  return least === undefined ? '' : ' that is not empty';
}

export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

const longest = 40;

/** What there is instead, as it stands after "and is". */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `a map of ${Object.keys(value).length}`;
  if (typeof value !== 'string') return String(value);
  return value.length > longest ? `text of ${value.length} characters` : JSON.stringify(value);
}
