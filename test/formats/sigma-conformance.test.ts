import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { sigma } from '../../src/languages/sigma/index.ts';
import type { JsonObject } from '../../src/rule/json.ts';
import type { Pack } from '../../src/rule/rule.ts';
import { cases, without } from '../support/corpus.ts';

interface Case {
  readonly id: string;
  readonly sigma?: unknown;
  readonly yaml?: string;
  readonly message?: string;
  readonly messages?: readonly string[];
}

/** What a whole file is found to be: sound, of a field or two that are reported and carried, or refused. */
type Judgement = 'sound' | 'reported' | 'refused';

function judge(text: string): Judgement {
  const outcome = read(text, { format: 'sigma' });
  if (!outcome.ok || !detectionsIn(outcome.value).every((one) => sigma.parse(one).ok)) return 'refused';
  if (outcome.diagnostics.some(isRefusal)) return 'refused';
  return outcome.diagnostics.length > 0 ? 'reported' : 'sound';
}

/** A document of several that could not be read. */
function isRefusal({ code }: Diagnostic): boolean {
  return code.startsWith('parse/') || code === 'schema/missing-field' || code === 'read/not-a-rule';
}

function detectionsIn({ rules, filters }: Pack): readonly string[] {
  const queries = rules.flatMap(({ detection }) =>
    detection.kind === 'query' && detection.query ? [detection.query.text] : [],
  );
  const searches = filters.map(({ body }) => {
    const { rules: _, ...searches } = body['filter'] as JsonObject;
    return JSON.stringify(searches);
  });
  return [...queries, ...searches];
}

/** Some cases are of one field, and leave out what else a rule needs. */
function completed({ sigma: text, message, messages = [message ?? ''] }: Case): string {
  if (messages.some((one) => /must (?:have|contain)|No detections/.test(one))) return String(text);
  const lines = ['title: T', 'logsource: {product: p}', 'detection: {a: {b: c}, condition: a}'];
  const own = String(text);
  if (/^(?:correlation|filter|action):/m.test(own)) return own;
  return [
    own.trimEnd(),
    ...lines.filter((line) => !new RegExp(`^${line.split(':')[0]}:`, 'm').test(own)),
  ].join('\n');
}

/** What others refuse and this program does not, and why. */
const accepted: Readonly<Record<string, string>> = {
  'pysigma-invalid-005': 'names a rule that another file of the run may hold; refused when it is translated',
  'pysigma-invalid-048': 'hands in an object of the other engine, which its text shows as a map',
};

describe.skipIf(without)("other engines' whole rules (set CORPUS to run)", () => {
  test('what must be refused is, or its field is reported and carried', () => {
    const rows = cases<Case>('sigma-invalid-cases.jsonl').filter((row) => typeof row.sigma === 'string');
    const judged = rows.map((row) => [row.id, judge(completed(row))] as const);
    const count = (wanted: Judgement) => judged.filter(([, judgement]) => judgement === wanted).length;
    expect(judged.filter(([, judgement]) => judgement === 'sound').map(([id]) => id)).toEqual(
      Object.keys(accepted),
    );
    expect([rows.length, count('refused'), count('reported')]).toEqual([57, 28, 27]);
  });

  test('a reference to a rule that is nowhere is refused when it is translated', () => {
    const row = cases<Case>('sigma-invalid-cases.jsonl').find(({ id }) => id === 'pysigma-invalid-005')!;
    const outcome = convert(String(row.sigma), { to: 'elastic' });
    const found = outcome.ok ? outcome.value.rules.flatMap(({ diagnostics }) => diagnostics) : [];
    expect(found.map(({ code }) => code)).toContain('schema/unknown-reference');
  });

  test('what must be accepted is, without a finding', () => {
    const rows = cases<Case>('sigma-valid-cases.jsonl').filter((row) => typeof row.sigma === 'string');
    expect(rows.filter((row) => judge(String(row.sigma)) !== 'sound').map(({ id }) => id)).toEqual([]);
    const samples = cases<Case>('sigma-spec-samples.jsonl');
    expect(samples.filter((row) => judge(row.yaml!) !== 'sound').map(({ id }) => id)).toEqual([]);
    expect([rows.length, samples.length]).toEqual([165, 6]);
  });
});
