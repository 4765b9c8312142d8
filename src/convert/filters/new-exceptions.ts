import { sourceKey } from '../../mapping/mapping.ts';
import { type JsonObject, sameJson } from '../../rule/json.ts';
import type { LogSource } from '../../rule/rule.ts';
import { sourceOf } from './concern.ts';
import { derivedId, idFor } from './ids.ts';
import { nameOf } from './lists.ts';
import { wordsOf } from './to-sigma.ts';
import type { CarriedException } from './travel.ts';

/** Where new exceptions go, and what each of them is but for its entries. */
export interface Place {
  readonly list?: JsonObject;
  readonly model: JsonObject;
  /** The list is made for the filter, so the filter can travel with it. */
  readonly isNew: boolean;
}

/** Those that take the place of a carried exception are called as it was, and stand where it stood. */
export function placeOf(body: JsonObject, { exception, list }: CarriedException): Place {
  return { model: { ...exception, ...editedWords(body, exception) }, ...(list && { list }), isNew: false };
}

export function newPlace(body: JsonObject, source: LogSource): Place {
  const list = listFor(body, source);
  return { list, model: exceptionFor(body, list, source), isNew: true };
}

function listFor(body: JsonObject, source: LogSource): JsonObject {
  const id = derivedId('list', body['id'] ?? nameOf(body), sourceKey(source));
  return {
    id,
    list_id: id,
    type: 'detection',
    name: nameOf(body),
    description: descriptionOf(body),
    namespace_type: 'single',
    os_types: [],
    tags: [],
    version: 1,
  };
}

/** Called as the filter is where it is of the same log source; ids follow from nothing but these two. */
function exceptionFor(body: JsonObject, list: JsonObject, source: LogSource): JsonObject {
  const own = body['id'] ?? nameOf(body);
  const key = sourceKey(source);
  return {
    item_id: key === sourceKey(sourceOf(body)) ? idFor(own) : derivedId(own, key),
    list_id: list['list_id'] ?? '',
    type: 'simple',
    name: nameOf(body),
    description: descriptionOf(body),
    namespace_type: 'single',
    os_types: [],
    tags: [],
    comments: [],
  };
}

/** Kibana wants a description of everything. */
function descriptionOf(body: JsonObject): string {
  const { description } = body;
  return typeof description === 'string' && description !== '' ? description : nameOf(body);
}

/** Name and description, where the filter does not say any more what was written for the exception. */
export function editedWords(body: JsonObject, exception: JsonObject): JsonObject {
  const before = new Map(wordsOf(exception));
  const { title = '', description = '' } = body;
  return {
    ...(!sameJson(title, before.get('title')) && { name: title }),
    ...(!sameJson(description, before.get('description') ?? '') && { description }),
  };
}

/** What an exception says of the list it stands in. */
export function keysOfList({ list_id, namespace_type }: JsonObject): JsonObject {
  return {
    ...(list_id !== undefined && { list_id }),
    ...(namespace_type !== undefined && { namespace_type }),
  };
}
