import { need } from '../diagnostic/attempt.ts';
import { sigma } from '../languages/sigma/index.ts';
import type { Entry, Node, ScalarNode } from '../languages/sigma/node.ts';
import { readYaml } from '../languages/sigma/yaml.ts';
import { and } from '../query/build.ts';
import type { Opaque, Predicate } from '../query/query.ts';

/**
 * Regular expressions with placeholders, which the neutral sentence has no words for: the line of Sigma that they are
 * kept as is filled in, and read again.
 */

const placeholder = /%([\p{L}\p{N}_.-]+)%/gu;

/** The line of an opaque part, if it is one of expressions with placeholders. */
export function lineOf(leaf: Opaque): Entry | undefined {
  if (leaf.language !== 'sigma') return undefined;
  const node = readYaml(leaf.text, undefined);
  const [line, ...more] = node.kind === 'map' ? node.entries : [];
  return more.length === 0 && line?.key.split('|').includes('expand') ? line : undefined;
}

/** The placeholders of a line. */
export function namesIn({ value }: Entry): readonly string[] {
  return scalarsIn(value).flatMap(({ text }) => namesInText(text));
}

function namesInText(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}

/** How many expressions the line comes to. */
export function countOf({ value }: Entry, lengthOf: (name: string) => number): number {
  const counts = scalarsIn(value).map(({ text }) =>
    namesInText(text).reduce((product, name) => product * lengthOf(name), 1),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The test that the line is with each value filled in: any of those that one expression becomes. */
export function expressionsOf(line: Entry, valuesOf: (name: string) => readonly string[]): Predicate {
  const [field = '', ...modifiers] = line.key.split('|');
  const asksForAll = modifiers.includes('all');
  const key = [field, ...modifiers.filter((name) => name !== 'expand' && name !== 'all')].join('|');
  const groups = scalarsIn(line.value).map(({ text }) => filledText(text, valuesOf));
  return asksForAll ? and(groups.map((group) => read(key, group))) : read(key, groups.flat());
}

function read(key: string, values: readonly string[]): Predicate {
  const { find } = need(sigma.parse(JSON.stringify({ s: { [key]: values }, condition: 's' })), () => {});
  if (find.kind !== 'filter') throw new Error('A line is about single events.');
  return find.where;
}

function filledText(text: string, valuesOf: (name: string) => readonly string[]): readonly string[] {
  let made = [''];
  let at = 0;
  for (const { index, 0: found, 1: name = '' } of text.matchAll(placeholder)) {
    const before = text.slice(at, index);
    made = made.flatMap((start) => valuesOf(name).map((value) => start + before + value));
    at = index + found.length;
  }
  return made.map((start) => start + text.slice(at));
}

function scalarsIn(node: Node): readonly ScalarNode[] {
  if (node.kind === 'scalar') return [node];
  return node.kind === 'list' ? node.of.flatMap(scalarsIn) : [];
}
