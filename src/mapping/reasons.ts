import type { Effect } from '../diagnostic/diagnostic.ts';
import type { Predicate } from '../query/query.ts';
import { categoryField } from './log-source.ts';
import { type Mapping, type ReadyRow, type ReadyTest, stem } from './mapping.ts';
import { type Events, type Recognised, saidByIndex } from './recognise.ts';
import { spellPredicate, spellWords } from './spell.ts';
import { sayingOf, wordsOf } from './words.ts';

/** Something that a rule says, or does not, for which it was taken for a log source. */
export interface Reason {
  /**
   * `category`: the events are of this category. `test`: the rule makes this test of the log source, `spelling`: in other
   * words. `index`: its index patterns say it. `missing`: it does not say it, and may leave it out. `absorbed`: it
   * says this as well, which adds nothing.
   */
  readonly kind: 'category' | 'test' | 'spelling' | 'index' | 'missing' | 'absorbed';
  /** The test that is meant, for people; that of the log source where the rule makes none. */
  readonly test: string;
  readonly effect?: Effect;
  readonly because?: string;
}

/** Why a rule was taken for a log source: what of it the log source says, test by test. */
export function reasonsOf(found: Recognised, events: Events, mapping: Mapping): readonly Reason[] {
  const { row } = found;
  const ready = mapping.byCategory.get(row.category ?? '')?.find((one) => one.row === row);
  if (ready === undefined) return [];
  const byIndex = saidByIndex(ready.stems, events.indices.map(stem));
  const taken = takenOut(found, events);
  const reasons: Reason[] = [];
  const category = events.category ?? (row.category === undefined ? undefined : takeCategory(taken));
  if (category !== undefined) reasons.push({ kind: 'category', test: category });
  if (byIndex) reasons.push({ kind: 'index', test: events.indices.join(', ') });
  for (const implied of ready.where) reasons.push(reasonOf(implied, taken, byIndex));
  return [...reasons, ...[...taken].map((part) => absorbedBy(ready, part))];
}

/** What the log source says of what the rule asks. */
function takenOut({ where: rest }: Recognised, { where }: Events): Set<Predicate> {
  const left = new Set(rest.kind === 'and' ? rest.of : [rest]);
  return new Set((where.kind === 'and' ? where.of : [where]).filter((part) => !left.has(part)));
}

function takeCategory(taken: Set<Predicate>): string | undefined {
  for (const part of taken) {
    const words = wordsOf(part);
    if (part.kind !== 'equals' || part.field !== categoryField || words?.length !== 1) continue;
    taken.delete(part);
    return String(words[0]);
  }
  return undefined;
}

function reasonOf({ test, spellings, because }: ReadyTest, taken: Set<Predicate>, byIndex: boolean): Reason {
  for (const [index, { key, effect }] of spellings.entries()) {
    const made = [...taken].find((part) => sayingOf(part) === key);
    if (made === undefined) continue;
    taken.delete(made);
    const kind = index === 0 ? 'test' : 'spelling';
    return { kind, test: spellPredicate(made), ...(effect && { effect, because }) };
  }
  const own = spellWords(test.field, test.is);
  if (byIndex) return { kind: 'index', test: own };
  const effect = test.missing === 'equivalent' ? undefined : test.missing;
  return { kind: 'missing', test: own, ...(effect && { effect }) };
}

function absorbedBy({ absorb }: ReadyRow, part: Predicate): Reason {
  const field = part.kind === 'equals' ? part.field : undefined;
  const test = absorb.find((one) => one.test.field === field)?.test;
  if (test === undefined) return { kind: 'absorbed', test: spellPredicate(part) };
  const { effect, because } = test;
  return { kind: 'absorbed', test: spellPredicate(part), because, ...(effect && { effect }) };
}
