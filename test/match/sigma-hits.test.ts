import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import { match } from '../../src/convert/match.ts';
import type { MatchOptions } from '../../src/convert/matcher.ts';
import type { Event } from '../../src/match/event.ts';
import type { FieldType } from '../../src/query/facts.ts';
import { cases, corpusFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

interface HitCase {
  readonly id: string;
  readonly backend: string;
  readonly sigma: string;
  readonly expected_hit_count: number;
}

interface Kept {
  readonly type?: string;
  readonly fields?: Readonly<Record<string, Kept>>;
}

interface Index {
  readonly mapping: { readonly properties: Readonly<Record<string, Kept>> };
  readonly documents: readonly Event[];
}

const indices: Readonly<Record<string, Index>> = JSON.parse(
  corpusFiles('conformance', 'sigma-es-hits-documents.json')[0]?.text ?? '{}',
);
const judged = cases<HitCase>('sigma-es-hits.jsonl');

/** Documents as an index has them: the fields below a field hold the same values, kept another way. */
function eventsOf({ mapping, documents }: Index): readonly Event[] {
  const below = Object.entries(mapping.properties).flatMap(([name, { fields = {} }]) =>
    Object.keys(fields).map((inner) => [name, `${name}.${inner}`] as const),
  );
  return documents.map((document) => ({
    ...document,
    ...Object.fromEntries(
      below.flatMap(([name, inner]) => (Object.hasOwn(document, name) ? [[inner, document[name]]] : [])),
    ),
  }));
}

function optionsFor({ mapping }: Index): MatchOptions {
  const kept = Object.entries(mapping.properties);
  return { types: Object.fromEntries(kept.map(([name, { type }]) => [name, type as FieldType])) };
}

function hits(text: string, index: Index): number {
  const { rules } = must(read(text));
  return [...match(rules.at(-1)!, eventsOf(index), optionsFor(index))].length;
}

/** The text of a rule that was translated; empty where it was refused. */
function translated(sigma: string, language: string, allow: readonly 'broader'[] = []): string {
  return must(convert(sigma, { to: 'elastic', language, allow, today: '2024-01-01' })).text;
}

/** What is found otherwise than a backend of another tool finds it, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'pysigma-hits-lucene-21': 'the log source asks for host.os.type as well, which the document does not have',
};

describe.skipIf(without)('Sigma finds what is found by what it was translated to (set CORPUS to run)', () => {
  test.each(judged.map((one) => [one.id, one] as const))(
    '%s',
    (id, { sigma, backend, expected_hit_count }) => {
      const index = indices[backend]!;
      const wanted = exceptions[id] === undefined ? expected_hit_count : 0;
      expect(hits(sigma, index), exceptions[id]).toBe(wanted);
      expect(hits(translated(sigma, 'eql'), index)).toBe(wanted);
      const kql = translated(sigma, 'kuery');
      // KQL minds case, so most of it is refused, and matches more where that is allowed.
      if (kql !== '') expect(hits(kql, index)).toBe(wanted);
      else expect(hits(translated(sigma, 'kuery', ['broader']), index)).toBeGreaterThanOrEqual(wanted);
    },
  );
});
