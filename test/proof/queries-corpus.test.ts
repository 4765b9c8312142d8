import { describe, expect, test } from 'vitest';

import { read, write } from '../../src/convert/convert.ts';
import { matcher } from '../../src/convert/matcher.ts';
import { languageOf } from '../../src/languages/index.ts';
import { match } from '../../src/match/match.ts';
import { compareQueries } from '../../src/proof/compare-queries.ts';
import type { Query } from '../../src/query/query.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { type CorpusFile, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';
import { changes } from '../support/query-changes.ts';

interface Asked {
  readonly path: string;
  readonly query: Query;
  /** The same as it reads back from what is written. */
  readonly again: Query | undefined;
}

/** What the rules of a file ask of several events. */
function* askedIn({ path, text }: CorpusFile, format: 'elastic' | 'sigma'): Generator<Asked> {
  const pack = read(text, { format });
  if (!pack.ok) return;
  const { rules } = pack.value;
  const back = write(pack.value, { format });
  const reread = back.ok ? read(back.value, { format }) : undefined;
  for (const [at, rule] of rules.entries()) {
    const query = queryOf(rule, rules);
    if (query === undefined || isSingle(query)) continue;
    const others = reread?.ok ? reread.value.rules : [];
    yield { path, query, again: reprinted(rule) ?? (others[at] && queryOf(others[at], others)) };
  }
}

function queryOf(rule: Rule, references: readonly Rule[]): Query | undefined {
  const outcome = matcher(rule, { references });
  return outcome.ok ? outcome.value.query : undefined;
}

function isSingle({ find, stages }: Query): boolean {
  return find.kind === 'filter' && stages.every(({ kind }) => kind !== 'aggregate');
}

/** The text of a query, printed anew and read again. */
function reprinted({ detection }: Rule): Query | undefined {
  if (detection.kind !== 'query' || detection.query?.language !== 'eql') return undefined;
  const eql = languageOf('eql')!;
  return must(eql.parse(must(eql.print(must(eql.parse(detection.query.text))))));
}

/** Changes that make no difference, or one that is not shown, by the beginning of the rule's file and the change. */
const unseen: readonly (readonly [file: string, change: string, why: string])[] = [
  ['discovery_net_share_discovery', 'steps swapped', 'Both steps ask the same.'],
  ['discovery_file_dir_discovery', 'steps swapped', 'Both steps ask the same.'],
  ['persistence_mfa_deactivation', 'until added', 'Of one event and a missing one an until ends nothing.'],
  [
    'dns_query_win_possible_dns_rebinding',
    '',
    'It asks that something is so and is not so, and never finds anything.',
  ],
  ['win_taskscheduler_rare', '', 'Less than so many is found from the first event on, whatever comes later.'],
];

function isUnseen(file: string, change: string): boolean {
  return unseen.some(([start, name]) => file.startsWith(start) && change.startsWith(name));
}

describe.skipIf(without)('what the rules of the corpus ask of several events (set CORPUS to run)', () => {
  const all = [
    ...elasticFiles().flatMap((file) => [...askedIn(file, 'elastic')]),
    ...sigmaFiles().flatMap((file) => [...askedIn(file, 'sigma')]),
  ];

  test('is equal to itself as it reads back', () => {
    expect(all.length).toBeGreaterThan(100);
    const different = all.flatMap(({ path, query, again }) => {
      const relation = again && compareQueries(query, again).relation;
      return relation === 'equal' ? [] : [`${path} ${relation}`];
    });
    expect(different).toEqual([]);
  });

  test('is told from every deliberate change of it by a stream', { timeout: 300_000 }, () => {
    const counts = new Map<string, { changed: number; shown: number }>();
    const missed: string[] = [];
    let [asked, unknown] = [0, 0];
    for (const { path, query } of all) {
      for (const [name, change] of Object.entries(changes)) {
        const other = change(query);
        if (other === undefined) continue;
        const { relation, counterexamples } = compareQueries(query, other);
        const count = counts.get(name) ?? { changed: 0, shown: 0 };
        const isShown = counterexamples.length > 0;
        counts.set(name, { changed: count.changed + 1, shown: count.shown + (isShown ? 1 : 0) });
        const file = path.slice(path.lastIndexOf('/') + 1);
        if (!isShown && !isUnseen(file, name)) missed.push(`${file} ${name}: ${relation}`);
        if (relation === 'unknown') unknown += 1;
        asked += 1;
        for (const { matches, events } of counterexamples) {
          const found = [query, other].map((one) => match(one, events).length > 0);
          expect(found).toEqual([matches === 'first', matches === 'second']);
        }
      }
    }
    expect(missed).toEqual([]);
    expect(unknown / asked).toBeLessThan(0.02);
    expect([...counts.values()].every(({ shown }) => shown > 0)).toBe(true);
    expect(counts.size).toBeGreaterThan(20);
  });
});
