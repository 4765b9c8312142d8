import type { Telling } from '../../rule/carry.ts';
import type { Json, JsonObject } from '../../rule/json.ts';
import type { Rule, Status } from '../../rule/rule.ts';
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
  return { ...(status && { status }), ...(created && { created }), ...(modified && { modified }) };
}

/** The way back. `carried` is what the table said beyond it. */
export function metadataFields(tell: Telling, carried: JsonObject): [string, Json][] {
  const fields: [string, string | undefined][] = [
    ['creation_date', takeDay(tell, 'created')],
    ['maturity', takeMaturity(tell, carried)],
    ['updated_date', takeDay(tell, 'modified')],
  ];
  return fields.filter((field): field is [string, string] => field[1] !== undefined);
}

/** Days that travelled with their time, where the file still has the same day. */
export function withTimes(said: Partial<Rule>, carried: Partial<Rule>): Partial<Rule> {
  const { created, modified } = carried;
  return {
    ...(created && said.created === dayOf(created) && { created }),
    ...(modified && said.modified === dayOf(modified) && { modified }),
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

/** The word that was there, if it still says what the rule says; else the status's own, if it has one. */
function takeMaturity(tell: Telling, { maturity }: JsonObject): string | undefined {
  const status = tell.see('status');
  const kept = typeof maturity === 'string' && status !== undefined && wordIn(nearest, maturity) === status;
  const word = kept ? maturity : Object.entries(statuses).find(([, twin]) => twin === status)?.[0];
  if (word !== undefined) tell.take('status');
  return word;
}

function wordIn(words: { readonly [word: string]: Status }, word: Json | undefined): Status | undefined {
  return typeof word === 'string' && Object.hasOwn(words, word) ? words[word] : undefined;
}
