import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { native } from '../../src/formats/native/index.ts';
import type { Json } from '../../src/rule/json.ts';
import type { Pack, Rule } from '../../src/rule/rule.ts';
import { failsWith, must } from '../support/laws.ts';
import { anyPack } from './arbitrary.ts';

const rule: Rule = {
  id: 'a-1',
  title: 'Shells from a printer',
  severity: 'low',
  detection: { kind: 'query', query: { language: 'eql', text: 'process where true' } },
  carry: {},
};
const pack: Pack = { rules: [rule], filters: [], rest: [] };
const text = `{
  "rulecast": 1,
  "rules": [
    {
      "id": "a-1",
      "title": "Shells from a printer",
      "severity": "low",
      "detection": {
        "kind": "query",
        "query": {
          "language": "eql",
          "text": "process where true"
        }
      }
    }
  ],
  "filters": [],
  "rest": []
}
`;

function packWith(said: { readonly [key: string]: Json }): string {
  return JSON.stringify({ rulecast: 1, rules: [{ detection: { kind: 'query' } }, said] });
}

test('is the rule itself, with two spaces and a last newline', () => {
  expect(must(native.write(pack))).toBe(text);
  expect(must(native.read(text))).toEqual(pack);
});

test('gives any pack back as it was', () => {
  fc.assert(
    fc.property(anyPack, (pack) => {
      const outcome = native.read(must(native.write(pack)));
      expect(outcome.diagnostics).toEqual([]);
      expect(must(outcome)).toEqual(pack);
    }),
    { numRuns: 1_000 },
  );
});

test('leaves out where a query once stood and what was parsed of it, and nothing else of that name', () => {
  const query = { text: 'x', span: { start: 1, end: 2 }, parsed: { big: true } };
  const kept = { span: 1, parsed: 2 };
  const written = must(
    native.write({
      rules: [
        {
          detection: { kind: 'query', query, filters: [kept] },
          origin: { ...query, language: 'eql', digest: 'd' },
          carry: {},
        },
      ],
      filters: [],
      rest: [kept],
    }),
  );
  expect(JSON.parse(written)).toEqual({
    rulecast: 1,
    rules: [
      {
        detection: { kind: 'query', query: { text: 'x' }, filters: [kept] },
        origin: { text: 'x', language: 'eql', digest: 'd' },
      },
    ],
    filters: [],
    rest: [kept],
  });
});

describe('onto the text it came from', () => {
  test('keeps every byte of what has not changed', () => {
    const own = text.replaceAll('  ', '\t').replace('"severity": "low"', '"severity" :"low"').trimEnd();
    const pack = must(native.read(own));
    expect(must(native.write(pack, { onto: own }))).toBe(own);
    const [first] = pack.rules as [Rule];
    const changed = { ...pack, rules: [{ ...first, severity: 'high' as const }] };
    expect(must(native.write(changed, { onto: own }))).toBe(own.replace('"low"', '"high"'));
  });

  test('says any other pack there', () => {
    fc.assert(
      fc.property(anyPack, anyPack, (was, is) => {
        const onto = must(native.write(was));
        expect(must(native.read(must(native.write(is, { onto }))))).toEqual(is);
      }),
    );
  });
});

describe('strict', () => {
  test.each([
    ['a word that is none', { severity: 'dreadful', detection: { kind: 'query' } }, 'rules.1.severity'],
    [
      'a name that every object inherits',
      { severity: 'constructor', detection: { kind: 'query' } },
      'rules.1.severity',
    ],
    ['a number for text', { title: 1, detection: { kind: 'query' } }, 'rules.1.title'],
    ['null for nothing', { title: null, detection: { kind: 'query' } }, 'rules.1.title'],
    ['a text among texts', { tags: ['a', 2], detection: { kind: 'query' } }, 'rules.1.tags.1'],
    ['an unknown kind', { detection: { kind: 'guess' } }, 'rules.1.detection.kind'],
    [
      'a part of its kind',
      { detection: { kind: 'threshold', fields: [], value: 'many' } },
      'rules.1.detection.value',
    ],
    [
      'deep in a threat',
      { detection: { kind: 'query' }, threat: [{ framework: 'a', tactic: { id: 1 } }] },
      'rules.1.threat.0.tactic.name',
    ],
    ['no detection', { title: 'a' }, 'rules.1.detection'],
    ['no map at all', [], 'rules.1'],
  ] as [string, Json, string][])('about %s, at the cost of that rule', (_, said, path) => {
    const written = JSON.stringify({ rulecast: 1, rules: [{ detection: { kind: 'query' } }, said] });
    const outcome = native.read(written);
    expect(must(outcome).rules).toHaveLength(1);
    expect(outcome.diagnostics).toMatchObject([{ path }]);
    expect(outcome.diagnostics[0]?.code).toMatch(/^schema\//);
    expect(outcome.diagnostics[0]?.span?.start).toBeGreaterThan(0);
  });

  test('about a pack with nothing else in it', () => {
    expect(failsWith(native.read('{"rulecast":1,"rules":[{"title":1}]}'))).toEqual(['schema/missing-field']);
    expect(failsWith(native.read('{"rulecast":2,"rules":[]}'))).toEqual(['read/not-a-rule']);
    expect(failsWith(native.read('{"rulecast":1}{"rulecast":1}'))).toEqual(['read/not-a-rule']);
    expect(failsWith(native.read('{"rulecast":1,"rules":{}}'))).toEqual(['schema/wrong-type']);
    expect(failsWith(native.read('{"rulecast":'))).toEqual(['parse/unexpected', 'read/not-a-rule']);
    expect(failsWith(native.read(' '))).toEqual(['read/empty']);
  });

  test('but keeps a key that no rule has', () => {
    const strange = packWith({ detection: { kind: 'query' }, mood: { bad: true }, __proto__: 1 });
    const pack = must(native.read(strange));
    expect(pack.rules[1]?.carry).toEqual({ native: { mood: { bad: true } } });
    expect(JSON.parse(must(native.write(pack))).rules[1].mood).toEqual({ bad: true });
  });

  test('and says so about one that no pack has', () => {
    const outcome = native.read('{"rulecast":1,"rules":[],"remark":"hello"}');
    expect(outcome).toMatchObject({ ok: true, diagnostics: [{ code: 'schema/wrong-type', path: 'remark' }] });
  });
});

test('knows its own by the mark at the top', () => {
  expect(native.detect(text)).toBe(true);
  expect(native.detect('\uFEFF {"rules":[],\n"rulecast":1}')).toBe(true);
  expect(native.detect('{"type":"eql","rule_id":"a","meta":{"rulecast":{}}}')).toBe(false);
  expect(native.detect('rulecast:\n  a: 1\n')).toBe(false);
});

test('ends on any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void native.read(text)));
  const cut = fc.tuple(fc.nat(text.length), fc.nat(5), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(cut, ([at, length, put]) => {
      const outcome = native.read(text.slice(0, at) + put + text.slice(at + length));
      if (outcome.ok) must(native.write(outcome.value));
    }),
    { numRuns: 2_000 },
  );
});
