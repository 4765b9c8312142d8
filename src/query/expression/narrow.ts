import { foldedParts } from './case.ts';
import {
  type Characters,
  charactersOf,
  expressionOf,
  intersection,
  inverse,
  isSame,
  wordCharacters,
} from './characters.ts';
import { isNullable } from './ends.ts';
import { alternation, type Boundary, type Expression, isEmpty, nothing, sequence } from './expression.ts';
import { refuse } from './print.ts';

type Items = readonly Expression[];

/** A thing that may be empty, where it is not. */
export function nonEmpty(node: Expression, boundary: Boundary): Items {
  switch (node.kind) {
    case 'repeat':
      if (isNullable(node.of)) break;
      if (node.most === 0) return [nothing];
      return node.most === 1 ? [node.of] : [{ ...node, least: 1 }];
    case 'group':
      return isNullable(node.of) ? nonEmpty(node.of, boundary) : [node];
    case 'alternation': {
      const full = node.of.filter((part) => !isEmpty(part));
      if (!full.some(isNullable)) return [alternation(full)];
      break;
    }
    default:
  }
  return refuse(boundary, 'a boundary of words beside something that may be empty');
}

/** A thing that ends, or begins, with one of these characters, where it could with others too. */
export function narrowed(
  node: Expression,
  set: Characters,
  edge: 'first' | 'last',
  boundary: Boundary,
): Items {
  const single = singleOf(node);
  if (single) return [single(set)];
  const ordered = (rest: Items, end: Items) => (edge === 'last' ? [...rest, ...end] : [...end, ...rest]);
  switch (node.kind) {
    case 'repeat': {
      const { least, most } = node;
      const end = narrowed(node.of, set, edge, boundary);
      if (most === 1) return end;
      const bounds = most === undefined ? {} : { most: most - 1 };
      return ordered([{ kind: 'repeat', of: node.of, least: Math.max(least - 1, 0), ...bounds }], end);
    }
    case 'group':
      return narrowed(node.of, set, edge, boundary);
    case 'alternation': {
      const parts = node.of.map((part) => sequence(narrowed(part, set, edge, boundary)));
      return [alternation(parts)];
    }
    case 'sequence': {
      const end = edge === 'last' ? node.of.at(-1) : node.of[0];
      if (end === undefined || isNullable(end)) break;
      const rest = edge === 'last' ? node.of.slice(0, -1) : node.of.slice(1);
      return ordered(rest, narrowed(end, set, edge, boundary));
    }
    default:
  }
  return refuse(boundary, 'a boundary of words beside something that may be part of a word and may not');
}

/** How a thing that stands for one character is narrowed; undefined for longer ones. */
function singleOf(node: Expression): ((set: Characters) => Expression) | undefined {
  const own = charactersOf(node);
  if (own === undefined) return undefined;
  if (node.kind === 'character') return (set) => (intersection(own, set).length > 0 ? node : nothing);
  if (node.kind !== 'class' || !node.ignoresCase) return (set) => shorthandOf(intersection(own, set));
  const both = foldedParts(node.parts);
  return (set) => shorthandOf(intersection(node.negated ? inverse(both) : both, set));
}

function shorthandOf(set: Characters): Expression {
  const isWord = isSame(set, wordCharacters);
  if (!isWord && !isSame(set, inverse(wordCharacters))) return expressionOf(set);
  return { kind: 'class', negated: false, parts: [{ kind: 'shorthand', of: 'word', negated: !isWord }] };
}
