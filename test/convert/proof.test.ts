import { describe, expect, test } from 'vitest';
import type { Cast, Casting } from '../../src/convert/cast.ts';
import { convert } from '../../src/convert/convert.ts';
import { formatNamed } from '../../src/convert/find-format.ts';
import { proofOf } from '../../src/convert/prove/proof-of.ts';
import { attackFor, mappingOf } from '../../src/convert/tables.ts';
import { attempt } from '../../src/diagnostic/attempt.ts';
import type { ConvertedRule, ConvertOptions } from '../../src/index.ts';
import { must } from '../support/laws.ts';

function only(text: string, options: ConvertOptions): ConvertedRule {
  const [rule] = must(convert(text, options)).rules;
  return rule!;
}

function elasticIn(language: string, query: string): string {
  return `[metadata]
creation_date = "2024/05/02"
maturity = "production"
updated_date = "2024/05/02"

[rule]
author = ["Example"]
description = "Strange."
index = ["logs-*"]
language = "${language}"
license = "MIT"
name = "Strange"
risk_score = 21
rule_id = "e3fab9e6-4d11-4a3c-9f0e-0d4a2a4e7b61"
severity = "low"
timestamp_override = "event.ingested"
type = "query"
query = '''
${query}
'''
`;
}

const sigma = (detection: string) => `title: Strange Shell
id: 0d7b3a60-2f0f-4a53-9d33-2b8c7f2b8f11
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        ${detection}
    condition: selection
`;

describe('a rule in another language of the engine', () => {
  test('is held against what it asked', () => {
    const text = elasticIn('kuery', 'process.name : (a or b) and not user.name : c*');
    for (const language of ['lucene', 'eql', 'esql'] as const) {
      const { fidelity, proof } = only(text, { to: 'kibana', language });
      expect({ language, fidelity, proof }).toEqual({
        language,
        fidelity: 'equivalent',
        proof: { relation: 'equal' },
      });
    }
  });

  test('keeps words where both look for words', () => {
    const rule = only(elasticIn('kuery', 'message : "access denied"'), { to: 'kibana', language: 'lucene' });
    expect(rule).toMatchObject({ fidelity: 'equivalent', proof: { relation: 'equal' } });
    expect(rule.diagnostics.filter(({ code }) => code === 'loss/words')).toEqual([]);
  });

  test('says that ES|QL compares words by their whole values', () => {
    const rule = only(elasticIn('kuery', 'message : denied'), { to: 'kibana', language: 'esql' });
    expect(rule.fidelity).toBe('approximate');
    expect(rule.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'loss/words', path: 'message', effect: 'approximate' }),
    );
    expect(rule.text).toContain('*denied*');
  });
});

describe('a rule in ES|QL that was in another language', () => {
  test('shows an event with several values, which ES|QL does not find', () => {
    const rule = only(elasticIn('kuery', 'event.category : process and process.name : a'), {
      to: 'kibana',
      language: 'esql',
      allow: ['narrower'],
    });
    expect(rule.fidelity).toBe('narrower');
    expect(rule.proof).toEqual({
      relation: 'narrower',
      shown: [{ matches: 'read', events: [{ 'event.category': ['process', 'x'], 'process.name': 'a' }] }],
    });
  });

  test('shows it by the names of both, whatever Sigma calls the field', () => {
    const { proof } = only(sigma('Image: a'), { to: 'elastic', language: 'esql', allow: ['narrower'] });
    const [shown] = proof!.shown!;
    expect(proof!.relation).toBe('narrower');
    expect(shown!.matches).toBe('read');
    expect(shown!.asWritten![0]!['event.category']).toEqual(['process', 'x']);
  });

  test('finds several values where the field decides nothing', () => {
    const text = elasticIn('kuery', 'process.args : a or process.name : b');
    const { proof } = only(text, { to: 'kibana', language: 'esql', allow: ['narrower'] });
    expect(proof).toMatchObject({ shown: [{ events: [{ 'process.args': ['a', 'x'] }] }] });
  });
});

