import type { FormatId } from '../../formats/format.ts';
import { carryKey } from '../../rule/carry.ts';
import { isObject, type JsonObject, objectOf, sameJson, valueAt } from '../../rule/json.ts';
import type { Carry, Detection, QueryText, Rule } from '../../rule/rule.ts';
import type { Versions } from '../../source/merge-pieces.ts';
import { asData } from '../as-data.ts';
import type { Tell } from './conflict.ts';
import { mergedQuery } from './query.ts';
import { mergedMap, mergedValue } from './values.ts';

/** The changes of both sides in one rule. */
export function mergedRule(three: Versions<Rule>, format: FormatId, tell: Tell): Rule {
  const [base, ours, theirs] = [three.base, three.ours, three.theirs].map(aroundOf);
  const around = mergedMap(
    { base: base!, ours: ours!, theirs: theirs! },
    '',
    tell,
  ) as unknown as Partial<Rule>;
  let isKept = false;
  const detection = mergedDetection(each(three, 'detection'), format, (found) => {
    isKept ||= found.where === 'detection';
    tell(found);
  });
  const origin = originOf(three);
  // A query that stays searches what it did.
  return {
    ...(isKept ? searchingAs(three.ours, around) : around),
    detection,
    ...(origin && { origin }),
    carry: mergedCarry(each(three, 'carry'), format, tell),
  };
}

/** Where a rule searches, and in which names, as another says it. */
function searchingAs({ indices, logSource, taxonomy }: Rule, around: Partial<Rule>): Partial<Rule> {
  const { indices: _, logSource: __, taxonomy: ___, ...others } = around;
  return {
    ...others,
    ...(indices && { indices }),
    ...(logSource && { logSource }),
    ...(taxonomy !== undefined && { taxonomy }),
  };
}

/** All but the query, and what travels. */
function aroundOf({ detection: _, carry: __, origin: ___, ...around }: Rule): JsonObject {
  return JSON.parse(JSON.stringify(around)) as JsonObject;
}

/**
 * The original of what upstream says now: its digest fits where upstream's query stands, and where it was edited here the edit
 * wins on the way home, as always.
 */
function originOf({ base, ours, theirs }: Versions<Rule>): Rule['origin'] {
  return sameJson(asData(base.origin), asData(theirs.origin)) ? ours.origin : theirs.origin;
}

/** What stood in other formats. What an earlier conversion left for the way home belongs to the original, and goes with it. */
function mergedCarry({ base, ours, theirs }: Versions<Carry>, format: FormatId, tell: Tell): Carry {
  const formats = new Set([...Object.keys(ours), ...Object.keys(theirs), ...Object.keys(base)]);
  return objectOf(
    [...formats].flatMap((name) => {
      const of = (carry: Carry) => valueAt(carry, name) as JsonObject | undefined;
      const three = { base: of(base), ours: of(ours), theirs: of(theirs) };
      const merged =
        name === 'was'
          ? upstreamFirst(three)
          : name === format
            ? mergedOwn(three, tell)
            : mergedValue(three, `${carryKey}.${name}`, tell);
      return isObject(merged) && Object.keys(merged).length > 0 ? [[name, merged] as const] : [];
    }),
  ) as Carry;
}

/** Key by key what upstream changed, and what it did not as it is here. */
function upstreamFirst({ base, ours, theirs }: Versions<JsonObject | undefined>): JsonObject | undefined {
  const keys = new Set([...Object.keys(ours ?? {}), ...Object.keys(theirs ?? {})]);
  return objectOf(
    [...keys].flatMap((key) => {
      const value = sameJson(valueAt(base, key), valueAt(theirs, key))
        ? valueAt(ours, key)
        : valueAt(theirs, key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** How numbers and texts are spelled goes by where they stand: nobody is asked about that. */
const spellings: ReadonlySet<string> = new Set(['literals', 'spelling', 'guide']);

function mergedOwn(
  { base = {}, ours = {}, theirs = {} }: Versions<JsonObject | undefined>,
  tell: Tell,
): JsonObject {
  const part = (isSpelling: boolean) => {
    const of = (map: JsonObject) =>
      objectOf(Object.entries(map).filter(([key]) => spellings.has(key) === isSpelling));
    return mergedMap(
      { base: of(base), ours: of(ours), theirs: of(theirs) },
      '',
      isSpelling ? () => {} : tell,
    );
  };
  return { ...part(false), ...part(true) };
}

/** What a rule looks for. Of one kind part by part; another kind is another detection. */
function mergedDetection(three: Versions<Detection>, format: FormatId, tell: Tell): Detection {
  const { base, ours, theirs } = three;
  const [was, mine, its] = [base, ours, theirs].map(asData);
  if (sameJson(mine, its) || sameJson(was, its)) return ours;
  if (sameJson(was, mine)) return withoutPlace(theirs);
  if (!areAlike(three)) {
    const message =
      'Upstream changed what kind of rule this is, or the language of its query, and here what it looks for was changed; it stays as it is here.';
    tell({ where: 'detection', message, base: was!, ours: mine!, theirs: its! });
    return ours;
  }
  const rest = mergedMap(
    { base: restOf(base), ours: restOf(ours), theirs: restOf(theirs) },
    'detection',
    tell,
  );
  const queries = (['query', 'indicatorQuery'] as const).map((key) => [
    key,
    queryIn(
      { base: queryOf(base, key), ours: queryOf(ours, key), theirs: queryOf(theirs, key) },
      key,
      format,
      tell,
    ),
  ]);
  return { ...rest, ...Object.fromEntries(queries.filter(([, query]) => query)) } as unknown as Detection;
}

function queryIn(
  { base, ours, theirs }: Versions<QueryText | undefined>,
  where: string,
  format: FormatId,
  tell: Tell,
): QueryText | undefined {
  if (base && ours && theirs) return mergedQuery({ base, ours, theirs }, where, format, tell);
  if (ours?.text === theirs?.text || base?.text === theirs?.text) return ours;
  if (base?.text === ours?.text) return theirs && withoutSpan(theirs);
  const message = 'Upstream added or removed the query that was changed here; it stays as it is here.';
  tell({ where, message, ...saidOf({ base, ours, theirs }) });
  return ours;
}

function saidOf({ base, ours, theirs }: Versions<QueryText | undefined>) {
  return {
    ...(base && { base: base.text }),
    ...(ours && { ours: ours.text }),
    ...(theirs && { theirs: theirs.text }),
  };
}

function areAlike({ base, ours, theirs }: Versions<Detection>): boolean {
  const languages = [base, ours, theirs].map((one) => queryOf(one, 'query')?.language);
  const kinds = [base, ours, theirs].map(({ kind }) => kind);
  return new Set(languages).size === 1 && new Set(kinds).size === 1;
}

function queryOf(detection: Detection, key: 'query' | 'indicatorQuery'): QueryText | undefined {
  return (detection as { readonly [K in typeof key]?: QueryText })[key];
}

function restOf(detection: Detection): JsonObject {
  const { query: _, indicatorQuery: __, ...rest } = asData(detection) as JsonObject;
  return rest;
}

/** Where it stands in the text of upstream is nowhere in that of ours. */
function withoutPlace(detection: Detection): Detection {
  return asData(detection) as unknown as Detection;
}

function withoutSpan({ language, text }: QueryText): QueryText {
  return { ...(language !== undefined && { language }), text };
}

function each<K extends keyof Rule>({ base, ours, theirs }: Versions<Rule>, key: K): Versions<Rule[K]> {
  return { base: base[key], ours: ours[key], theirs: theirs[key] };
}
