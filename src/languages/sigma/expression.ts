/**
 * Regular expressions of `re`: the PCRE subset, searched for in any part of the value. Only their outline
 * is looked at; `query/regex.ts` knows what is within.
 */

/** Why a text is no regular expression, if it is none. */
export function faultOf(text: string): string | undefined {
  // Between \Q and \E brackets are letters; nobody counts them there.
  if (text.includes('\\Q')) return undefined;
  let open = 0;
  let repeatable = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') {
      at += 1;
      if (at === text.length) return 'it ends in a backslash';
    } else if (char === '[') {
      at = endOfClass(text, at);
      if (at === text.length) return 'a bracket is never closed';
    } else if (char === '(') {
      open += 1;
      if (text.charAt(at + 1) === '?') at += 1;
    } else if (char === ')') {
      open -= 1;
      if (open < 0) return 'a parenthesis is closed that was never opened';
    } else if (/[*+?]/.test(char) && !repeatable) {
      return `there is nothing that "${char}" could repeat`;
    }
    repeatable = char !== '(' && char !== '|';
  }
  return open > 0 ? 'a parenthesis is never closed' : undefined;
}

/** Where the bracket stands that closes a class; the end of the text if none does. */
function endOfClass(text: string, start: number): number {
  let at = start + (text.charAt(start + 1) === '^' ? 2 : 1);
  if (text.charAt(at) === ']') at += 1;
  while (at < text.length && text.charAt(at) !== ']') at += text.charAt(at) === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

/** The same expression, found at the start of the value only. */
export function anchorStart(text: string): string {
  const flags = /^\(\?[a-z]+\)/.exec(text)?.[0] ?? '';
  const rest = text.slice(flags.length);
  return rest.startsWith('^') && !rest.includes('|') ? text : `${flags}^${grouped(rest)}`;
}

/** The same expression, found at the end of the value only. */
export function anchorEnd(text: string): string {
  const flags = /^\(\?[a-z]+\)/.exec(text)?.[0] ?? '';
  const rest = text.slice(flags.length);
  const ends = /(?:^|[^\\])(?:\\\\)*\$$/.test(rest) && !rest.includes('|');
  return ends ? text : `${flags}${grouped(rest)}$`;
}

/** A bar would cut the anchor off from all alternatives but one. */
function grouped(text: string): string {
  return text.includes('|') ? `(?:${text})` : text;
}
