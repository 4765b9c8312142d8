import type { Scalar } from '../match/event.ts';
import { isPattern } from '../query/pattern.ts';
import type { Query } from '../query/query.ts';
import { partsOf, predicates } from '../query/walk.ts';

/** Texts as a query spells them, by the fields that they are asked of, the shortest first. */
export type Casing = ReadonlyMap<string, readonly string[]>;

/** Where texts are that are asked of any field. */
const anyField = 'message';

/** How a query spells what it asks for in any case. */
export function casingOf(query: Query): Casing {
  const texts = new Map<string, Set<string>>();
  for (const test of partsOf(query).flatMap(({ where }) => [...predicates(where)])) {
    if (test.kind !== 'equals' && test.kind !== 'free-text') continue;
    const field = test.kind === 'equals' ? test.field : anyField;
    const known = texts.get(field) ?? new Set();
    texts.set(field, known);
    for (const part of test.values.flatMap((value) => (isPattern(value) ? value : []))) {
      if (typeof part === 'string' && part !== part.toLowerCase()) known.add(part);
    }
  }
  return new Map([...texts].map(([field, known]) => [field, [...known].sort(byLength)]));
}

function byLength(a: string, b: string): number {
  return a.length - b.length;
}

/** The value with each of the texts that is in it as it is spelled. */
export function casedAs(value: Scalar, texts: readonly string[]): Scalar {
  if (typeof value !== 'string') return value;
  const lower = value.toLowerCase();
  if (lower.length !== value.length) return value;
  let cased = value;
  for (const text of texts) {
    const at = lower.indexOf(text.toLowerCase());
    if (at >= 0) cased = cased.slice(0, at) + text + cased.slice(at + text.length);
  }
  return cased;
}
