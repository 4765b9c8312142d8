import { isMany, isWildcard, many, pattern } from './pattern.ts';
import type { Pattern } from './query.ts';

/** Text and single wildcards between two runs of any length. */
type Piece = readonly (string | undefined)[];

/**
 * Whether a text, whole, is what a pattern says. The pieces between its stars are looked for one after the other,
 * each as early as can be, so the time is that of the text times the longest piece and never more.
 */
export function wildcardTest(whole: Pattern): (text: string) => boolean {
  const pieces = piecesOf(whole);
  const [first = [], ...others] = pieces;
  if (others.length === 0) return (text) => text.length === first.length && standsAt(first, text, 0);
  const last = others.pop()!;
  const plain = others.map(textOf);
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !standsAt(first, text, 0) || !standsAt(last, text, end)) return false;
    let at = first.length;
    for (const [index, piece] of others.entries()) {
      const found = plain[index] === undefined ? find(piece, text, at) : text.indexOf(plain[index], at);
      if (found < 0) return false;
      at = found + piece.length;
      if (at > end) return false;
    }
    return true;
  };
}

/** Whether a field is one of those that a name with stars stands for. */
export function nameTest(field: string): (name: string) => boolean {
  const parts = field.split(/(\*)/).filter((part) => part !== '');
  return wildcardTest(pattern(parts.map((part) => (part === '*' ? many : part))));
}

/** The units of a pattern, cut at the wildcards that stand for any number of them. */
function piecesOf(whole: Pattern): readonly Piece[] {
  const pieces: (string | undefined)[][] = [[]];
  for (const part of whole) {
    if (isMany(part)) pieces.push([]);
    else if (isWildcard(part)) pieces.at(-1)!.push(undefined);
    else if (typeof part === 'string') for (const unit of part.split('')) pieces.at(-1)!.push(unit);
  }
  return pieces;
}

function textOf(piece: Piece): string | undefined {
  return piece.includes(undefined) ? undefined : piece.join('');
}

function find(piece: Piece, text: string, from: number): number {
  for (let at = from; at + piece.length <= text.length; at += 1) if (standsAt(piece, text, at)) return at;
  return -1;
}

function standsAt(piece: Piece, text: string, at: number): boolean {
  for (let index = 0; index < piece.length; index += 1) {
    const unit = piece[index];
    if (unit !== undefined && unit !== text.charAt(at + index)) return false;
  }
  return at + piece.length <= text.length;
}
