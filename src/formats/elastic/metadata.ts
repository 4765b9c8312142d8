import type { Telling } from '../../rule/carry.ts';
import type { Json, JsonObject } from '../../rule/json.ts';
import type { Deprecation, Rule, Status } from '../../rule/rule.ts';
import type { Claim } from '../claim.ts';

/** Words for how far a rule has come, in a file and in the model. Each has one twin. */
const statuses = {
  production: 'stable',
  beta: 'test',
  experimental: 'experimental',
  deprecated: 'deprecated',
} as const satisfies Record<string, Status>;

/** A word without a twin, and the status nearest to it. The word itself stays where it is, and is carried. */
const nearest: { readonly [word: string]: Status } = { development: 'experimental' };

/** What the `[metadata]` table says about a rule in the model's words. */
export function readMetadata(from: Claim): Partial<Rule> {
  const { maturity } = from.rest();
  const near = wordIn(nearest, maturity);
  const status = near ?? from.word('maturity', statuses);
  const created = from.take('creation_date', readDay, wanted);
  const modified = from.take('updated_date', readDay, wanted);
  const deprecation = readDeprecation(from);
  return {
    ...(status && { status }),
    ...(deprecation && { deprecation }),
    ...(created && { created }),
    ...(modified && { modified }),
  };
}

function readDeprecation(from: Claim): Deprecation | undefined {
  const date = from.take('deprecation_date', readDay, wanted);
  const reason = from.text('deprecated_reason');
  if (date === undefined && reason === undefined) return undefined;
  return { ...(date !== undefined && { date }), ...(reason !== undefined && { reason }) };
}

/** The way back: the table, with what it said beyond the model as far as that still holds. */
export function metadataFields(tell: Telling, carried: JsonObject): [string, Json][] {
  const { maturity, ...others } = carried;
  const isKept = maturity !== undefined && wordIn(nearest, maturity) === tell.see('status');
  const fields: [string, Json | undefined][] = [
    ...Object.entries(others),
    ['creation_date', takeDay(tell, 'created')],
    ['maturity', isKept ? keepMaturity(tell, maturity) : takeMaturity(tell)],
    ['updated_date', takeDay(tell, 'modified')],
    ...takeDeprecation(tell),
  ];
  return fields.filter((field): field is [string, Json] => field[1] !== undefined);
}

/** A date of another form is carried, and the reason with it; so is that neither is said. */
function takeDeprecation(tell: Telling): readonly [string, Json | undefined][] {
  const { date, reason } = tell.see('deprecation') ?? {};
  const day = dayOf(date ?? '');
  if (day !== date || (date === undefined && reason === undefined)) return [];
  tell.take('deprecation');
  return [
    ['deprecation_date', day?.replaceAll('-', '/')],
    ['deprecated_reason', reason],
  ];
}

/** Days that travelled with their time, where the file still has the same day. */
export function withTimes(said: Partial<Rule>, carried: Partial<Rule>): Partial<Rule> {
  const { created, modified } = carried;
  return {
    ...(created && said.created === dayOf(created) && { created }),
    ...(modified && said.modified === dayOf(modified) && { modified }),
  };
}

/** What was carried, without days that the file could say and does not: somebody took them out. */
export function withoutDeleted(carried: Partial<Rule>, said: Partial<Rule>): Partial<Rule> {
  const isGone = (key: 'created' | 'modified') =>
    said[key] === undefined && carried[key] !== undefined && dayOf(carried[key]) !== undefined;
  const { created, modified, ...others } = carried;
  return {
    ...others,
    ...(created !== undefined && !isGone('created') && { created }),
    ...(modified !== undefined && !isGone('modified') && { modified }),
  };
}

const wanted = 'a day as in 2020/12/31';

function readDay(value: Json): string | undefined {
  return typeof value === 'string' && /^\d{4}\/\d\d\/\d\d$/.test(value)
    ? value.replaceAll('/', '-')
    : undefined;
}

/** A time of day has no place in a file: with one, the whole date is carried as well. */
function takeDay(tell: Telling, key: 'created' | 'modified'): string | undefined {
  const day = dayOf(tell.see(key) ?? '');
  if (day !== undefined && day === tell.see(key)) tell.take(key);
  return day?.replaceAll('-', '/');
}

function dayOf(date: Json): string | undefined {
  if (typeof date !== 'string') return undefined;
  return /^\d{4}-\d\d-\d\d(?![^T ])/.exec(date)?.[0];
}

/** The word that was there, as it still says what the rule says: nothing, perhaps. */
function keepMaturity(tell: Telling, maturity: Json): Json {
  tell.take('status');
  return maturity;
}

/** The status's own word, if it has one. */
function takeMaturity(tell: Telling): string | undefined {
  const status = tell.see('status');
  const word = Object.entries(statuses).find(([, twin]) => twin === status)?.[0];
  if (word !== undefined) tell.take('status');
  return word;
}

function wordIn(words: { readonly [word: string]: Status }, word: Json | undefined): Status | undefined {
  return typeof word === 'string' && Object.hasOwn(words, word) ? words[word] : undefined;
}
