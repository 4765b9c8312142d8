import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { languages } from '../../src/languages/index.ts';
import type { Language } from '../../src/languages/language.ts';
import { told } from '../support/outcome.ts';
import { chance, oneOf } from '../support/places.ts';

/** Another one each time; a run is repeated with FUZZ_SEED. */
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
/** Milliseconds for all languages together; FUZZ_MS gives it more. */
const budget = Number(process.env['FUZZ_MS'] ?? 4_000);

/** The queries of a language's own sample file, between empty lines or one a line. */
function samplesOf({ id }: Language): readonly string[] {
  const folder = join(import.meta.dirname, id === 'kuery' ? 'kql' : id);
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => /^(?:identity|samples)\./.test(name))
    : [];
  const texts = names.map((name) => readFileSync(join(folder, name), 'utf8').trimEnd());
  return texts.flatMap((text) => text.split(/\n\n|^---\n/m).flatMap((part) => [part, ...part.split('\n')]));
}

/** What breaks readers of many languages. */
const pieces = [
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '`',
    '\\',
    '/',
    '*',
    '?',
    '~',
    '^',
    '%',
    '&',
    '!',
    '|',
    ':',
    ',',
    '-',
    '<',
    '=',
  ],
  ...[' ', '\n', '\t', '\r\n', '\u0000', '\u00a0', '\u2028', '\ud800', '🔥', 'İ'],
  ...[
    'not ',
    ' and ',
    ' or ',
    'NOT ',
    ' AND ',
    'a:',
    'a:(',
    'a == ',
    '{"a":',
    '[{',
    '"\\',
    '"""',
    '/*',
    '//',
    '\\u',
    '\\(',
    '![',
    '&&',
  ],
  ...[
    '- ',
    'a: b\n',
    '  ',
    '#',
    '*a',
    '&a ',
    '*?',
    '0',
    '9',
    '1e',
    '-1',
    '::',
    'x',
    '__proto__',
    'constructor',
    ' | ',
    '[a TO ',
    '~1',
    '?x',
  ],
];

/** A text of anything, or a query with something in it changed. */
function anyText(samples: readonly string[], random: () => number): string {
  const kind = random();
  if (kind < 0.15 || samples.length === 0)
    return repeated(40, () => String.fromCharCode(random() * 0x250), random);
  if (kind < 0.3) return repeated(30, () => oneOf(pieces, random), random);
  let text = oneOf(samples, random);
  for (let changes = 1 + random() * 3; changes > 0; changes -= 1) text = changed(text, samples, random);
  return text;
}

function repeated(most: number, piece: () => string, random: () => number): string {
  return Array.from({ length: Math.floor(random() * most) }, piece).join('');
}

function changed(text: string, samples: readonly string[], random: () => number): string {
  const [from, length] = [Math.floor(random() * (text.length + 1)), Math.floor(random() * 6)];
  const [before, cut, after] = [
    text.slice(0, from),
    text.slice(from, from + length),
    text.slice(from + length),
  ];
  const other = oneOf(samples, random);
  return oneOf(
    [
      () => before + after,
      () => before + oneOf(pieces, random) + cut + after,
      () => before + cut + cut + after,
      () => before + other.slice(Math.floor(random() * other.length)),
      () => before + after.slice(Math.floor(random() * after.length)) + cut,
    ],
    random,
  )();
}

/** What is wrong with what became of a text: nothing, if it is a tree that can be printed or refused, or a finding. */
function faultIn(language: Language, text: string): string {
  const outcome = language.parse(text);
  if (!outcome.ok && outcome.diagnostics.length === 0) return 'It failed without a reason.';
  const findings = outcome.diagnostics.map((found) => told(found, text));
  if (!outcome.ok) return findings.join('');
  const printed = language.print(outcome.value);
  if (!printed.ok)
    return printed.diagnostics.length === 0 ? 'It was not printed, without a reason.' : findings.join('');
  const again = language.parse(printed.value);
  return again.ok
    ? findings.join('')
    : `It was printed as ${printed.value}, which is not read: ${again.diagnostics[0]?.message}`;
}

describe(`any text at all has an outcome (FUZZ_SEED=${seed})`, () => {
  test.each(languages.map((language) => [language.id, language] as const))('%s', (_, language) => {
    const random = chance(seed);
    const samples = samplesOf(language);
    const end = performance.now() + budget / languages.length;
    let texts = 0;
    while (performance.now() < end) {
      const text = anyText(samples, random);
      texts += 1;
      expect(faultIn(language, text), `FUZZ_SEED=${seed}: ${JSON.stringify(text)}`).toBe('');
    }
    expect(texts).toBeGreaterThan(20);
  });
});

/** Milliseconds of this process, the best of some, since others may keep it waiting. */
function timeOf(work: () => void, times = 3): number {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1_000);
  }
  return best;
}

/** A text that is longer than anybody's query, and as fast as this, needs no second look. */
const [long, soon] = [20_000, 100];

/** How the time grows when a text doubles; 1 where there is hardly any. */
function growth(language: Language, before: string, piece: string, enough = soon): number {
  const read = (length: number) => () => {
    const outcome = language.parse(before + piece.repeat(Math.ceil(length / piece.length)));
    if (outcome.ok) language.print(outcome.value);
  };
  if (timeOf(read(long), 1) < enough || timeOf(read(long)) < enough) return 1;
  return timeOf(read(2 * long), 2) / timeOf(read(long), 2);
}

/** The growth of one text; a second look before anything is said, as the machine may have been busy. */
function grows(language: Language, before: string, piece: string): boolean {
  return growth(language, before, piece) > 3 && growth(language, before, piece) > 3;
}

describe(`twice the text takes about twice the time (FUZZ_SEED=${seed})`, () => {
  test.each(languages.map((language) => [language.id, language] as const))(
    '%s',
    (_, language) => {
      const random = chance(seed);
      const [whole = ''] = samplesOf(language);
      const befores = ['', `${whole} `, whole.slice(0, whole.length / 2)];
      const end = performance.now() + (2 * budget) / languages.length;
      for (let tried = 0; tried < 20 || performance.now() < end; tried += 1) {
        const [before, piece] = [oneOf(befores, random), oneOf(pieces, random)];
        const hostile = random() < 0.5 ? piece : piece + oneOf(pieces, random);
        const text = `FUZZ_SEED=${seed}: ${JSON.stringify(before)} and ${JSON.stringify(hostile)} again and again`;
        expect(grows(language, before, hostile), text).toBe(false);
      }
    },
    60_000,
  );

  test('which a reader that looks back at all it has read does not', () => {
    const [kind] = languages;
    const parse: Language['parse'] = (text) => {
      let sum = 0;
      for (let at = 0; at < text.length; at += 1) {
        for (let back = 0; back < at; back += 4) sum ^= text.charCodeAt(back);
      }
      if (sum === -1) throw new Error(text);
      return { ok: false, diagnostics: [] };
    };
    // On a busy machine the short text may have had to wait.
    const looks = [1, 2, 3].map(() => growth({ ...kind!, parse }, '', 'x', 0));
    expect(Math.max(...looks)).toBeGreaterThan(3);
  });
});
