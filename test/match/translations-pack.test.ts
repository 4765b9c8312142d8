import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { languages } from '../../src/languages/index.ts';
import type { LanguageId } from '../../src/languages/language.ts';
import { match } from '../../src/match/match.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { type CorpusFile, sigmaFiles, without } from '../support/corpus.ts';
import { bareEvent, saying } from '../support/log-sources.ts';
import { searchOf, sigmaEvent, type WindowsEvent } from '../support/recordings.ts';
import { translate } from '../support/translations.ts';
import { witnesses } from '../support/witnesses.ts';
import { differences } from './translation-differences.ts';
import { faultsIn, given } from './translation-judge.ts';

interface Candidate {
  readonly file: CorpusFile;
  readonly rule: Rule;
  readonly events: readonly WindowsEvent[];
}

/** Rules of Windows, each with events made up for it: those of its log source that it finds, or nearly does. */
const candidates: readonly Candidate[] = sigmaFiles().flatMap((file) => {
  if (/^sigma\/(?:deprecated|unsupported|rules-placeholder)\//.test(file.path)) return [];
  const outcome = read(file.text, { format: 'sigma' });
  const [rule, ...more] = outcome.ok ? outcome.value.rules : [];
  const bare = rule?.detection.kind === 'query' ? bareEvent(rule.logSource ?? {}) : undefined;
  if (rule === undefined || more.length > 0 || bare === undefined || asksForLists(rule)) return [];
  const events = witnesses(searchOf(rule)).flatMap((witness) => saying(bare, witness) ?? []);
  return [{ file, rule, events }];
});

/** Lists that the site fills in. */
function asksForLists(rule: Rule): boolean {
  return JSON.stringify(searchOf(rule)).includes('"placeholder"');
}

const targets = languages.map(({ id }) => id).filter((id) => id !== 'sigma' && id !== 'dsl');

describe.skipIf(without)('rules of Windows find the same in every language (set CORPUS to run)', () => {
  test('nearly all have events that they find, and events that they do not', () => {
    const found = candidates.map(({ rule, events }) => match(searchOf(rule), events.map(sigmaEvent)).length);
    const all = candidates.filter((_, index) => found[index] === candidates[index]!.events.length);
    const none = candidates.filter((_, index) => found[index] === 0);
    expect(none.length / candidates.length).toBeLessThan(0.02);
    expect(all.length).toBeLessThan(3);
  });

  const compared = comparedIn(targets);

  test.each(targets)('%s', { timeout: 300_000 }, (language) => {
    const { faults, count } = compared().get(language)!;
    expect(faults).toEqual([]);
    // Scripts of PowerShell are kept as words, which EQL does not test.
    if (language === 'eql') expect(count / candidates.length).toBeGreaterThan(0.92);
  });

  test('each reason for a difference is met with', () => {
    expect(differences.filter(({ why, isOfRecorded }) => !isOfRecorded && !given.has(why))).toEqual([]);
  });
});

interface Compared {
  readonly faults: readonly string[];
  /** Of so many rules. */
  readonly count: number;
}

/** All languages, rule by rule: what a rule finds, and how its events are stored, is the same for each of them. */
function comparedIn(languages: readonly LanguageId[]): () => ReadonlyMap<LanguageId, Compared> {
  let known: ReadonlyMap<LanguageId, Compared> | undefined;
  return () => {
    known ??= compare(languages);
    return known;
  };
}

function compare(languages: readonly LanguageId[]): ReadonlyMap<LanguageId, Compared> {
  const all = new Map(languages.map((language) => [language, { faults: [] as string[], count: 0 }]));
  for (const { file, rule, events } of candidates) {
    for (const [language, compared] of all) {
      const translation = translate(file, language, []);
      if (translation.query === undefined) continue;
      compared.count += 1;
      const found = faultsIn(events, rule, translation).map(({ store, what }) => `${store}: ${what}`);
      for (const fault of new Set(found)) compared.faults.push(`${basename(file.path, '.yml')} ${fault}`);
    }
  }
  return all;
}
