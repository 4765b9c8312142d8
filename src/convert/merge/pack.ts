import type { FormatId } from '../../formats/format.ts';
import { isObject, type Json, type JsonObject, sameJson } from '../../rule/json.ts';
import type { Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import type { Versions } from '../../source/merge-pieces.ts';
import { asData } from '../as-data.ts';
import { isException, nameOf } from '../filters/lists.ts';
import type { Tell } from './conflict.ts';
import { mergedRule } from './rule.ts';
import { mergedMap } from './values.ts';

/** One thing of a file, by what it is known as in all versions: a rule, a filter, what travels beside. */
export type Known = { readonly key: string } & (
  | { readonly kind: 'rule'; readonly value: Rule }
  | { readonly kind: 'filter'; readonly value: RuleFilter }
  | { readonly kind: 'rest'; readonly value: JsonObject }
);

/** What a pack holds, each by a key of its own. */
export function knownIn({ rules, filters, rest }: Pack): ReadonlyMap<string, Known> {
  const all: Known[] = [
    ...rules.map(
      (value) => ({ kind: 'rule', key: `rule ${value.id ?? value.name ?? value.title}`, value }) as const,
    ),
    ...filters.map((value) => ({ kind: 'filter', key: `filter ${keyOfFilter(value.body)}`, value }) as const),
    ...rest.map(
      (value) => ({ kind: 'rest', key: `rest ${value['id'] ?? JSON.stringify(value)}`, value }) as const,
    ),
  ];
  const known = new Map<string, Known>();
  for (const one of all) {
    let key = one.key;
    for (let again = 2; known.has(key); again += 1) key = `${one.key} ${again}`;
    known.set(key, { ...one, key });
  }
  return known;
}

function keyOfFilter(body: JsonObject): string {
  const { item_id, list_id, id, title } = body;
  const kind = isException(body) ? 'item' : 'list';
  return item_id !== undefined || list_id !== undefined ? `${kind} ${item_id ?? list_id}` : `${id ?? title}`;
}

/** What is to become of the things of a file. */
export interface MergedPack {
  /** As they are after the merge; those that stand in the text of ours in their order there. */
  readonly all: readonly Known[];
  /** Keys of what goes from the text of ours, and of what comes from that of theirs. */
  readonly gone: ReadonlySet<string>;
  readonly come: readonly string[];
}

/** The changes of both sides in all that a file holds. `mayGo` is whether what is missing in theirs was taken away there. */
export function mergedPack(three: Versions<Pack>, format: FormatId, mayGo: boolean, tell: Tell): MergedPack {
  const [base, ours, theirs] = paired(three);
  const gone = new Set<string>();
  const isAlone = ours.size === 1 && theirs.size === 1;
  const all: Known[] = [];
  for (const [key, own] of ours) {
    const toldOf: Tell = (found) => tell(isAlone ? found : { ...found, rule: idOf(own) });
    const [was, its] = [base.get(key), theirs.get(key)];
    if (was && !its && mayGo) {
      if (sameJson(asData(was.value), asData(own.value))) {
        gone.add(key);
        continue;
      }
      const message = `Upstream removed ${titleOf(own)}, which was changed here; it stays as it is here.`;
      toldOf({ where: own.kind, message });
    }
    all.push(its ? mergedOne({ base: was, ours: own, theirs: its }, format, toldOf) : own);
  }
  const come: string[] = [];
  for (const [key, its] of theirs) {
    if (ours.has(key)) continue;
    const was = base.get(key);
    if (was === undefined) {
      come.push(key);
      all.push(its);
    } else if (!sameJson(asData(was.value), asData(its.value))) {
      const message = `Upstream changed ${titleOf(its)}, which was removed here; it stays removed.`;
      tell({ where: its.kind, message, rule: idOf(its) });
    }
  }
  return { all, gone, come };
}

type Things = ReadonlyMap<string, Known>;

/** A lone rule is the same rule by whatever id. */
function paired({ base, ours, theirs }: Versions<Pack>): readonly [Things, Things, Things] {
  const lone = [base, ours, theirs].every(
    ({ rules, filters, rest }) => rules.length === 1 && filters.length + rest.length === 0,
  );
  const [a, b, c] = [base, ours, theirs].map((pack) =>
    lone ? new Map([['rule', { kind: 'rule', key: 'rule', value: pack.rules[0]! } as const]]) : knownIn(pack),
  );
  return [a!, b!, c!];
}

function mergedOne(
  { base, ours, theirs }: { readonly base: Known | undefined; readonly ours: Known; readonly theirs: Known },
  format: FormatId,
  tell: Tell,
): Known {
  if (base === undefined) {
    if (!sameJson(asData(ours.value), asData(theirs.value))) {
      const message = `Upstream added ${titleOf(theirs)}, and here it was added as well, and not alike; it stays as it is here.`;
      tell({ where: ours.kind, message });
    }
    return ours;
  }
  if (ours.kind === 'rule' && base.kind === 'rule' && theirs.kind === 'rule') {
    const three = { base: base.value, ours: ours.value, theirs: theirs.value };
    return { ...ours, value: mergedRule(three, format, tell) };
  }
  if (ours.kind === 'filter' && base.kind === 'filter' && theirs.kind === 'filter') {
    const three = { base: base.value.body, ours: ours.value.body, theirs: theirs.value.body };
    return { ...ours, value: { ...ours.value, body: mergedMap(three, '', tell) } };
  }
  if (ours.kind === 'rest' && base.kind === 'rest' && theirs.kind === 'rest') {
    return {
      ...ours,
      value: mergedMap({ base: base.value, ours: ours.value, theirs: theirs.value }, '', tell),
    };
  }
  return ours;
}

function titleOf({ kind, value }: Known): string {
  switch (kind) {
    case 'rule':
      return `the rule "${value.title ?? value.id ?? 'without a name'}"`;
    case 'filter':
      return `the exclusion "${nameOf(value.body)}"`;
    case 'rest':
      return `"${nameOf(value)}"`;
    default:
      return kind satisfies never;
  }
}

function idOf({ kind, value }: Known): string {
  if (kind === 'rule') return value.id ?? value.title ?? 'without a name';
  const body: Json = kind === 'filter' ? value.body : value;
  return isObject(body) ? nameOf(body) : kind;
}
