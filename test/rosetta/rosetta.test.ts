import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { type Translation, translate } from '../../src/convert/translate.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { languages } from '../../src/languages/index.ts';
import type { Language } from '../../src/languages/language.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import type { Types } from '../../src/match/predicate.ts';
import type { Query } from '../../src/query/query.ts';
import { must } from '../support/laws.ts';
import { type Idea, pages, type Said, saidOf } from '../support/rosetta.ts';

const ideas = pages.flatMap((page) =>
  page.ideas.map((idea) => [`${page.title}: ${idea.idea}`, idea] as const),
);

test('every idea has a name of its own, is said or can not be said in every language, and has events', () => {
  expect(new Set(ideas.map(([name]) => name)).size).toBe(ideas.length);
  for (const [name, idea] of ideas) {
    expect([name, Object.keys(idea.say).sort()]).toEqual([name, languages.map(({ id }) => id).sort()]);
    expect([name, eventsOf(idea).length > 1]).toEqual([name, true]);
  }
});

test('the manual is made from the table as it is', () => {
  const root = join(import.meta.dirname, '../..');
  const { stdout } = spawnSync(process.execPath, [join(root, 'scripts/rosetta.mjs'), '--print'], {
    encoding: 'utf8',
  });
  expect(readFileSync(join(root, 'docs/rosetta.md'), 'utf8') === stdout).toBe(true);
});

describe.each(ideas)('%s', (_, idea) => {
  for (const language of languages) {
    const saying = idea.say[language.id];
    const said = saidOf(saying);
    if (said) {
      test(`${language.id} finds the same events`, () => {
        for (const text of [said.says, ...(said.also ?? [])]) {
          const finds = found(must(language.parse(text)), idea);
          expect([text, inOrder(finds, idea, language)]).toEqual([
            text,
            inOrder(expected(idea, said), idea, language),
          ]);
        }
      });
      test(`${language.id} is written so, and tells what it does not say`, () => {
        const { text, diagnostics } = written(idea, language);
        expect(plain(text, language)).toBe(plain(said.says, language));
        const losses = new Set(diagnostics.filter(isLoss).map(({ code }) => code));
        expect([...losses]).toEqual(said.but === undefined ? [] : [said.but]);
      });
    } else if (typeof saying === 'object' && 'cannot' in saying) {
      test(`${language.id} has no words for it`, () => {
        const { fidelity, diagnostics } = written(idea, language);
        expect(fidelity).toBe('refused');
        expect(diagnostics.map(({ code }) => code)).toContain(saying.cannot);
      });
    }
  }
});

function isLoss({ effect }: Diagnostic): boolean {
  return effect !== undefined && effect !== 'dropped';
}

/** An idea means what the first language says that says it. */
function written({ say, facts = {} }: Idea, to: Language): Translation {
  const [from, saying] = Object.entries(say)[0]!;
  const types = Object.fromEntries(
    Object.entries(facts).flatMap(([field, { type }]) => (type ? [[field, type]] : [])),
  );
  return must(translate(saidOf(saying)!.says, { from, to: to.id, types }));
}

/** Lines are broken for the eye alone. */
function plain(text: string, { id }: Language): string {
  if (id === 'dsl') return JSON.stringify(JSON.parse(text));
  return text.trim().replace(/\s*\n\s*/g, ' ');
}

function eventsOf({ matches = [], misses = [], events }: Idea): readonly Event[] {
  return events ?? [...matches, ...misses];
}

function found(query: Query, idea: Idea): readonly (readonly number[])[] {
  const types: Types = new Map(
    Object.entries(idea.facts ?? {}).flatMap(([field, { type }]) => (type ? [[field, type]] : [])),
  );
  return match(query, eventsOf(idea), { types }).map(({ events }) => events);
}

/** In which order events are given, the first language may say; the others have none. */
function inOrder(finds: readonly (readonly number[])[], { say }: Idea, { id }: Language) {
  return Object.keys(say)[0] === id ? finds : [...finds].sort(([a = 0], [b = 0]) => a - b);
}

function expected(idea: Idea, { differs = [] }: Said): readonly (readonly number[])[] {
  if (idea.finds) return idea.finds;
  const matching = idea.matches?.length ?? 0;
  const isFound = eventsOf(idea).map((_, index) => index < matching !== differs.includes(index));
  return isFound.flatMap((one, index) => (one ? [[index]] : []));
}
