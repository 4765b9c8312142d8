import type { Pack, Rule } from '../rule/rule.ts';
import { type Casting, languagesOf } from './cast.ts';
import { comesHome } from './origin.ts';
import { piecesOf } from './pieces.ts';

/** Finds a rule by what others may call it: its id, or its name. */
export type References = (name: string) => Rule | undefined;

type Table = ReadonlyMap<string, Rule | undefined>;

/** The rules of a text, and those of the run behind them. */
export function referencesTo(rules: readonly Rule[], others: References): References {
  const own = tableOf(rules);
  return (name) => (own.has(name) ? own.get(name) : others(name));
}

/** A run hands in the same rules for each of its files. */
const tables = new WeakMap<readonly Rule[], Table>();

/** The other rules of a run. */
export function referencesAmong(rules: readonly Rule[] = none): References {
  const table = tables.get(rules) ?? tableOf(rules);
  tables.set(rules, table);
  return (name) => table.get(name);
}

const none: readonly Rule[] = [];

function tableOf(rules: readonly Rule[]): Table {
  const table = new Map<string, Rule | undefined>();
  for (const rule of rules) {
    for (const key of [rule.id, rule.name]) {
      if (key === undefined) continue;
      const known = table.get(key);
      // What two rules are called, neither can be meant by, unless both ask the same.
      if (!table.has(key)) table.set(key, rule);
      else if (known && !asksTheSame(known, rule)) table.set(key, undefined);
    }
  }
  return table;
}

function asksTheSame(a: Rule, b: Rule): boolean {
  return a === b || (a.id === b.id && questionOf(a) === questionOf(b));
}

/** What a rule asks, as text; not where it stands. */
function questionOf({ logSource, detection }: Rule): string {
  return JSON.stringify([logSource, detection], (key, value) =>
    key === 'span' || key === 'parsed' ? undefined : value,
  );
}

export function referencesOf({ detection }: Rule, known: References): readonly Rule[] {
  if (detection.kind !== 'correlation') return [];
  return detection.rules.map((name) => known(name) as Rule);
}

/** The rules that a rule is made of: those of a correlation, and the pieces that will be one again. */
export function partsFor(rule: Rule, known: References, { target, options }: Casting): readonly Rule[] {
  if (rule.detection.kind === 'correlation' || target.id === 'sigma') return referencesOf(rule, known);
  const parts = piecesOf(rule, known);
  return parts.length > 0 && comesHome({ rule, parts }, languagesOf(target, options), options) ? parts : [];
}

/**
 * Rules that only serve another of their file: a correlation, unless it says `generate`, or one that they are pieces
 * of. Where the target has correlations they are rules like any other.
 */
export function partsOfOthers(pack: Pack, known: References, casting: Casting): ReadonlyMap<Rule, Rule> {
  const { target } = casting;
  if (target.id === 'sigma' || target.id === 'native') return new Map();
  const wholes = new Map(
    pack.rules.flatMap((rule) =>
      rule.detection.kind === 'correlation' && rule.detection.generate
        ? []
        : partsFor(rule, known, casting)
            .filter((part) => part !== undefined)
            .map((part) => [part, rule] as const),
    ),
  );
  return withoutRings(wholes);
}

/** Parts whose wholes lead to one that is written. Those that lead in a circle stand for themselves, and are refused. */
function withoutRings(wholes: ReadonlyMap<Rule, Rule>): ReadonlyMap<Rule, Rule> {
  const ends = new Map<Rule, boolean>();
  for (const part of wholes.keys()) {
    const way = new Set<Rule>();
    let at: Rule | undefined = part;
    while (at !== undefined && !ends.has(at) && !way.has(at)) {
      way.add(at);
      at = wholes.get(at);
    }
    const end = at === undefined || (ends.get(at) ?? false);
    for (const step of way) ends.set(step, end);
  }
  return new Map([...wholes].filter(([part]) => ends.get(part)));
}
