import { and, or } from '../../../query/build.ts';
import { isPattern } from '../../../query/pattern.ts';
import type { Equals, Pattern, Predicate, Value } from '../../../query/query.ts';
import type { HashesFields, Transformation } from '../pipeline.ts';
import { fieldOf, type Leaf } from './leaf.ts';
import { approximate, type Run, refused } from './run.ts';
import { shown } from './text.ts';

/** What the length of a hash says of it. */
const lengths: ReadonlyMap<number, string> = new Map([
  [32, 'MD5'],
  [40, 'SHA1'],
  [64, 'SHA256'],
  [128, 'SHA512'],
]);

/** `Hashes: MD5=…` as a test of the field for that algorithm. */
export function hashesApart(
  leaf: Leaf,
  action: HashesFields,
  transformation: Transformation,
  run: Run,
  positive: boolean,
): Predicate | undefined {
  if (leaf.kind !== 'equals' || !action.fields.includes(fieldOf(leaf) ?? '')) return undefined;
  if (!leaf.values.every((value): value is Pattern => value !== null && isPattern(value))) return undefined;
  const hashes = leaf.values.flatMap((value) => hashIn(value, action) ?? []);
  if (hashes.length === 0)
    throw refused(
      transformation,
      `${leaf.field} holds no hash of ${action.algorithms.join(', ')}`,
      placed(leaf),
    );
  const fields = new Map<string, Value[]>();
  for (const { algorithm, hash } of hashes) {
    const field = `${action.prefix}${action.dropAlgorithm ? '' : algorithm}`;
    const values = fields.get(field) ?? [];
    values.push([hash]);
    fields.set(field, values);
  }
  if (hashes.length < leaf.values.length) tellLost(leaf, transformation, run, positive);
  const parts = [...fields].map(([field, values]): Equals => {
    run.named.add(field);
    return { ...leaf, field, values, quantifier: values.length === 1 ? 'any' : leaf.quantifier };
  });
  run.mapped.add(leaf.field);
  return leaf.quantifier === 'any' ? or(parts) : and(parts);
}

function placed({ span }: Equals) {
  return span ? { span } : {};
}

function hashIn(value: Pattern, { algorithms }: HashesFields) {
  const text = shown(value);
  const parts = text.split(text.includes('|') ? '|' : '=');
  const hash = (parts.length === 2 ? parts[1]! : parts[0]!).replace(/^[*?]+|[*?]+$/g, '');
  const algorithm =
    parts.length === 2 ? parts[0]!.replace(/^\*+/, '').toUpperCase() : lengths.get(hash.length);
  return algorithm !== undefined && algorithms.includes(algorithm) ? { algorithm, hash } : undefined;
}

function tellLost(leaf: Equals, { called }: Transformation, run: Run, positive: boolean): void {
  const effect = (leaf.quantifier === 'any') === positive ? 'narrower' : 'broader';
  const message = `The pipeline knows no field for some of the hashes (${called}), which makes the rule ${effect}.`;
  approximate(run, message, effect, leaf);
}