describe('a rule of Sigma with other names', () => {
  test('is held against what it asked', () => {
    const rule = only(sigma("Image|endswith: '\\cmd.exe'"), { to: 'sigma', taxonomy: 'ecs' });
    expect(rule).toMatchObject({ fidelity: 'equivalent', proof: { relation: 'equal' } });
  });

  test('shows what an approximation of the tables finds', () => {
    const { proof, fidelity } = only(sigma('Hashes|contains: abc'), {
      to: 'sigma',
      taxonomy: 'ecs',
      allow: ['narrower'],
    });
    expect(fidelity).toBe('narrower');
    expect(proof).toMatchObject({
      relation: 'narrower',
      shown: [{ matches: 'read', events: [{ Hashes: 'abc' }] }],
    });
  });
});

describe('a rule whose exceptions have no place in the target', () => {
  const lists = [{ id: 'l1', list_id: 'l1', type: 'detection', namespace_type: 'single' }];
  const rule = {
    name: 'Updaters',
    description: 'Updaters that run.',
    risk_score: 21,
    severity: 'low',
    type: 'query',
    language: 'kuery',
    query: 'process.name: *pdater*',
    index: ['logs-*'],
    rule_id: '5d6d3a6e-9a6b-4a52-9a55-0b7a3b6a1c07',
    exceptions_list: lists,
  };
  const list = { ...lists[0], name: 'Known', description: 'Known ones.', os_types: [], tags: [] };
  const exception = {
    item_id: 'i1',
    list_id: 'l1',
    type: 'simple',
    name: 'Ours',
    description: 'Ours.',
    namespace_type: 'single',
    os_types: [],
    tags: [],
    comments: [],
    entries: [{ field: 'process.name', operator: 'included', type: 'match', value: 'Updater.exe' }],
  };
  const text = [rule, list, exception].map((one) => `${JSON.stringify(one)}\n`).join('');

  test('shows what they had excluded', () => {
    const written = only(text, { to: 'elastic', allow: ['broader'] });
    expect(written.fidelity).toBe('broader');
    expect(written.proof).toEqual({
      relation: 'broader',
      shown: [{ matches: 'written', events: [{ 'process.name': 'Updater.exe' }] }],
    });
  });

  test('is as it was where they have one', () => {
    expect(only(text, { to: 'kibana' })).toMatchObject({
      fidelity: 'identical',
      proof: { relation: 'equal' },
    });
    expect(only(text, { to: 'sigma' })).toMatchObject({ proof: { relation: 'equal' } });
  });
});

describe('the text of a rule', () => {
  const options: ConvertOptions = { to: 'sigma' };
  const target = formatNamed('sigma')!;
  const mapping = mappingOf(options);
  const casting: Casting = { target, foreign: true, mapping, attack: attackFor(target, options), options };
  const rules = must(target.read(sigma('Image: a'))).rules;
  const kept: Cast = { rules, fidelity: 'identical', diagnostics: [], against: { kind: 'same' } };

  test('that its own format can not read is none', () => {
    const outcome = attempt(() => proofOf(kept, 'title: [', casting));
    expect(outcome.diagnostics).toEqual([
      expect.objectContaining({
        code: 'proof/unreported-difference',
        message: expect.stringMatching(
          /^The text written for this rule can not be read back \(.+\); it was thrown away/,
        ),
      }),
    ]);
  });

  test('that says another thing than the rule that was to stay is told by an event', () => {
    expect(proofOf(kept, sigma('Image: a'), casting)).toEqual({ relation: 'equal' });
    expect(proofOf(kept, sigma('Image: b'), casting)).toMatchObject({
      relation: 'overlapping',
      shown: [{ events: [{ Image: 'a' }] }, { events: [{ Image: 'b' }] }],
    });
  });

  test('is not known where nothing is there to hold it against', () => {
    const { against: _, ...nothing } = kept;
    expect(proofOf(nothing, sigma('Image: a'), casting)).toMatchObject({ relation: 'unknown' });
  });
});
