import { attempt } from '../diagnostic/attempt.ts';
import { canonical } from './expression/canonical.ts';
import { foldCase } from './expression/case.ts';
import type { Expression } from './expression/expression.ts';
import { printLucene } from './expression/print-lucene.ts';
import { patternOfExpression } from './pattern-regex.ts';
import type { Pattern, Regex } from './query.ts';
import { meantBy } from './regex.ts';

/** One shape for one regular expression: its text in Lucene, and the patterns it is a list of, if it is one. */
export interface NormalText {
  readonly text: string;
  readonly values?: readonly Pattern[];
  readonly caseSensitive: boolean;
}

/** Rules share expressions, and a conversion asks for the same ones again and again. */
const known = new Map<string, NormalText | null>();
const mostKnown = 2000;

/** Undefined for what can not be read, or not be said of whole values. */
export function normalText(
  text: string,
  flavour: Regex['flavour'],
  caseSensitive: boolean,
  flags: string | undefined,
): NormalText | undefined {
  const key = `${flavour} ${caseSensitive} ${flags ?? ''} ${text}`;
  const found = known.get(key);
  if (found !== undefined) return found ?? undefined;
  const normal = readNormal(text, { flavour, caseSensitive, ...(flags !== undefined && { flags }) });
  if (known.size === mostKnown) known.clear();
  known.set(key, normal ?? null);
  return normal;
}

function readNormal(text: string, regex: Parameters<typeof meantBy>[1]): NormalText | undefined {
  const meant = meantBy(text, regex);
  if (!meant.ok) return undefined;
  const shaped = attempt(() => shapeOf(meant.value.tree, meant.value.caseSensitive));
  return shaped.ok ? shaped.value : undefined;
}

function shapeOf(tree: Expression, caseSensitive: boolean): NormalText {
  const cased = caseSensitive && hasCase(tree);
  const shape = canonical(tree, cased);
  const parts = shape.kind === 'alternation' ? shape.of : [shape];
  const values = parts.map(patternOfExpression);
  const text = printLucene(shape);
  return values.every((value) => value !== undefined)
    ? { text, values, caseSensitive: cased }
    : { text, caseSensitive: cased };
}

/** Whether it matters that case counts: without letters, or with both of each, it does not. */
function hasCase(tree: Expression): boolean {
  return printLucene(canonical(foldCase(tree), true)) !== printLucene(canonical(tree, true));
}
