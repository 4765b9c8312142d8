import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { languages } from '../../src/languages/index.ts';
import type { Language, PrintOptions } from '../../src/languages/language.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import type { Types } from '../../src/match/predicate.ts';
import type { Query } from '../../src/query/query.ts';
import { failsWith, must } from '../support/laws.ts';
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
  const printing = printingOf(idea);
  for (const language of languages) {
    const saying = idea.say[language.id];
    const said = saidOf(saying);
    if (said) {
      test(`${language.id} finds the same events`, () => {
        for (const text of [said.says, ...(said.also ?? [])]) {
          expect([text, found(must(language.parse(text)), idea)]).toEqual([text, expected(idea, said)]);
        }
      });
      test(`${language.id} is written so`, () =>
        expect(written(idea, language, printing)).toBe(plain(said.says)));
      test(`${language.id} tells what it does not say`, () => {
        const outcome = language.print(meant(idea), printing);
        const losses = outcome.diagnostics.filter((one) => one.effect !== undefined).map(({ code }) => code);
        expect(losses).toEqual(said.but === undefined ? [] : losses.filter((code) => code === said.but));
        expect(losses.length > 0).toBe(said.but !== undefined);
      });
    } else if (typeof saying === 'object' && 'cannot' in saying) {
      test(`${language.id} has no words for it`, () => {
        expect(failsWith(language.print(meant(idea), printing))).toContain(saying.cannot);
      });
    }
  }
});

/** The tree of an idea is that of the first language that says it. */
function meant({ say }: Idea): Query {
  for (const [id, saying] of Object.entries(say)) {
    const said = saidOf(saying);
    const language = languages.find((one) => one.id === id);
    if (said && language) return must(language.parse(said.says));
  }
  throw new Error('An idea that no language says is none.');
}

function printingOf({ facts }: Idea): PrintOptions {
  return facts ? { factsOf: (field) => facts[field] ?? {} } : {};
}

function written(idea: Idea, language: Language, printing: PrintOptions): string {
  return plain(must(language.print(meant(idea), printing)));
}

/** Lines are broken for the eye alone, but in YAML. */
function plain(text: string): string {
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

function expected(idea: Idea, { differs = [] }: Said): readonly (readonly number[])[] {
  if (idea.finds) return idea.finds;
  const matching = idea.matches?.length ?? 0;
  const isFound = eventsOf(idea).map((_, index) => index < matching !== differs.includes(index));
  return isFound.flatMap((one, index) => (one ? [[index]] : []));
}
