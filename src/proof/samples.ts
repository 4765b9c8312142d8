import { charactersOf } from '../query/expression/characters.ts';
import type { Expression } from '../query/expression/expression.ts';
import type { Part } from './values.ts';

/** How many texts of an expression are tried. */
const most = 12;

/** Some texts that an expression may match, the shortest way through it first. Whether they do is for the matcher to say. */
export function sampleOf(part: Part): readonly string[] {
  if (part.kind !== 'expression' || part.tree === undefined) return [];
  const tree = part.tree;
  return [...new Set([0, 1, 2].flatMap((more) => textsOf(tree, more)))];
}

/** `more` is how many times over what may be repeated is, beyond what it must be. */
function textsOf(node: Expression, more: number): readonly string[] {
  switch (node.kind) {
    case 'sequence':
      return joined(node.of.map((part) => textsOf(part, more)));
    case 'alternation':
      return node.of.slice(0, most).flatMap((part) => textsOf(part, more).slice(0, 2));
    case 'group':
      return textsOf(node.of, more);
    case 'repeat': {
      const times = Math.min(node.least + more, node.most ?? Number.POSITIVE_INFINITY);
      return textsOf(node.of, more).map((text) => (text.length * times > 4096 ? '' : text.repeat(times)));
    }
    case 'quoted':
      return [node.text];
    case 'interval':
      return [String(node.least).padStart(node.digits ?? 0, '0')];
    case 'character':
      return [node.char];
    case 'any':
    case 'class':
      return [plainestOf(node)];
    case 'any-string':
    case 'anchor':
    case 'boundary':
      return [''];
    case 'complement':
      return ['', 'x'];
    case 'intersection':
      return node.of.flatMap((part) => textsOf(part, more)).slice(0, most);
    case 'nothing':
      return [];
    default:
      return node satisfies never;
  }
}

/** The first text of each part, and each other text of one of them beside those. */
function joined(parts: readonly (readonly string[])[]): readonly string[] {
  if (parts.some((texts) => texts.length === 0)) return [];
  const first = parts.map((texts) => texts[0]!);
  const others = parts.flatMap((texts, at) => texts.slice(1, 4).map((text) => first.with(at, text)));
  return [first, ...others].slice(0, most).map((texts) => texts.join(''));
}

const plainest = 'xaXA0 -_./\\:';

function plainestOf(node: Expression): string {
  const set = charactersOf(node) ?? [];
  const found = [...plainest].find((sign) =>
    set.some(([from, to]) => sign.charCodeAt(0) >= from && sign.charCodeAt(0) <= to),
  );
  return found ?? String.fromCodePoint(set[0]?.[0] ?? 0x78);
}
