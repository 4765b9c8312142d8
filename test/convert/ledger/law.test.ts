import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { leavesOf } from '../../../src/convert/ledger/leaves.ts';
import { queryOf } from '../../../src/convert/ledger/located.ts';
import { parseText } from '../../../src/convert/parse-text.ts';
import {
  type ConvertedFile,
  convert,
  type FormatId,
  type LedgerEntry,
  ledgerOf,
} from '../../../src/index.ts';
import type { Rule } from '../../../src/rule/rule.ts';
import { type CorpusFile, elasticFiles, sigmaFiles, without } from '../../support/corpus.ts';

const pack = join(import.meta.dirname, '../../../rules');
const own = readdirSync(pack, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(toml|yml|ndjson)$/.test(name))
  .map((name): CorpusFile => ({ path: name, text: readFileSync(join(pack, name), 'utf8') }));

/** The keys of a file that say what is found: they are told of test by test, and as settings of the query. */
const asked = new Set([
  ...['query', 'language', 'type', 'threshold', 'new_terms', 'index', 'data_view_id'].map(
    (key) => `rule.${key}`,
  ),
  ...['detection', 'logsource', 'correlation', 'filter'],
]);

function keysIn({ path, text }: CorpusFile): readonly string[] {
  if (path.endsWith('.toml')) {
    return Object.entries(parseToml(text)).flatMap(([section, body]) =>
      section === 'rule' || section === 'metadata'
        ? Object.keys(body as object).map((key) => `${section}.${key}`)
        : [section],
    );
  }
  return !path.endsWith('.yml') || text.includes('\n---')
    ? []
    : Object.keys((parseYaml(text) ?? {}) as object);
}

/**
 * The guide that `[transform]` holds is read into the note. What travels is told by where it stands, and what the
 * build of Elastic's rules would not take as what it says: `saved_id`.
 */
function isWithin(path: string | undefined, key: string): boolean {
  if (key === 'transform') return path === 'rule.note';
  return (
    (key === 'rulecast' || key === 'metadata.extended') &&
    (path === 'rule.saved_id' || path?.includes('rulecast.') === true)
  );
}

function testsOf(rule: Rule): number {
  const query = queryOf(rule);
  try {
    return query ? leavesOf(parseText(query, () => {})).length : 0;
  } catch {
    return 0; // What can not be read has been told of.
  }
}

/** What is wrong with the ledgers of a file. */
function faultsOf(file: CorpusFile, to: FormatId): readonly string[] {
  // What proofs find is told with our own pack; over whole packs they take longer than all else here.
  const options = { to, today: '2026-01-01', prove: own.includes(file) } as const;
  const outcome = convert(file.text, options);
  if (!outcome.ok) return [];
  const { rules } = outcome.value;
  const known: ConvertedFile = { text: file.text, options, rules };
  return rules.flatMap((rule) => {
    const ledger = ledgerOf(rule, known);
    const isPart = rule.diagnostics.some(({ code }) => code === 'convert/part-of');
    return [
      ...findingsOnce(ledger, rule.diagnostics),
      ...(isPart ? [] : missing(file, rule.rule, rules.length, ledger)),
      ...strangePlaces(ledger, file.text, rule.text),
    ].map((fault) => `${file.path}: ${fault}`);
  });
}

function findingsOnce(ledger: readonly LedgerEntry[], findings: readonly unknown[]): readonly string[] {
  const told = ledger.flatMap((entry) => entry.findings);
  const isOnce = told.length === findings.length && findings.every((found) => told.includes(found as never));
  return isOnce ? [] : [`${findings.length} findings, of which ${told.length} are told`];
}

function missing(
  file: CorpusFile,
  rule: Rule,
  rules: number,
  ledger: readonly LedgerEntry[],
): readonly string[] {
  const paths = new Set(ledger.map(({ source }) => source?.path));
  const isTold = (key: string) => paths.has(key) || ledger.some(({ source }) => isWithin(source?.path, key));
  const keys = rules === 1 ? keysIn(file).filter((key) => !asked.has(key) && !isTold(key)) : [];
  const [tests, told] = [testsOf(rule), ledger.filter(({ kind }) => kind === 'test').length];
  return [
    ...keys.map((key) => `nothing of ${key}`),
    ...(told < tests ? [`${tests} tests, of which ${told} are told`] : []),
  ];
}

/** A place is within its text, and what is told of a test stands there. */
function strangePlaces(ledger: readonly LedgerEntry[], read: string, written: string): readonly string[] {
  const sides = ledger.flatMap(({ source, target }) => [
    ...(source?.places ?? []).map((place) => [read, place, source?.words] as const),
    ...(target?.places ?? []).map((place) => [written, place, undefined] as const),
  ]);
  return sides
    .filter(([text, { start, end }]) => start < 0 || end < start || end > text.length)
    .map(([, { start, end }, words]) => `no place ${start} to ${end} for ${words}`);
}

/** All of them where queries are translated; elsewhere each eighth says as much. */
const some = (files: readonly CorpusFile[], all: boolean) =>
  files.filter((_, index) => all || index % 8 === 0);

const targets = ['sigma', 'elastic', 'kibana', 'native'] as const;

describe.each(targets)(
  'all that a rule says, and all that is found about it, is in its ledger: to %s',
  (to) => {
    test('our own pack', () => {
      expect(own.length).toBeGreaterThan(20);
      expect(own.flatMap((file) => faultsOf(file, to))).toEqual([]);
    });

    test.skipIf(without)('rules of Elastic', () => {
      expect(some(elasticFiles(), to === 'sigma').flatMap((file) => faultsOf(file, to))).toEqual([]);
    });

    test.skipIf(without)('rules of Sigma', () => {
      expect(some(sigmaFiles(), to === 'elastic').flatMap((file) => faultsOf(file, to))).toEqual([]);
    });
  },
);
