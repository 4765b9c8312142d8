import { endOfComment, endOfQuotedName, endOfString, isComment } from '../scan.ts';

/** Everything that does not begin a string, a name, a comment, or end the text. */
const plain = /[^"`/|()]+/y;

/**
 * Where the text of a command ends that is not read: at the next pipe, or the parenthesis that closes what is
 * around. Those in strings, names, comments and parentheses of its own do not count.
 */
export function endOfOther(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '|' && depth === 0) break;
    if (char === ')' && depth === 0) break;
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    at = endOfPiece(text, at);
  }
  return at;
}

/** The same text with a blank for each comment, so that it can stand before others on its line. */
export function withoutComments(text: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length) {
    const end = endOfPiece(text, at);
    pieces.push(isComment(text, at) ? ' ' : text.slice(at, end));
    at = end;
  }
  return pieces.join('').trim();
}

function endOfPiece(text: string, start: number): number {
  const char = text.charAt(start);
  if (char === '"') return endOfString(text, start);
  if (char === '`') return endOfQuotedName(text, start);
  if (char === '/' && isComment(text, start)) return endOfComment(text, start);
  plain.lastIndex = start;
  return plain.test(text) ? plain.lastIndex : start + 1;
}
