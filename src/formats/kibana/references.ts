import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';

/** A list as a saved object keeps it, and what its members refer to. */
export interface Referring {
  readonly list: Json;
  readonly references: readonly Json[];
}

/** Connectors that are set in Kibana's configuration are no saved objects: nothing refers to them. */
const unreferred = /^(?:preconfigured|system_action):/;

/** Actions with the id of their connector in place of the name of a reference. */
export function actionsWithIds(actions: Json, references: readonly Json[]): Json {
  return eachOf(actions, (action) => {
    const { actionRef, ...others } = action;
    if (typeof actionRef !== 'string') return action;
    const id = unreferred.test(actionRef) ? actionRef.replace(unreferred, '') : idOf(references, actionRef);
    return id === undefined ? action : { id, ...others };
  });
}

/** The way back. `before` is what stood there: what nothing referred to keeps its name. */
export function actionsWithReferences(actions: Json, { list, references }: Referring): Referring {
  const names = unreferredIn(list);
  const made: Json[] = [];
  const named = eachOf(actions, (action, index) => {
    const { id, ...others } = action;
    if (typeof id !== 'string' || Object.hasOwn(others, 'actionRef')) return action;
    const actionRef = names.get(id) ?? `action_${index}`;
    if (!names.has(id)) made.push({ id, name: actionRef, type: 'action' });
    return { ...others, actionRef };
  });
  return { list: named, references: [...others(references, /^action_\d+$/), ...made] };
}

function unreferredIn(actions: Json): ReadonlyMap<string, string> {
  const names = isList(actions)
    ? actions.flatMap((action) => (isObject(action) ? (action['actionRef'] ?? []) : []))
    : [];
  const own = names.filter((name) => typeof name === 'string').filter((name) => unreferred.test(name));
  return new Map(own.map((name) => [name.replace(unreferred, ''), name]));
}

/** A rule that was copied to another space has the new ids of its exception lists in its references alone. */
export function exceptionsWithIds(lists: Json, references: readonly Json[]): Json {
  return eachOf(lists, (list, index) => {
    const id = idOf(references, `param:exceptionsList_${index}`);
    return id === undefined ? list : { ...list, id };
  });
}

export function exceptionsWithReferences(lists: Json, { references }: Referring): Referring {
  const made: Json[] = [];
  eachOf(lists, (list, index) => {
    const { id, namespace_type } = list;
    const type = namespace_type === 'agnostic' ? 'exception-list-agnostic' : 'exception-list';
    if (typeof id === 'string') made.push({ id, name: `param:exceptionsList_${index}`, type });
    return list;
  });
  return { list: lists, references: [...others(references, /^param:exceptionsList_\d+$/), ...made] };
}

function idOf(references: readonly Json[], name: string): string | undefined {
  const found = references.find((reference) => isObject(reference) && reference['name'] === name);
  return isObject(found) && typeof found['id'] === 'string' ? found['id'] : undefined;
}

function others(references: readonly Json[], names: RegExp): Json[] {
  return references.filter(
    (reference) =>
      !isObject(reference) || typeof reference['name'] !== 'string' || !names.test(reference['name']),
  );
}

function eachOf(list: Json, change: (object: JsonObject, index: number) => JsonObject): Json {
  if (!isList(list)) return list;
  return list.map((each, index) => (isObject(each) ? change(each, index) : each));
}
