import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { printQuery } from '../../src/convert/print.ts';
import { Failure } from '../../src/diagnostic/attempt.ts';
import { languageOf } from '../../src/languages/index.ts';
import type { Language, LanguageId } from '../../src/languages/language.ts';
import { and, filter } from '../../src/query/build.ts';
import { normal, sameMeaning } from '../../src/query/normal.ts';
import type { Predicate, Query } from '../../src/query/query.ts';
import { fieldsOf, mapLeaves, mapPredicates } from '../../src/query/walk.ts';
import { cases, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';
import { searchOf } from '../support/recordings.ts';
import { agreeOn, witnesses } from '../support/witnesses.ts';

/** A detection of Sigma's, and what another converter makes of it. */
interface Forward {
  readonly id: string;
  readonly sigma: string;
  readonly expected?: readonly unknown[];
  /** Fields are renamed first, and tests are added. */
  readonly pipeline_name?: string;
}

/** Where that converter's text means another thing than the detection, in the words of what it does to a test. */
interface Fault {
  readonly why: string;
  readonly languages: readonly LanguageId[];
  readonly as: (leaf: Predicate) => Predicate;
}

const faults: readonly Fault[] = [
  {
    why: 'Expressions are taken over as they are: the whole value has to match them, and not any part of it.',
    languages: ['eql', 'lucene', 'esql'],
    as: (leaf) => (leaf.kind === 'regex' ? { ...leaf, flavour: 'lucene' } : leaf),
  },
  {
    why: 'Expressions are searched for without case, which counts in those of Sigma.',
    languages: ['eql'],
    as: (leaf) => (leaf.kind === 'regex' ? { ...leaf, caseSensitive: false } : leaf),
  },
  {
    why: 'Case counts, which it does not in Sigma.',
    languages: ['lucene', 'esql'],
    as: (leaf) =>
      leaf.kind === 'equals' || leaf.kind === 'free-text' ? { ...leaf, caseSensitive: true } : leaf,
  },
];

const sets: readonly (readonly [LanguageId, string])[] = [
  ['eql', 'sigma-eql-cases.jsonl'],
  ['lucene', 'sigma-lucene-cases.jsonl'],
  ['esql', 'sigma-esql-cases.jsonl'],
];

type Verdict = 'same' | 'same but for a fault' | 'refused' | 'unreadable' | 'different' | 'skipped';

/** How many of each, where it has been counted. What is skipped counts by the clock, or is no text. */
const verdictCounts: Partial<Record<LanguageId, Partial<Record<Verdict, number>>>> = {
  eql: { same: 10, 'same but for a fault': 1, skipped: 1 },
  lucene: { same: 2, 'same but for a fault': 20, different: 1 },
  esql: { same: 1, 'same but for a fault': 8, different: 3, skipped: 6 },
};

/** What a pipeline of theirs makes another thing than a name of. */
const changed: Readonly<Record<string, string>> = {
  'pysigma-es-lucene-047': 'one field is two there, either of which will do',
  'pysigma-es-esql-031': 'the number of an event is made a text',
  'pysigma-es-esql-032': 'a truth value is made a direction',
  'pysigma-es-esql-033': 'a truth value is made a direction',
};

describe.skipIf(without).each(sets)('what others write in %s (set CORPUS to run)', (id, file) => {
  const language = languageOf(id);
  test.skipIf(language === undefined)('means the same as what is written here, but for their faults', () => {
    const verdicts = new Map(cases<Forward>(file).map((one) => [one.id, verdictOn(one, language!)]));
    const different = [...verdicts].filter(([, verdict]) => verdict === 'different');
    expect(different.map(([one]) => one).filter((one) => changed[one] === undefined)).toEqual([]);
    expect(countsOf(verdicts.values())).toEqual(verdictCounts[id]);
  });
});

function verdictOn(row: Forward, language: Language): Verdict {
  const expected = textIn(row.expected?.[0]);
  const [rule, ...more] = must(read(row.sigma, { format: 'sigma' })).rules;
  // Counts go by the clock there.
  if (expected === undefined || more.length > 0) return 'skipped';
  const theirs = language.parse(expected);
  if (!theirs.ok) return 'unreadable';
  const search = searchOf(rule!);
  const named = (query: Query) =>
    row.pipeline_name === undefined ? query : inTheirNames(query, theirs.value);
  const ours = written(search, language);
  if (ours && isSame(named(ours), theirs.value)) return 'same';
  const faulty = written(withFaults(search, language.id), language);
  if (faulty && isSame(named(faulty), theirs.value)) return 'same but for a fault';
  return ours ? 'different' : 'refused';
}

/** A query of their own, or one within a search of Elasticsearch. */
function textIn(expected: unknown): string | undefined {
  if (typeof expected === 'string') return expected;
  const found = /"query_string":\{"query":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(expected) ?? '')?.[1];
  return found === undefined ? undefined : JSON.parse(found);
}

/** The query as it reads back from what is written here. */
function written(query: Query, language: Language): Query | undefined {
  try {
    return must(language.parse(printQuery(query, language, { to: 'elastic' }, () => {}).text));
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

function withFaults(query: Query, id: LanguageId): Query {
  const those = faults.filter(({ languages }) => languages.includes(id));
  return mapPredicates(query, (where) =>
    mapLeaves(where, (leaf) => those.reduce((changed, fault) => fault.as(changed), leaf)),
  );
}

/** By their shape, or by what they find in events that would tell them apart. Where they search is not asked. */
function isSame(a: Query, b: Query): boolean {
  const [left, right] = [alone(a), alone(b)];
  return left !== undefined && right !== undefined
    ? sameMeaning(left, right) || agreeOn(left, right, witnesses(left, right))
    : false;
}

/**
 * A query in the names of another: fields of which the same is asked are one, and what the other asks besides, of fields
 * that are none of these, is its log source.
 */
function inTheirNames(ours: Query, theirs: Query): Query {
  const asked = testsIn(theirs);
  const names = new Map<string, string>();
  for (const field of new Set(testsIn(ours).map((one) => one.field))) {
    const wanted = testsIn(ours).filter((one) => one.field === field);
    const fits = asked.filter((one) => wanted[0]!.what === one.what).map((one) => one.field);
    const name = fits.find((one) =>
      wanted.every(({ what }) => asked.some((other) => other.field === one && other.what === what)),
    );
    if (name !== undefined) names.set(field, name);
  }
  const renamed = mapPredicates(ours, (where) => mapLeaves(where, (leaf) => withField(leaf, names)));
  const own = new Set(names.values());
  const source = conjuncts(theirs).filter((part) => [...fieldsOf(part)].every((field) => !own.has(field)));
  return mapPredicates(renamed, (where) => and([where, ...source]));
}

function testsIn(query: Query): readonly { readonly field: string; readonly what: string }[] {
  const found: { field: string; what: string }[] = [];
  mapPredicates(normal(query), (where) =>
    mapLeaves(where, (leaf) => {
      if ('field' in leaf)
        found.push({ field: leaf.field, what: JSON.stringify({ ...leaf, field: '', span: undefined }) });
      return leaf;
    }),
  );
  return found;
}

function withField(leaf: Predicate, names: ReadonlyMap<string, string>): Predicate {
  return 'field' in leaf ? { ...leaf, field: names.get(leaf.field) ?? leaf.field } : leaf;
}

function conjuncts({ find }: Query): readonly Predicate[] {
  if (find.kind !== 'filter') return [];
  return find.where.kind === 'and' ? find.where.of : [find.where];
}

function alone({ find }: Query): Query | undefined {
  return find.kind === 'filter' ? filter(find.where) : undefined;
}

function countsOf<Word extends string>(words: Iterable<Word>): Partial<Record<Word, number>> {
  const counts: Partial<Record<Word, number>> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
