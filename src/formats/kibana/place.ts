import { isObject, type Json, type JsonObject } from '../../rule/json.ts';

/** Where in an object the saved rule stands: a saved object, a document of an index, a body of an API. */
export interface Place {
  readonly id: readonly string[];
  readonly attributes: readonly string[];
  readonly references?: readonly string[];
}

export const savedObject: Place = { id: ['id'], attributes: ['attributes'], references: ['references'] };
const documents: readonly Place[] = [
  { id: ['_id'], attributes: ['_source', 'alert'], references: ['_source', 'references'] },
  { id: ['id'], attributes: ['source', 'alert'], references: ['source', 'references'] },
  {
    id: ['value', 'id'],
    attributes: ['value', 'source', 'alert'],
    references: ['value', 'source', 'references'],
  },
  {
    id: ['value', '_id'],
    attributes: ['value', '_source', 'alert'],
    references: ['value', '_source', 'references'],
  },
];
const body: Place = { id: ['id'], attributes: [] };

export function placeOf(object: JsonObject): Place {
  if (isObject(object['attributes'])) return savedObject;
  return documents.find(({ attributes }) => isObject(at(object, attributes))) ?? body;
}

/** The keys of a document around the rule in it. */
export function wrapping(object: JsonObject, { id, attributes, references }: Place): readonly string[] {
  if (attributes.length < 2) return [];
  const paths = [id, attributes, references ?? []];
  const keys = (value: Json | undefined, path: readonly string[]): string[] =>
    Object.keys(isObject(value) ? value : {}).flatMap((key) => {
      const here = [...path, key];
      const leads = paths.filter((one) => here.every((step, index) => one[index] === step));
      if (leads.some(({ length }) => length === here.length)) return [];
      return leads.length === 0 ? [here.join('.')] : keys(isObject(value) ? value[key] : undefined, here);
    });
  return keys(object, []);
}

/** What stands at the end of a path. */
export function at(value: Json | undefined, [key, ...deeper]: readonly string[]): Json | undefined {
  if (key === undefined) return value;
  return isObject(value) && Object.hasOwn(value, key) ? at(value[key], deeper) : undefined;
}

export function putAt(object: JsonObject, [key, ...deeper]: readonly string[], value: Json): JsonObject {
  if (key === undefined) return isObject(value) ? value : object;
  const inside = object[key];
  return {
    ...object,
    [key]: deeper.length === 0 ? value : putAt(isObject(inside) ? inside : {}, deeper, value),
  };
}
