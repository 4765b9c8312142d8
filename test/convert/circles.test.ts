import fc from 'fast-check';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';

import { convert } from '../../src/convert/convert.ts';
import { acceptable } from '../../src/convert/fidelity.ts';
import { codes } from '../../src/diagnostic/codes.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { FormatId } from '../../src/formats/format.ts';
import { type Json, type JsonObject, objectOf, sameJson } from '../../src/rule/json.ts';
import { must } from '../support/laws.ts';
import { elasticFile, kibanaLine, sigmaFile } from '../support/rule-data.ts';

interface End {
  /** Undefined where a rule was refused on its way. */
  readonly text: string | undefined;
  /** All that was told on the way. */
  readonly told: readonly Diagnostic[];
}

/** A text after each of these conversions in turn. */
function journey(start: string, way: readonly FormatId[]): End {
  let text = start;
  const told: Diagnostic[] = [];
  for (const to of way) {
    const outcome = convert(text, { to, allow: acceptable, today: '2026-01-15' });
    for (const found of outcome.diagnostics) told.push(found);
    const rule = must(outcome).rules.at(-1)!;
    for (const found of rule.diagnostics) told.push(found);
    if (rule.text === '') return { text: undefined, told };
    text = must(outcome).text;
  }
  return { text, told };
}

interface Start {
  readonly data: JsonObject;
  readonly text: string;
}

/** Kibana takes no null in the first place of a rule: which ones went is told, and nothing else may go. */
function withoutUnsaid(data: JsonObject, told: readonly Diagnostic[]): JsonObject {
  const messages = told.filter(({ code }) => code === 'style/respelled').map(({ message }) => message);
  const isUnsaid = ([key, value]: readonly [string, Json]) =>
    value === null && messages.some((message) => message.includes(key));
  return objectOf(Object.entries(data).filter((entry) => !isUnsaid(entry)));
}

type Parse = (text: string) => JsonObject;

/** The rule is as it was, or was refused with a reason. Gives whether it came home. */
function comesHome(start: Start, parse: Parse, way: readonly FormatId[]): boolean {
  const { text, told } = journey(start.text, way);
  if (text === undefined) {
    expect(told.filter(({ code }) => codes[code].level !== 'note')).not.toEqual([]);
    return false;
  }
  const was = parse(start.text);
  expect(sameJson(was, start.data)).toBe(true);
  const wanted = way.at(-1) === 'kibana' ? withoutUnsaid(was, told) : was;
  if (!sameJson(parse(text), wanted)) expect(parse(text)).toEqual(wanted);
  expect(sameJson(parse(text), wanted)).toBe(true);
  return true;
}

const runs = { numRuns: 150 };

function circle(starts: fc.Arbitrary<Start>, parse: Parse, ...way: readonly FormatId[]) {
  let home = 0;
  fc.assert(
    fc.property(starts, (start) => {
      if (comesHome(start, parse, way)) home += 1;
    }),
    runs,
  );
  return home;
}

const firstLine: Parse = (text) => JSON.parse(text.split('\n')[0]!);
const parseYaml: Parse = (text) => objectOf(Object.entries(parseDocument(text, { schema: 'core' }).toJS()));
const parseToml: Parse = (text) => parse(text) as JsonObject;

test('Elastic over Sigma and Kibana', () => {
  expect(circle(elasticFile, parseToml, 'sigma', 'kibana', 'elastic')).toBeGreaterThan(100);
});

test('Kibana over Elastic and Sigma', () => {
  expect(circle(kibanaLine, firstLine, 'elastic', 'sigma', 'kibana')).toBeGreaterThan(100);
});

test('Sigma over Kibana and Elastic', () => {
  expect(circle(sigmaFile, parseYaml, 'kibana', 'elastic', 'sigma')).toBeGreaterThan(100);
});
