import { mergedSet } from '../../query/change/merge-values.ts';
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  objectOf,
  sameJson,
  valueAt,
} from '../../rule/json.ts';
import { mergePieces, type Versions } from '../../source/merge-pieces.ts';
import type { Tell } from './conflict.ts';
import { listSentence, valueSentence } from './sentences.ts';

export type Said = Versions<Json | undefined>;

/** Three values of one place: what one side alone changed, and of maps, lists and texts what both did. */
export function mergedValue(three: Said, where: string, tell: Tell): Json | undefined {
  const { base, ours, theirs } = three;
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return ours;
  if (sameJson(base, ours)) return theirs;
  if (isObject(ours) && isObject(theirs) && (base === undefined || isObject(base)))
    return mergedMap({ base: base ?? {}, ours, theirs }, where, tell);
  if (isList(ours) && isList(theirs) && (base === undefined || isList(base)))
    return mergedList({ base: base ?? [], ours, theirs }, where, tell);
  const name = where.split('.').at(-1)!;
  const later = laterOf(name, ours, theirs);
  if (later !== undefined) return later;
  if (typeof base === 'string' && typeof ours === 'string' && typeof theirs === 'string') {
    const merged = mergedProse({ base, ours, theirs });
    if (merged !== undefined) return merged;
  }
  tell({ where, message: valueSentence(where, three), ...saidOf(three) });
  return ours;
}

/** Key by key, in the order of ours. */
export function mergedMap(three: Versions<JsonObject>, where: string, tell: Tell): JsonObject {
  const keys = new Set([
    ...Object.keys(three.ours),
    ...Object.keys(three.theirs),
    ...Object.keys(three.base),
  ]);
  return objectOf(
    [...keys].flatMap((key) => {
      const value = mergedValue(each(three, key), where === '' ? key : `${where}.${key}`, tell);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** Names by which the elements of a list are known, if all have one and no two the same. */
const names: readonly ((element: JsonObject) => Json | undefined)[] = [
  ({ tactic }) => (isObject(tactic) ? tactic['id'] : undefined),
  ({ id }) => id,
  ({ item_id }) => item_id,
  ({ list_id }) => list_id,
  ({ field }) => field,
  (element) => element['package'],
  ({ name }) => name,
];

/** As sets; elements that have names are merged by them. */
export function mergedList(three: Versions<readonly Json[]>, where: string, tell: Tell): readonly Json[] {
  const { base, ours, theirs } = three;
  const nameOf = names.find((name) => [base, ours, theirs].every((list) => areNamed(list, name)));
  if (nameOf) return mergedNamed(three as Versions<readonly JsonObject[]>, nameOf, where, tell);
  const merged = mergedSet(three, spelled);
  if (merged) return merged;
  tell({ where, message: listSentence(where, three), base, ours, theirs });
  return ours;
}

function areNamed(list: readonly Json[], name: (element: JsonObject) => Json | undefined): boolean {
  const all = list.map((element) => (isObject(element) ? name(element) : undefined));
  return all.every((one) => typeof one === 'string') && new Set(all).size === list.length;
}

function mergedNamed(
  { base, ours, theirs }: Versions<readonly JsonObject[]>,
  nameOf: (element: JsonObject) => Json | undefined,
  where: string,
  tell: Tell,
): readonly Json[] {
  const [was, mine, its] = [base, ours, theirs].map(
    (list) => new Map(list.map((element) => [nameOf(element) as string, element])),
  );
  const order = [...new Set([...mine!.keys(), ...its!.keys()])];
  return order.flatMap((name) => {
    const three = { base: was!.get(name), ours: mine!.get(name), theirs: its!.get(name) };
    return mergedValue(three, `${where}.${name}`, tell) ?? [];
  });
}

/** The order of keys is no matter. */
function spelled(value: Json): string {
  if (isList(value)) return `[${value.map(spelled).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${spelled(value[key]!)}`)
    .join(',')}}`;
}

/** Days on which something was changed, and versions, go up. */
const rising: ReadonlySet<string> = new Set(['modified', 'updated_at', 'version', 'revision']);

function laterOf(name: string, ours: Json | undefined, theirs: Json | undefined): Json | undefined {
  if (!rising.has(name)) return undefined;
  if (typeof ours === 'number' && typeof theirs === 'number') return Math.max(ours, theirs);
  return typeof ours === 'string' && typeof theirs === 'string' ? (ours > theirs ? ours : theirs) : undefined;
}

/** Texts, by lines and sentences; undefined where both sides changed the same one. */
function mergedProse({ base, ours, theirs }: Versions<string>): string | undefined {
  const { pieces, isClean } = mergePieces({
    base: sentencesOf(base),
    ours: sentencesOf(ours),
    theirs: sentencesOf(theirs),
  });
  return isClean && sentencesOf(base).length > 1 ? pieces.join('') : undefined;
}

/** With the line end, or the blank, before each: what comes behind the last one leaves that as it was. */
function sentencesOf(text: string): readonly string[] {
  return text.split(/(?=\n)|(?<=[.!?])(?= )/);
}

function saidOf({ base, ours, theirs }: Said) {
  return {
    ...(base !== undefined && { base }),
    ...(ours !== undefined && { ours }),
    ...(theirs !== undefined && { theirs }),
  };
}

function each({ base, ours, theirs }: Versions<JsonObject>, key: string): Said {
  return { base: valueAt(base, key), ours: valueAt(ours, key), theirs: valueAt(theirs, key) };
}
