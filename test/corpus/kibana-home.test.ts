import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import { type Part, partsOf } from '../../src/formats/kibana/parts.ts';
import { isObject, type Json, type JsonObject, sameJson } from '../../src/rule/json.ts';
import { corpusFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

/** Kibana's own objects, whatever their shape: through another format and home, a rule at a time. */
const files = corpusFiles('kibana', 'json').filter(({ path }) => !path.includes('/toml/'));
const quiet = () => {};
const allow = ['broader', 'narrower', 'approximate', 'carried'] as const;
const shapes: Readonly<Record<string, string>> = { asset: 'asset', rule: 'export' };

const rulesIn = (text: string) => partsOf(text, quiet).filter(({ rule }) => rule !== undefined);

/** Each rule of a file, the object that came home for it, and all that was said on the way. */
function journeys(text: string, to: 'elastic' | 'sigma') {
  const there = must(convert(text, { to, allow, today: '2024-01-31', prove: false }));
  const start = convert(text, { to, allow, today: '2024-01-31', prove: false }).diagnostics;
  return rulesIn(text).map((part, index) => {
    const result = there.rules[index]!;
    const back = convert(result.text, {
      to: 'kibana',
      shape: shapes[part.shape.id] ?? 'saved-object',
      prove: false,
    });
    const home = rulesIn(must(back).text).at(-1)!;
    const said = [...start, ...result.diagnostics, ...back.diagnostics];
    const more = must(back).rules.flatMap(({ diagnostics }) => diagnostics);
    const named = [...said, ...more].map(({ path, message }) => `${path ?? ''} ${message}`).join('\n');
    return { part, home, named };
  });
}

/** The keys whose values differ, of a line, of attributes, of params. */
function differences(part: Part, home: JsonObject): string[] {
  const was = { ...part.object, ...(alertIn(part.object) && { attributes: alertIn(part.object)! }) };
  return changed(was, home).flatMap((key) => {
    if (key !== 'attributes') return [key];
    const [before, after] = [mapAt(was, key), mapAt(home, key)];
    return changed(before, after).flatMap((key) =>
      key === 'params' ? changed(mapAt(before, key), mapAt(after, key)) : [key],
    );
  });
}

/** A key that came to say nothing is no difference. */
function changed(was: JsonObject, is: JsonObject): string[] {
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const saysNothing = (key: string) => !Object.hasOwn(was, key) && (is[key] === null || is[key] === false);
  return keys.filter((key) => !sameJson(was[key], is[key]) && !saysNothing(key));
}

/** The saved rule in a document of an index; the words of its wrapping are those of no saved object. */
function alertIn(object: JsonObject): JsonObject | undefined {
  const source = mapAt(mapAt(object, 'value'), 'source');
  return isObject(source['alert']) ? source['alert'] : undefined;
}

function mapAt(object: JsonObject, key: string): JsonObject {
  const value: Json | undefined = object[key];
  return isObject(value) ? value : {};
}

describe.skipIf(without)('the corpus (set CORPUS to run)', () => {
  test.each(files)('$path stays as it is within its format', ({ text }) => {
    expect(must(convert(text, { to: 'kibana' })).text).toBe(text);
    const [part] = rulesIn(text);
    if (part?.shape.id !== 'rule') return;
    expect(rulesIn(must(convert(text, { to: 'kibana', shape: 'export' })).text)[0]!.object).toEqual(
      part.object,
    );
  });

  test.each(files.flatMap((file) => (['elastic', 'sigma'] as const).map((to) => ({ ...file, to }))))(
    '$path comes home from $to, but for what is named',
    ({ path, text, to }) => {
      for (const { part, home, named } of journeys(text, to)) {
        const spelled = JSON.stringify(home.object);
        if (path.includes('detection-engine-export')) expect(spelled).toBe(JSON.stringify(part.object));
        const wrapped = alertIn(part.object) === undefined ? [] : ['type', 'value', 'references', 'id'];
        const lost = differences(part, home.object).filter((key) => !wrapped.includes(key));
        expect(lost.filter((key) => !named.includes(key))).toEqual([]);
        // What an export or a package says comes home whole.
        if (part.shape.id === 'asset' || part.object['rule_id'] !== undefined) expect(lost).toEqual([]);
      }
    },
  );

  test('all of them have rules', () => {
    expect(files.flatMap(({ text }) => rulesIn(text)).length).toBeGreaterThanOrEqual(16);
  });
});
