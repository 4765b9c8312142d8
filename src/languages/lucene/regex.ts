/** Elasticsearch takes no expression of more characters, unless the index is told to. */
export const longestRegex = 1000;

/** The pieces of an expression: escaped characters, texts in quotes, classes, and the rest one by one. */
const piece = /\\[^]|"[^"]*"|\[\^?(?:\\[^]|[^\]\\])+\]|[^]/g;

/**
 * An expression in the one spelling that it is read in: a slash and a `u` have no need of a backslash, and one
 * that ends in an escaped backslash ends in a class, for `\/` would not end the expression in a query.
 */
export function normalRegex(text: string): string {
  const pieces = (text.match(piece) ?? []).map((part) =>
    part === '\\/' || part === '\\u' ? part.charAt(1) : part.startsWith('[') ? inClass(part) : part,
  );
  if (pieces.at(-1) === '\\\\') pieces[pieces.length - 1] = '[\\\\]';
  return pieces.join('');
}

function inClass(text: string): string {
  return text.replace(/\\([^])/g, (pair, char: string) => (char === '/' || char === 'u' ? char : pair));
}

/** A normal expression between slashes; undefined if a query can not hold it. */
export function printRegex(text: string): string | undefined {
  const pieces = text.match(piece) ?? [];
  const bad = (part: string) =>
    part === '\\' || (part.length > 1 && part.startsWith('"') && /[\\/]/.test(part));
  if (pieces.some(bad)) return undefined;
  const inside = pieces.map((part) => part.replaceAll('/', '\\/')).join('');
  return inside.length > longestRegex ? undefined : `/${inside}/`;
}

/** The expression that takes upper and lower case alike, by classes; undefined if it can not be said so. */
export function anyCaseRegex(text: string): string | undefined {
  const pieces = (text.match(piece) ?? []).map((part) => {
    if (part.length > 1 && part.startsWith('"')) return undefined;
    if (part.length > 1 && part.startsWith('[')) return anyCaseClass(part);
    return part.startsWith('\\') ? escapedAnyCase(part) : anyCase(part);
  });
  return pieces.every((part) => part !== undefined) ? pieces.join('') : undefined;
}

/** `\d`, `\w` and `\s` are classes; a letter without a meaning of its own is itself. */
function escapedAnyCase(pair: string): string {
  return /[dDwWsS]/.test(pair) ? pair : anyCase(pair.charAt(1)).replace(/^[^[]$/, pair);
}

/** `[cC]`, or the character itself if it has no other case of its own length. */
export function anyCase(char: string): string {
  const all = casesOf(char);
  return all.length > 1 ? `[${all.join('')}]` : char;
}

/** The characters that are the same without case; `ß` has none beside it that is one, `ſ` none that comes back to it. */
function casesOf(char: string): readonly string[] {
  const lower = char.toLowerCase();
  const others = [lower, char.toUpperCase()].filter(
    (other) => other.length === char.length && other.toLowerCase() === lower,
  );
  return [...new Set([...others, char])];
}

const member = /(\\[^]|[^\\])-(\\[^]|[^\\\]])|\\[^]|[^]/g;

function anyCaseClass(text: string): string | undefined {
  const negated = text.startsWith('[^');
  const inner = text.slice(negated ? 2 : 1, -1);
  const members: string[] = [];
  for (const [whole, from, to] of inner.matchAll(member)) {
    if (from === undefined || to === undefined) {
      members.push(whole, ...(whole.length === 1 ? casesOf(whole).filter((char) => char !== whole) : []));
      continue;
    }
    const other = otherRange(from, to);
    if (other === undefined) return undefined;
    members.push(whole, other);
  }
  return `[${negated ? '^' : ''}${members.join('')}]`;
}

/** `A-Z` for `a-z`; nothing for what has no letters; undefined for what is only partly of letters. */
function otherRange(from: string, to: string): string | undefined {
  if (/^[a-z]$/.test(from) && /^[a-z]$/.test(to)) return `${from.toUpperCase()}-${to.toUpperCase()}`;
  if (/^[A-Z]$/.test(from) && /^[A-Z]$/.test(to)) return `${from.toLowerCase()}-${to.toLowerCase()}`;
  const [low, high] = [from.at(-1)!, to.at(-1)!];
  const hasLetters = low <= 'z' && high >= 'A' && !(low > 'Z' && high < 'a');
  return hasLetters || high > '\u007f' ? undefined : '';
}
