import { renameField, renameFields, renameOperand } from '../../mapping/fields.ts';
import type { Way } from '../../mapping/lookup.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Renaming } from '../../mapping/telling.ts';
import { retyped } from '../../mapping/types.ts';
import { always, and, never, or } from '../../query/build.ts';
import { normalPredicate, spell } from '../../query/normal.ts';
import type { Operand, Predicate, Query } from '../../query/query.ts';
import { isFieldTest, mapLeaves, mapParts } from '../../query/walk.ts';
import { keysOf } from '../keys.ts';
import type { Question } from '../question.ts';
import { asking, keysByStep, renamedKeys } from '../taxonomy.ts';
import type { PartTrace, Trace } from './trace.ts';

/** The way back from where a question went, with what was said of it on the way there. */
export interface WayBack {
  readonly trace: Trace;
  readonly mapping: Mapping;
  /** The question as it was read. */
  readonly asked: Question;
  /** What tests have become that would come back as what they only come near to; they keep their names. */
  readonly apart: ReadonlySet<string>;
  /** Told of every test of what was written, what it is called back, and whether a row says that this is the same. */
  readonly came?: (part: number, test: Predicate, home: Predicate, isSame: boolean) => void;
}

/** A query in the other names, by those of what was read; log sources are as they were found there. */
export function queryBack(query: Query, back: WayBack, comparesWords?: true): Query {
  const { trace, mapping } = back;
  const renamed = mapParts(query, ({ category, where }, index) => {
    const part = trace.parts[index] ?? noPart;
    const typed = normalPredicate(trace.way === 'toEcs' ? retyped(where, mapping, comparesWords) : where);
    const renaming = renamingBack(back, part, index, typed);
    return {
      category,
      where: predicateBack(typed, part, renaming, back.apart),
      key: (operand) => renameOperand(operand, renaming),
    };
  });
  const homes = trace.parts.map((part, index) => {
    const renaming = renamingBack(back, part, index, always);
    return (key: Operand) => renameOperand(key, renaming);
  });
  return renamedKeys(keysByStep(renamed, homes), renamingBack(back, trace.parts[0] ?? noPart, 0, always));
}

/** The keys of a query that was read, by the names that they come back by. */
export function withKeysBack(query: Query, back: WayBack): Query {
  const { trace } = back;
  const ways = trace.parts.map((part, index) => ({
    there: renamingBack(back, part, index, always, trace.way),
    home: renamingBack(back, part, index, always),
  }));
  const called = ways.map(
    ({ there, home }) =>
      (key: Operand) =>
        renameOperand(renameOperand(key, there), home),
  );
  const parts = mapParts(query, ({ category, where }, index) => {
    const key = called[index];
    return { category, where, ...(key && { key }) };
  });
  const [first] = ways;
  const asked = keysByStep(parts, called);
  return first ? renamedKeys(renamedKeys(asked, first.there), first.home) : asked;
}

/** What each key of a query that was read is called where both sides have the same names; only those that differ. */
export function keysCalled(query: Query, back: WayBack): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  back.trace.parts.forEach((part, index) => {
    const there = renamingBack(back, part, index, always, back.trace.way);
    const home = renamingBack(back, part, index, always);
    for (const field of keysOf(query)) {
      const name = renameField(renameField(field, there), home);
      if (name !== field) found.set(field, name);
    }
  });
  return found;
}

const noPart: PartTrace = { source: {}, tests: [], kept: new Set(), without: new Set() };

/** How the fields of a part are called back; `way` is the way there where keys are followed on it. */
export function renamingBack(
  { trace, mapping, asked, came }: WayBack,
  part: PartTrace,
  index: number,
  where: Predicate,
  way: Way = trace.way === 'toEcs' ? 'toSigma' : 'toEcs',
): Renaming {
  const { keepsNames, piped } = asked;
  const written = piped?.parts[index]?.written;
  return {
    mapping,
    logSource: part.source,
    way,
    around: asking(where),
    report: () => {},
    keepsNames,
    final: new Set([...part.kept, ...trace.kept, ...(piped?.final ?? [])]),
    ...(came && watching((test, home, isSame) => came(index, test, home, isSame))),
    ...(written && { written }),
  };
}

function watching(
  told: (test: Predicate, home: Predicate, isSame: boolean) => void,
): Pick<Renaming, 'used' | 'became'> {
  let isSame = true;
  return {
    used: ({ effect }) => {
      if (effect !== undefined) isSame = false;
    },
    became: (test, home) => {
      told(test, home, isSame);
      isSame = true;
    },
  };
}

/**
 * A predicate by the names of what was read. Tests of what the other side has no values for never hold there; what an
 * approximation has become keeps its name where it would come back as what it stands for.
 */
export function predicateBack(
  where: Predicate,
  part: PartTrace,
  renaming: Renaming,
  apart: ReadonlySet<string> = noTests,
): Predicate {
  const staying: Predicate[] = [];
  const stay = (leaf: Predicate): Predicate => ({
    kind: 'opaque',
    language: '',
    text: String(staying.push(leaf) - 1),
  });
  const split = mapLeaves(where, (leaf) => {
    if (isFieldTest(leaf) && part.without.has(leaf.field)) return asksForNone(leaf) ? always : never;
    return apart.size === 0
      ? splitUp(leaf)
      : mapLeaves(splitUp(leaf), (one) => (apart.has(spelled(one)) ? stay(one) : one));
  });
  const renamed = renameFields(split, renaming);
  if (staying.length === 0) return renamed;
  return mapLeaves(renamed, (leaf) =>
    leaf.kind === 'opaque' && leaf.language === '' ? staying[Number(leaf.text)]! : leaf,
  );
}

const noTests: ReadonlySet<string> = new Set();

function asksForNone(leaf: Predicate): boolean {
  return leaf.kind === 'equals' && leaf.values.includes(null);
}

/** A test of several values as tests of one each: some may have come from elsewhere than others. */
export function splitUp(leaf: Predicate): Predicate {
  switch (leaf.kind) {
    case 'equals':
      return joined(
        leaf.quantifier,
        leaf.values.map((value) => ({ ...leaf, values: [value] })),
      );
    case 'regex':
      return joined(
        leaf.quantifier,
        leaf.patterns.map((one) => ({ ...leaf, patterns: [one] })),
      );
    default:
      return leaf;
  }
}

function joined(quantifier: 'any' | 'all', tests: readonly Predicate[]): Predicate {
  return quantifier === 'any' ? or(tests) : and(tests);
}

/** Equal for tests that ask the same. */
export function spelled(where: Predicate): string {
  return spell(normalPredicate(where));
}
