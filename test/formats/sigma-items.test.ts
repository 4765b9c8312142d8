import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sigma } from '../../src/formats/sigma/index.ts';
import { must } from '../support/laws.ts';

/** A list of words as people lay it out in YAML. */
const layouts: Record<string, (words: readonly string[]) => string> = {
  'a line each': (words) => `\n${words.map((word) => `    - ${word}\n`).join('')}`,
  'at the margin': (words) => `\n${words.map((word) => `- ${word}\n`).join('')}`,
  'a line each, in quotes': (words) => `\n${words.map((word) => `  - '${word}'\n`).join('')}`,
  'a line each, with comments': (words) =>
    `\n${words.map((word) => `  - "${word}" # about ${word}\n`).join('')}`,
  'in brackets': (words) => ` [${words.join(', ')}]\n`,
  'in brackets, in quotes': (words) => ` [ ${words.map((word) => `'${word}'`).join(' , ')} ]\n`,
  'in brackets, a line each': (words) =>
    ` [\n${words.map((word) => `    ${word}, # ${word}\n`).join('')}    ]\n`,
};

function ruleWith(references: string): string {
  return `title: A\nreferences:${references}logsource:\n    product: windows\ndetection:\n    s:\n        a: b\n    condition: s\n`;
}

function withReferences(text: string, references: readonly string[]): string {
  const pack = must(sigma.read(text));
  return must(sigma.write({ ...pack, rules: [{ ...pack.rules[0]!, references }] }, { onto: text }));
}

const word = fc.constantFrom('aa', 'bb', 'cc', 'dd', 'e, [f]: #g', "it's");
const known = fc.uniqueArray(fc.constantFrom('aa', 'bb', 'cc', 'dd', 'ee'), { minLength: 1, maxLength: 5 });

describe.each(Object.entries(layouts))('a list laid out %s', (_, layOut) => {
  test('says what it is to say', () => {
    fc.assert(
      fc.property(known, fc.array(word, { minLength: 1, maxLength: 6 }), (before, after) => {
        const text = ruleWith(layOut(before));
        const said = withReferences(text, after);
        expect(must(sigma.read(said)).rules[0]!.references).toEqual(after);
        expect(said.startsWith('title: A\nreferences:')).toBe(true);
        expect(said.endsWith(text.slice(text.indexOf('logsource:')))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('gives the lines of what stays back as they were', () => {
    fc.assert(
      fc.property(known, fc.infiniteStream(fc.boolean()), (before, coins) => {
        const after = before.filter(() => coins.next().value);
        if (after.length === 0) return;
        expect(withReferences(ruleWith(layOut(before)), after)).toBe(ruleWith(layOut(after)));
      }),
      { numRuns: 100 },
    );
  });
});

test.each([
  ['  - "a"\n  - "b"\n', ['a', 'x', 'b'], '  - "a"\n  - "x"\n  - "b"\n'],
  [
    '  - a # one\n  - b # two\n  - c # three\n',
    ['x', 'b', 'zz'],
    '  - x # one\n  - b # two\n  - zz # three\n',
  ],
  ['  - a # one\n  - b # two\n', ['b', 'c'], '  - b # two\n  - c\n'],
])('in the quotes of its neighbours: %j to %j', (before, after, wanted) => {
  expect(withReferences(ruleWith(`\n${before}`), after)).toBe(ruleWith(`\n${wanted}`));
});

function withDescription(text: string, description: string): string {
  const pack = must(sigma.read(text));
  return must(sigma.write({ ...pack, rules: [{ ...pack.rules[0]!, description }] }, { onto: text }));
}

describe('a folded text', () => {
  const before = ruleWith(' [a]\n').replace('references', 'description: >-\n  One two\n  three.\nreferences');

  test('stays folded, as wide as it was', () => {
    const long = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ');
    const said = withDescription(before, `${long}\n\nAnd more.`);
    expect(said).toMatch(
      /^title: A\ndescription: >-\n(?: {2}\S.{0,78}\n)+\n\n {2}And more\.\nreferences: \[a\]\n/,
    );
  });

  test('says what it is to say', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'bc', ' ', '\n', '#', ':', '-', '  '),
      minLength: 1,
    });
    fc.assert(
      fc.property(text, (description) => {
        const said = withDescription(before, description);
        expect(must(sigma.read(said)).rules[0]!.description).toBe(description);
      }),
      { numRuns: 500 },
    );
  });
});
