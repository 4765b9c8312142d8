import type { Format, WriteOptions } from '../../formats/format.ts';
import { isObject, type Json, type JsonObject, sameJson } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { placeOfKey, type Side } from './keyed.ts';
import type { Becoming, Construct, LedgerEntry } from './ledger.ts';
import { keyIn, type Property, properties, saidBy, settingIn, travelling } from './names.ts';
import { wordsOf } from './words.ts';

/** What there is of a rule once it is written. */
export interface Written {
  readonly side: Side;
  /** As it reads back; with what travels in it. */
  readonly whole: Rule;
  /** The same with nothing that travels: what the format has words for. */
  readonly bare: Rule;
}

/** The rule as it reads back from its text, with what is carried and without. */
export function writtenBack(
  text: string,
  target: Format,
  rules: readonly Rule[],
  options: WriteOptions,
): Written | undefined {
  const whole = lastIn(target, text);
  if (whole === undefined) return undefined;
  const bare = target.write({ rules, filters: [], rest: [] }, { ...options, carry: 'none' });
  const side = { format: target, text, within: { start: 0, end: text.length } };
  return { side, whole, bare: (bare.ok ? lastIn(target, bare.value) : undefined) ?? whole };
}

/** A rule stands behind those it refers to. */
function lastIn(format: Format, text: string): Rule | undefined {
  const outcome = format.read(text);
  return outcome.ok ? outcome.value.rules.at(-1) : undefined;
}

/** A line for each thing that the rule says beside its query. `elsewhere` are properties that have lines of their own. */
export function envelopeEntries(
  rule: Rule,
  from: Side,
  written: Written | undefined,
  elsewhere: ReadonlySet<string>,
): readonly LedgerEntry[] {
  const said = properties.flatMap((property) => {
    const value = saidBy(rule, property);
    if (value === undefined || elsewhere.has(property)) return [];
    const key = keyIn(from.format.id, property) ?? travelling(from.format.id, `rule.${property}`);
    const keys = { from: key, to: toKey(property, written) };
    const became = becameOf(property, value, written);
    const stands = standing(property, written);
    return [entryOf(keys, value, stands, became, from, written)];
  });
  return [...said, ...settings(rule, from, written), ...carriedBefore(rule, from, written)];
}

function toKey(property: Property, written: Written | undefined): string | undefined {
  return written && keyIn(written.side.format.id, property);
}

function standing(property: Property, written: Written | undefined): Json | undefined {
  if (isThreatInTags(property, written)) return written?.bare.tags;
  return written && saidBy(written.bare, property);
}

/** Sigma says in tags what others say in a list of tactics. */
function isThreatInTags(property: string, written: Written | undefined): boolean {
  return property === 'threat' && written?.side.format.id === 'sigma';
}

function becameOf(property: Property, value: Json, written: Written | undefined): Becoming {
  if (written === undefined) return 'dropped';
  const { bare, whole } = written;
  const stands = saidBy(bare, property);
  if (sameJson(stands, value)) return 'kept';
  if (isThreatInTags(property, written) && bare.tags) return 'changed';
  const was = whole.carry['was'];
  if (was && Object.hasOwn(was, property)) return 'carried';
  if (stands !== undefined) return 'changed';
  return sameJson(saidBy(whole, property), value) ? 'carried' : 'dropped';
}

function settings({ engine = {} }: Rule, from: Side, written: Written | undefined): readonly LedgerEntry[] {
  return Object.entries(engine).map(([key, value]) => {
    const stands = valueIn(written?.bare.engine, key);
    const travels = valueIn(written?.whole.engine, key);
    const became = wentOn(value, stands, travels);
    const to = written && settingIn(written.side.format.id, key);
    const own = settingIn(from.format.id, key) ?? travelling(from.format.id, `rule.engine.${key}`);
    const keys = { from: own, to };
    return entryOf(keys, value, stands, became, from, written);
  });
}

/** What a format said that the model has no word for: it stands in its own format, and travels in others. */
function carriedBefore({ carry }: Rule, from: Side, written: Written | undefined): readonly LedgerEntry[] {
  return Object.entries(carry).flatMap(([format, rest]) =>
    Object.entries(flat(rest)).map(([key, value]) => {
      const [bare, whole] = [written?.bare, written?.whole].map((one) =>
        valueIn(flat(one?.carry[format] ?? {}), key),
      );
      const path = format === from.format.id ? key : travelling(from.format.id, `${format}.${key}`);
      return entryOf({ from: path, to: key }, value, bare, wentOn(value, bare, whole), from, written);
    }),
  );
}

/** `metadata.integration`: a table of Elastic's is told key by key. */
function flat(rest: JsonObject): JsonObject {
  const pairs = Object.entries(rest).flatMap(([key, value]): [string, Json][] =>
    isObject(value) && (key === 'metadata' || key === 'rule')
      ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one])
      : [[key, value]],
  );
  return Object.fromEntries(pairs);
}

function wentOn(value: Json, stands: Json | undefined, travels: Json | undefined): Becoming {
  if (stands !== undefined) return sameJson(stands, value) ? 'kept' : 'changed';
  return travels === undefined ? 'dropped' : 'carried';
}

function valueIn(object: JsonObject | undefined, key: string): Json | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

function entryOf(
  keys: { readonly from: string; readonly to: string | undefined },
  value: Json,
  stands: Json | undefined,
  became: Becoming,
  from: Side,
  written: Written | undefined,
): LedgerEntry {
  const target =
    written && keys.to !== undefined && stands !== undefined
      ? constructAt(keys.to, stands, written.side)
      : undefined;
  return {
    kind: 'envelope',
    became,
    source: constructAt(keys.from, value, from),
    ...(target && { target }),
    rows: [],
    findings: [],
  };
}

export function constructAt(path: string, value: Json, side: Side): Construct {
  const place = placeOfKey(side, path);
  return { words: wordsOf(value), places: place ? [place] : [], path };
}
