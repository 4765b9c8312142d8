import { describe, expect, test } from 'vitest';

import { kql } from '../../../src/languages/kql/index.ts';
import { and, filter, not } from '../../../src/query/build.ts';
import { many, pattern } from '../../../src/query/pattern.ts';
import type { Pattern, Predicate, Value } from '../../../src/query/query.ts';
import { everyString, failsWith, must, withoutSpans } from '../../support/laws.ts';

const is = (field: string, ...values: Value[]): Predicate => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: true,
});

/** A value in all the places where one can stand, each in a field of its own. */
const everywhere = (value: Pattern): Predicate =>
  and([
    is('alone', value),
    not(is('negated', value)),
    is('first', value, ['other']),
    is('last', ['other'], value),
    {
      kind: 'equals',
      field: 'each',
      values: [value, ['other'], value],
      quantifier: 'all',
      caseSensitive: true,
    },
    { kind: 'free-text', values: [value], quantifier: 'any', caseSensitive: true },
    { kind: 'nested', path: 'path', where: is('path.inner', value) },
  ]);

const nasty = `ab*?"\\ :(){}<>\t\n\u00a0`;
const words = ['and', 'or', 'not', 'null', 'true', 'NOT', 'x', ' ', '\n', '*', '\\', '"'];

function* everyRow(of: readonly string[], longest: number): Generator<string> {
  for (const row of everyString(of.map((_, index) => String.fromCharCode(97 + index)).join(''), longest)) {
    yield [...row].map((char) => of[char.charCodeAt(0) - 97]).join('');
  }
}

function expectReadBack(where: Predicate): void {
  const printed = must(kql.print(filter(where)));
  const again = kql.parse(printed);
  expect(again.ok ? withoutSpans(again.value.find) : printed).toEqual({ kind: 'filter', where });
}

describe.each<[string, readonly string[]]>([
  ['every short text of strange characters', [...everyString(nasty, 3)]],
  ['every short row of words', [...everyRow(words, 3)]],
  ['halves of characters', ['\ud800', 'a\udc00', '😀', '\ud83d\ude00\ud83d', '\u2028', '\ufeffa']],
])('%s', (_, texts) => {
  test('is read back as a value', () => {
    for (const text of texts) expectReadBack(everywhere([text]));
  });

  test('is read back beside wildcards, or refused where it would be trimmed', () => {
    for (const text of texts) {
      if (text === '') continue;
      for (const value of [pattern([many, text, many]), pattern([text, many]), pattern([many, text])]) {
        const [first, last] = [value[0], value.at(-1)];
        const isTrimmed =
          (typeof first === 'string' && first.trimStart() !== first) ||
          (typeof last === 'string' && last.trimEnd() !== last);
        if (isTrimmed) expect(failsWith(kql.print(filter(is('a', value))))).toEqual(['loss/wildcard']);
        else expectReadBack(everywhere(value));
      }
    }
  });

  test('is read back as a field', () => {
    for (const field of texts) {
      expectReadBack(
        and([
          is(field, ['x']),
          { kind: 'exists', field },
          { kind: 'range', field, operator: '>', value: 1 },
          { kind: 'nested', path: field, where: is(`${field}.x`, ['y']) },
        ]),
      );
    }
  });

  test('is read back as the bound of a range', () => {
    for (const value of texts) {
      const range: Predicate = { kind: 'range', field: 'a', operator: '<=', value };
      expectReadBack(and([range, not(range)]));
    }
  });
});

test('tells texts from the words and numbers they look like', () => {
  for (const text of ['null', 'true', 'false', '5', '-1.5', '010', '1e3', 'NaN', 'Infinity']) {
    expectReadBack(everywhere([text]));
    expectReadBack({ kind: 'range', field: 'a', operator: '<', value: text });
  }
  for (const value of [0, 5, -1.5, 1e21, 0.000001]) {
    expectReadBack({ kind: 'range', field: 'a', operator: '<', value });
  }
});
