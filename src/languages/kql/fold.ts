import type { Asked, Clause } from './clause.ts';

type Word = 'and' | 'or';
type FieldClause = Extract<Clause, { kind: 'field' }>;

/**
 * Joins clauses, and neighbours that ask one field as one list: `f:* and not f:a` is `f:(* and not a)`.
 * Only where the list is read back as the same tests: of several plain values it would make one.
 */
export function join(word: Word, parts: readonly Clause[]): Clause {
  const of = runs(parts).flatMap((run) => folded(word, run));
  return of.length === 1 ? of[0]! : { kind: word, of };
}

/** Neighbours that ask the same field stand together, and everything else alone. */
function runs(parts: readonly Clause[]): readonly (readonly Clause[])[] {
  const result: Clause[][] = [];
  for (const part of parts) {
    const field = askedField(part)?.field;
    const last = result.at(-1);
    if (last && field !== undefined && askedField(last[0]!)?.field === field) last.push(part);
    else result.push([part]);
  }
  return result;
}

function folded(word: Word, run: readonly Clause[]): readonly Clause[] {
  const asked = run.map((part) => askedField(part));
  const plain = asked.filter((part) => part?.asked.kind === 'text' || part?.asked.kind === word);
  const isNegative = run.every((part) => part.kind === 'not');
  if (run.length === 1 || plain.length > 1 || isNegative) return run;
  const of = asked.flatMap((part) => (part!.asked.kind === word ? part!.asked.of : [part!.asked]));
  return [{ kind: 'field', field: asked[0]!.field, asked: { kind: word, of } }];
}

/** A clause as a question to one field. `*` is no field: what it is asked is not asked of each. */
function askedField(clause: Clause): FieldClause | undefined {
  if (clause.kind === 'field') return /^"?\*"?$/.test(clause.field) ? undefined : clause;
  const inner = clause.kind === 'not' ? askedField(clause.of) : undefined;
  return inner && { ...inner, asked: { kind: 'not', of: inner.asked } satisfies Asked };
}
