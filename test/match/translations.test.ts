import { describe, expect, test } from 'vitest';
import type { Fidelity } from '../../src/convert/fidelity.ts';
import { languages } from '../../src/languages/index.ts';
import type { LanguageId } from '../../src/languages/language.ts';
import { fieldsOfQuery } from '../../src/query/fields.ts';
import { without } from '../support/corpus.ts';
import { mutantsOf } from '../support/mutants.ts';
import { type Recording, recordings, searchOf } from '../support/recordings.ts';
import { type Translation, translate } from '../support/translations.ts';
import { differences } from './translation-differences.ts';
import { faultsIn, given } from './translation-judge.ts';

const all = recordings();
const targets = languages.map(({ id }) => id).filter((id) => id !== 'sigma' && id !== 'dsl');

/** How the rules fared, by language: by default, and with the leave to match less, and more. */
const fared: Partial<Record<LanguageId, readonly Partial<Record<Fidelity, number>>[]>> = {
  eql: [
    { equivalent: 97, narrower: 1 },
    { equivalent: 97, narrower: 1 },
    { equivalent: 97, narrower: 1 },
  ],
  kuery: [{ refused: 98 }, { narrower: 74, refused: 24 }, { narrower: 74, approximate: 24 }],
  lucene: [
    { equivalent: 97, narrower: 1 },
    { equivalent: 97, narrower: 1 },
    { equivalent: 97, narrower: 1 },
  ],
  esql: [{ narrower: 98 }, { narrower: 98 }, { narrower: 98 }],
};

const leaves = [[], ['narrower'], ['narrower', 'broader']] as const;

describe.skipIf(without).each(targets)('rules of Sigma in %s (set CORPUS to run)', (language) => {
  test('are written, or refused, as often as this', () => {
    const counts = leaves.map((allow) =>
      countsOf(all.map(({ file }) => translate(file, language, allow).fidelity)),
    );
    expect(counts).toEqual(fared[language]);
    for (const count of counts) expect(sumOf(count)).toBe(all.length);
  });

  const written = all.flatMap((recording) => {
    const tried = leaves.map((allow) => translate(recording.file, language, allow));
    const translation = tried.find(({ query }) => query !== undefined);
    return translation ? [{ recording, translation }] : [];
  });

  test.each(written.map((one) => [one.recording.name, one] as const))(
    '%s finds what the rule finds, and nothing else',
    (_, { recording, translation }) => {
      expect(faultsOf(recording, translation)).toEqual([]);
    },
  );
});

describe.skipIf(without)('reasons for a difference', () => {
  test('are met with', () => {
    expect(differences.filter(({ why, isOfRecorded }) => isOfRecorded && !given.has(why))).toEqual([]);
  });
});

/** Where the translation finds another thing than its rule, in what was recorded and in what is close to it. */
function faultsOf({ rule, events }: Recording, translation: Translation): readonly string[] {
  const tested = fieldsOfQuery(searchOf(rule)) ?? [];
  const all = events.flatMap((event, index) => [
    { event, change: 'as it is' },
    ...mutantsOf(event, tested, index),
  ]);
  const faults = faultsIn(
    all.map(({ event }) => event),
    rule,
    translation,
  );
  return faults.map(({ store, index, what }) => `${store} ${all[index]!.change}: ${what}`);
}

function countsOf(words: readonly Fidelity[]): Partial<Record<Fidelity, number>> {
  const counts: Partial<Record<Fidelity, number>> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function sumOf(counts: Partial<Record<Fidelity, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
