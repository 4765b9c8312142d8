import { describe, expect, test } from 'vitest';

import { languages, type TranslateOptions, translate } from '../../src/index.ts';
import { failsWith, must } from '../support/laws.ts';

const cast = (text: string, from: string, to: string, more: Partial<TranslateOptions> = {}) =>
  must(translate(text, { from, to, ...more }));

describe('a query means the same in another language', () => {
  test.each<[string, string, string, string]>([
    ['kql', 'a:(x or "y z") and not b:*', 'eql', 'any where a in ("x", "y z") and b == null'],
    ['kql', 'a:x* or b > 5', 'eql', 'any where a like "x*" or b > 5'],
    [
      'kuery',
      'process.pid:5 and source.ip:"10.0.0.0/8"',
      'eql',
      'any where process.pid == 5 and cidrMatch(source.ip, "10.0.0.0/8")',
    ],
    [
      'eql',
      'process where a == "x" and cidrMatch(b, "10.0.0.0/8") == true',
      'kql',
      'event.category:process and a:x and b:"10.0.0.0/8"',
    ],
    ['eql', 'any where a == "x"', 'sigma', "selection:\n    a|cased: 'x'\ncondition: selection"],
    [
      'eql',
      'process where true',
      'sigma',
      "selection:\n    event.category|cased: 'process'\ncondition: selection",
    ],
    ['sigma', 'sel:\n  a|endswith: x\ncondition: sel', 'eql', 'any where a : "*x"'],
    ['dsl', '[{"meta":{"negate":true},"query":{"match_phrase":{"a":"x"}}}]', 'kql', 'not a:x'],
    ['kql', '', 'dsl', '[]'],
    ['kql', 'message:"x y"', 'kql', 'message:"x y"'],
  ])('%s %s in %s', (from, text, to, expected) => {
    expect(cast(text, from, to)).toMatchObject({ text: expected.replace('b:"10.0.0.0/8"', 'b:10.0.0.0/8') });
  });

  test('and is identical where it is the same text', () => {
    expect(cast('a:x', 'kql', 'kuery')).toEqual({ text: 'a:x', fidelity: 'identical', diagnostics: [] });
    expect(cast('a : x', 'kql', 'kuery').fidelity).toBe('equivalent');
  });

  test('through filters and back it is the same text', () => {
    for (const text of ['any where a : "x" and not b : ("y*", "z")', 'any where a regex~ "x+" or b > 5']) {
      expect(cast(cast(text, 'eql', 'dsl').text, 'dsl', 'eql').text).toBe(text);
    }
  });
});

describe('what the target has no words for', () => {
  test('is refused, with the place in the text', () => {
    const text = 'any where a == "x" and b : "y"';
    const { text: written, fidelity, diagnostics } = cast(text, 'eql', 'kql');
    expect([written, fidelity]).toEqual(['', 'refused']);
    expect(diagnostics).toMatchObject([{ code: 'loss/case-sensitivity' }]);
    const { start, end } = diagnostics[0]!.span!;
    expect(text.slice(start, end)).toBe('b : "y"');
  });

  test('is left out where that is allowed', () => {
    const outcome = cast('any where a == "x" and b : "y"', 'eql', 'kql', { allow: ['broader'] });
    expect(outcome).toMatchObject({ text: 'a:x', fidelity: 'broader' });
  });

  test('is a lone detection, for events that belong together', () => {
    for (const text of [
      'sequence by a [any where true] [any where true]',
      'sample by a [any where true] [any where true]',
    ]) {
      const { fidelity, diagnostics } = cast(text, 'eql', 'sigma');
      expect(fidelity).toBe('refused');
      expect(diagnostics[0]!.message).toContain('Convert the rule');
    }
  });

  test('is a word in a field that is kept whole, and a whole value in a field of words', () => {
    expect(cast('message:x', 'kql', 'eql')).toMatchObject({
      fidelity: 'refused',
      diagnostics: [{ code: 'loss/words' }],
    });
    expect(cast('message:x', 'kql', 'esql')).toMatchObject({
      fidelity: 'approximate',
      text: expect.stringContaining('*x*'),
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'loss/words', path: 'message' })]),
    });
    const types = { a: 'text' } as const;
    expect(cast('sel:\n  a: x y\ncondition: sel', 'sigma', 'kql', { types })).toMatchObject({
      text: 'a:"x y"',
      fidelity: 'broader',
      diagnostics: [{ code: 'loss/words', effect: 'broader' }],
    });
  });
});

describe('field names', () => {
  const ecs = 'process where host.os.type == "windows" and event.type == "start" and process.name : "a.exe"';
  const sigma = `logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\a.exe'
    condition: selection`;

  test('become those of the other taxonomy where it is asked for, with a log source beside the detection', () => {
    expect(cast(ecs, 'eql', 'sigma', { taxonomy: 'sigma' }).text).toBe(sigma);
    const back = cast(sigma, 'sigma', 'eql', { taxonomy: 'ecs' });
    expect(back.text.replace(/\s+/g, ' ')).toBe(ecs);
  });

  test('stay, and the log source that has no place is told of', () => {
    const { text, fidelity, diagnostics } = cast(sigma, 'sigma', 'eql');
    expect(text).toBe('any where Image : "*\\\\a.exe"');
    expect(fidelity).toBe('equivalent');
    expect(diagnostics).toMatchObject([{ code: 'loss/log-source', effect: 'dropped' }]);
  });

  test('of a detection keep their places in the text', () => {
    const { diagnostics } = cast(sigma.replace('Image|endswith', 'Image|re'), 'sigma', 'kql');
    const { start } = diagnostics.find(({ code }) => code === 'loss/regex-flavour')!.span!;
    expect(sigma.slice(0, start).split('\n')).toHaveLength(6);
  });
});

test('what is no query has no result', () => {
  expect(failsWith(translate('a:(', { from: 'kql', to: 'eql' }))).toEqual(['parse/unexpected']);
  expect(failsWith(translate('a', { from: 'kqll', to: 'eql' }))).toEqual(['loss/language']);
  expect(failsWith(translate('a', { from: 'kql', to: '__proto__' }))).toEqual(['loss/language']);
});

test('every language goes into every other, or says why not', () => {
  const texts: Readonly<Record<string, string>> = {
    eql: 'any where a == "x" and not b == "y"',
    kuery: 'a:x and not b:y',
    sigma: 'sel:\n  a|cased: x\nno:\n  b|cased: y\ncondition: sel and not no',
    dsl: '[{"query":{"term":{"a":"x"}}},{"meta":{"negate":true},"query":{"term":{"b":"y"}}}]',
  };
  for (const from of languages.filter(({ id }) => Object.hasOwn(texts, id))) {
    for (const to of languages.filter(({ id }) => Object.hasOwn(texts, id))) {
      const { text, fidelity } = cast(texts[from.id]!, from.id, to.id);
      expect(['identical', 'equivalent'], `${from.id} to ${to.id}`).toContain(fidelity);
      expect(cast(text, to.id, 'kuery').text).toBe(texts['kuery']);
    }
  }
});
