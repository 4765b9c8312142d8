import { type Characters, charactersOf, everyCharacter, union } from './characters.ts';
import { type Expression, itemsOf } from './expression.ts';

/** Whether it asks of a place, and takes no text. */
export function isPlace(node: Expression): boolean {
  return node.kind === 'anchor' || node.kind === 'boundary';
}

/** Whether the empty text is enough for it. */
export function isNullable(node: Expression): boolean {
  switch (node.kind) {
    case 'alternation':
      return node.of.some(isNullable);
    case 'sequence':
    case 'intersection':
      return node.of.every(isNullable);
    case 'repeat':
      return node.least === 0 || isNullable(node.of);
    case 'group':
      return isNullable(node.of);
    case 'complement':
      return !isNullable(node.of);
    case 'quoted':
      return node.text === '';
    case 'any-string':
    case 'anchor':
    case 'boundary':
      return true;
    case 'character':
    case 'class':
    case 'any':
    case 'interval':
    case 'nothing':
      return false;
    default:
      return node satisfies never;
  }
}

/** The characters that a text of it may begin with, the empty text aside. */
export function firstOf(node: Expression): Characters {
  return edgeCharacters(node, (parts) => parts);
}

/** The characters that a text of it may end with, the empty text aside. */
export function lastOf(node: Expression): Characters {
  return edgeCharacters(node, (parts) => parts.toReversed());
}

type Order = <T>(parts: readonly T[]) => readonly T[];

function edgeCharacters(node: Expression, order: Order): Characters {
  switch (node.kind) {
    case 'alternation':
      return union(node.of.map((part) => edgeCharacters(part, order)));
    case 'sequence':
      return ofSequence(order(itemsOf(node)), order);
    case 'repeat':
    case 'group':
      return edgeCharacters(node.of, order);
    case 'quoted': {
      const [char] = order([...node.text]);
      return char === undefined ? [] : charactersOf({ kind: 'character', char })!;
    }
    case 'nothing':
      return [];
    default:
      return charactersOf(node) ?? everyCharacter;
  }
}

function ofSequence(parts: readonly Expression[], order: Order): Characters {
  const needed = parts.findIndex((part) => !isNullable(part));
  const reached = needed < 0 ? parts : parts.slice(0, needed + 1);
  return union(reached.map((part) => edgeCharacters(part, order)));
}
