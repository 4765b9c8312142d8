import { describe, expect, test } from 'vitest';
import type { Fidelity } from '../../src/convert/fidelity.ts';
import { languages } from '../../src/languages/index.ts';
import type { LanguageId } from '../../src/languages/language.ts';
import { match } from '../../src/match/match.ts';
import { fieldsOfQuery } from '../../src/query/fields.ts';
import type { Query } from '../../src/query/query.ts';
import { without } from '../support/corpus.ts';
import { ecsEvent, type Store } from '../support/ecs-event.ts';
import { type Mutant, mutantsOf } from '../support/mutants.ts';
import {
  type Recording,
  recordings,
  searchOf,
  sigmaEvent,
  type WindowsEvent,
} from '../support/recordings.ts';
import { translate } from '../support/translations.ts';
import { differences } from './translation-differences.ts';

const all = recordings();
const targets = languages.map(({ id }) => id).filter((id) => id !== 'sigma' && id !== 'dsl');

/** How the rules fared, by language: by default, and with the leave to match less, and more. */
const fared: Partial<Record<LanguageId, readonly Partial<Record<Fidelity, number>>[]>> = {
  eql: [{ equivalent: 98 }, { equivalent: 98 }, { equivalent: 98 }],
};

/** Reasons that were given for a difference. */
const given = new Set<string>();

const leaves = [[], ['narrower'], ['narrower', 'broader']] as const;

describe.skipIf(without).each(targets)('rules of Sigma in %s (set CORPUS to run)', (language) => {
  test('are written, or refused, as often as this', () => {
    const counts = leaves.map((allow) =>
      countsOf(all.map(({ file }) => translate(file, language, allow).fidelity)),
    );
    if (fared[language]) expect(counts).toEqual(fared[language]);
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
      const { query, fidelity, stores } = translation;
      const found = stores.flatMap((store) => faultsOf(recording, query!, fidelity, store));
      expect(found).toEqual([]);
    },
  );
});

describe.skipIf(without)('what tells stores apart', () => {
  test('is all met with', () => {
    expect([...given].sort()).toEqual(differences.map(({ why }) => why).sort());
  });
});

/** Where a translation finds another thing than its rule, and neither its grade nor its store allows for it. */
function faultsOf(recording: Recording, query: Query, fidelity: Fidelity, store: Store): readonly string[] {
  const rule = searchOf(recording.rule);
  const fields = fieldsOfQuery(rule) ?? [];
  const faults: string[] = [];
  for (const [index, original] of recording.events.entries()) {
    for (const { event, change } of [unchanged(original), ...mutantsOf(original, fields, index)]) {
      const stored = ecsEvent(event, store);
      if (stored === undefined) continue;
      const wanted = match(rule, [sigmaEvent(event)]).length > 0;
      const isFound = match(query, [stored]).length > 0;
      if (isAllowed(fidelity, wanted, isFound)) continue;
      const why = reasonFor(event, fields, store, wanted);
      if (why === undefined) faults.push(`${store} ${index} ${change}: ${wanted ? 'missed' : 'found'}`);
      else given.add(why);
    }
  }
  return faults;
}

const unchanged = (event: WindowsEvent): Mutant => ({ event, change: 'as it is' });

function isAllowed(fidelity: Fidelity, wanted: boolean, isFound: boolean): boolean {
  if (wanted === isFound || fidelity === 'approximate') return true;
  return fidelity === (wanted ? 'narrower' : 'broader');
}

function reasonFor(event: WindowsEvent, fields: readonly string[], store: Store, wanted: boolean) {
  return differences.find(
    (one) => (one.store ?? store) === store && (one.wanted ?? wanted) === wanted && one.holds(event, fields),
  )?.why;
}

function countsOf(words: readonly Fidelity[]): Partial<Record<Fidelity, number>> {
  const counts: Partial<Record<Fidelity, number>> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function sumOf(counts: Partial<Record<Fidelity, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
