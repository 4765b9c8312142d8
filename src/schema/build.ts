/** A JSON Schema (draft-07, with the `discriminator` of OpenAPI). */
export type Schema = { readonly [keyword: string]: unknown };
export type Fields = { readonly [key: string]: Schema | boolean };

export const anything = {};
export const text = { type: 'string', minLength: 1 };
/** Text that may be empty. */
export const anyText = { type: 'string' };
export const truth = { type: 'boolean' };
/** A map that is nobody's business here. */
export const free = { type: 'object' };

export function whole(minimum: number, maximum?: number): Schema {
  return { type: 'integer', minimum, ...(maximum !== undefined && { maximum }) };
}

export function word(...words: readonly string[]): Schema {
  return { type: 'string', enum: words };
}

/** Text of a form that needs saying in words: `description` goes into the message. */
export function spelled(pattern: string, description: string): Schema {
  return { type: 'string', pattern, description };
}

export function listOf(items: Schema, bounds: Schema = {}): Schema {
  return { type: 'array', items, ...bounds };
}

export const texts = listOf(anyText);
export const some = { minItems: 1 };

/** Text, or a list of such texts. */
export const textOrTexts = { type: ['string', 'array'], minLength: 1, items: text, minItems: 1 };

/** A map with these keys and no others. `title` is what it is called when another key turns up. */
export function closed(required: Fields, optional: Fields = {}, title?: string): Schema {
  return { ...open(required, optional), additionalProperties: false, ...(title !== undefined && { title }) };
}

/** A map with these keys, and whatever others. */
export function open(required: Fields, optional: Fields = {}): Schema {
  return { type: 'object', properties: { ...required, ...optional }, required: Object.keys(required) };
}

/** At least one of these keys of a map. */
export function anyKey(...keys: readonly string[]): Schema {
  return { anyOf: keys.map((key) => ({ required: [key], properties: { [key]: true } })) };
}

/** One of several maps. The word under `tag`, which all of them require, says which. */
export function choice(tag: string, maps: readonly Schema[]): Schema {
  return { type: 'object', discriminator: { propertyName: tag }, oneOf: maps };
}

/**
 * One of several maps, as what is looked at says itself. No other is compiled for it; `undecided` looks at
 * what does not say.
 */
export interface Choice {
  readonly maps: ReadonlyMap<string, Schema>;
  readonly undecided: Schema;
}

export function choiceOf(tag: string, maps: ReadonlyMap<string, Schema>): Choice {
  const words = [...maps.keys()].map((word) => open({ [tag]: { const: word } }));
  return { maps, undecided: choice(tag, words) };
}

/** The schema for a map that says this word. */
export function chosen({ maps, undecided }: Choice, word: unknown): Schema {
  return (typeof word === 'string' ? maps.get(word) : undefined) ?? undecided;
}
