import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { attempt } from '../../../src/diagnostic/attempt.ts';
import { Claim } from '../../../src/formats/claim.ts';
import { elastic } from '../../../src/formats/elastic/index.ts';
import { flatten } from '../../../src/formats/elastic/new-terms.ts';
import { engineFields, readEngineRule } from '../../../src/formats/engine/index.ts';
import { Telling } from '../../../src/rule/carry.ts';
import { type JsonObject, objectOf } from '../../../src/rule/json.ts';
import { corpusFiles, elasticFiles, without } from '../../support/corpus.ts';
import { must } from '../../support/laws.ts';

describe.skipIf(without)('every rule file', () => {
  const files = [...elasticFiles(), ...corpusFiles('kibana/security-rule-assets/toml', '.toml')];
  const each = (check: (text: string, path: string) => void) => {
    for (const { text, path } of files) check(text, path);
  };

  test('there are files', () => {
    expect(files.length).toBeGreaterThan(1000);
  });

  test('is read without a complaint, and all of its rule is understood', () => {
    each((text, path) => {
      const outcome = elastic.read(text);
      expect(outcome.diagnostics, path).toEqual([]);
      const { carry, detection } = must(outcome).rules[0]!;
      expect(carry['elastic']?.['rule'], path).toBeUndefined();
      expect(detection.kind, path).not.toBe('other');
    });
  });

  test('is written onto itself byte for byte', () => {
    each((text, path) => {
      expect(must(elastic.write(must(elastic.read(text)), { onto: text })), path).toBe(text);
    });
  });

  test('is written anew with the same data, every text to the byte, and then the same again', () => {
    each((text, path) => {
      const again = must(elastic.write(must(elastic.read(text))));
      expect(parse(again, { integersAsBigInt: true }), path).toEqual(parse(text, { integersAsBigInt: true }));
      expect(must(elastic.write(must(elastic.read(again)))), path).toBe(again);
    });
  });

  test('says where its query stands', () => {
    each((text, path) => {
      const { detection } = must(elastic.read(text)).rules[0]!;
      if (!('query' in detection) || detection.query === undefined) return;
      const { span, text: query } = detection.query;
      expect(text.slice(span?.start, span?.end), path).toBe(query);
    });
  });

  test("comes back from the API's words as it went in", () => {
    each((text, path) => {
      const given = flatten(parse(text)['rule'] as JsonObject);
      const from = new Claim(given, '', () => {});
      const rule = { ...readEngineRule(from, () => {}), carry: {} };
      const fields = must(attempt((report) => engineFields(new Telling(rule), report)));
      expect({ ...objectOf(fields), ...from.rest() }, path).toEqual({ ...given });
    });
  });

  test('ends in an outcome with a place, wherever it is cut off', () => {
    for (const { text, path } of files.filter((_, index) => index % 25 === 0)) {
      for (let end = 0; end < text.length; end += 97) {
        const outcome = elastic.read(text.slice(0, end));
        if (outcome.ok)
          expect(must(elastic.write(outcome.value, { onto: text.slice(0, end) }))).toBe(text.slice(0, end));
        else for (const { span } of outcome.diagnostics) expect(span, path).toBeDefined();
      }
    }
  });
});
