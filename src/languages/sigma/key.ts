import { nearest } from '../../source/near.ts';
import type { Span } from '../../source/source.ts';
import { failure } from './failure.ts';
import { aliases, first, modifiers, ofLists } from './modifiers.ts';
import type { ScalarNode } from './node.ts';

/** A key of a map: the field, and what is done with the values before they are compared with it. */
export interface Key {
  /** All of it, as it is written. */
  readonly text: string;
  /** Empty for a search in all fields. */
  readonly field: string;
  readonly modifiers: readonly Named[];
  readonly all: boolean;
  readonly negated: boolean;
}

export interface Named {
  readonly name: string;
  readonly span: Span;
}

/** Modifiers that make no sense twenty times over; a longer chain is not read. */
const longestChain = 16;

/** Key := [ field ] { '|' modifier } */
export function readKey(node: ScalarNode): Key {
  const [field = '', ...words] = node.text.split('|');
  if (words.length > longestChain) {
    throw failure('parse/bad-modifier', `A key with ${words.length} modifiers is not read.`, node.span);
  }
  let from = field.length + 1;
  const named = words.map((word): Named => {
    const name = aliases.get(word) ?? word;
    const span =
      node.at === undefined ? node.span : { start: node.at + from, end: node.at + from + word.length };
    from += word.length + 1;
    if (!modifiers.has(name)) throw unknown(word, span);
    return { name, span };
  });
  const changing = named.filter(({ name }) => !ofLists.has(name));
  refuseMisplaced(changing, named);
  return {
    text: node.text,
    field,
    modifiers: changing,
    all: named.some(({ name }) => name === 'all'),
    negated: named.some(({ name }) => name === 'neq'),
  };
}

function refuseMisplaced(changing: readonly Named[], named: readonly Named[]): void {
  for (const { name, span } of changing.slice(1)) {
    if (first.has(name)) {
      throw failure(
        'parse/bad-modifier',
        `"${name}" reads the value as it is written, so it stands first.`,
        span,
      );
    }
  }
  const exists = named.find(({ name }) => name === 'exists');
  if (exists && named.length > 1) {
    throw failure(
      'parse/bad-modifier',
      '"exists" asks for the field alone, so it has no other modifiers.',
      exists.span,
    );
  }
}

function unknown(word: string, span: Span) {
  const near = nearest(word, [...modifiers.keys(), ...aliases.keys()]);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return failure('parse/bad-modifier', `Sigma has no modifier "${word}".${hint}`, span);
}
