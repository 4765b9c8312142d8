/**
 * Where the parts of a TOML text end (TOML 1.0, and what 1.1 adds). The text was read by the TOML library
 * before, so that everything is where it must be: nothing is checked here, and nothing is interpreted.
 */

const [tab, lineFeed, carriageReturn, space, quote, hash, apostrophe, backslash] = [
  9, 10, 13, 32, 34, 35, 39, 92,
];

/** Behind blanks, line ends and comments. */
export function skipVoid(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code === hash) next = lineEnd(text, next);
    else if (code === space || code === tab || code === lineFeed || code === carriageReturn) next += 1;
    else return next;
  }
}

/** Behind the blanks on this line. */
export function skipBlank(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) === space || text.charCodeAt(next) === tab) next += 1;
  return next;
}

/** The line feed that ends this line, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

export function isString(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === quote || code === apostrophe;
}

/** String := '"""' … '"""' | "'''" … "'''" | '"' … '"' | "'" … "'" */
export function endOfString(text: string, at: number): number {
  const mark = text.charAt(at);
  const triple = mark.repeat(3);
  if (text.startsWith(triple, at)) return endOfBlock(text, at + 3, triple);
  return closing(text, at + 1, mark) + 1;
}

/** Up to two more quotes before the closing three belong to the text. */
function endOfBlock(text: string, at: number, triple: string): number {
  const close = closing(text, at, triple);
  let more = 0;
  while (more < 2 && text.charAt(close + 3 + more) === triple.charAt(0)) more += 1;
  return close + 3 + more;
}

/** The next mark that no backslash keeps from closing. In literal strings none does. */
function closing(text: string, start: number, mark: string): number {
  if (mark.startsWith("'")) {
    const found = text.indexOf(mark, start);
    return found === -1 ? text.length : found;
  }
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote && text.startsWith(mark, at)) return at;
    at += code === backslash ? 2 : 1;
  }
  return text.length;
}

const word = /[^\s,\]}#]+(?: \d\d:[^\s,\]}#]+)?/y;

/** Word := any run of characters; a date may have a space before its time of day. */
export function endOfWord(text: string, at: number): number {
  word.lastIndex = at;
  return word.test(text) ? word.lastIndex : at;
}

const bareKey = /[A-Za-z0-9_-]+/y;

/** KeyPart := String | Bare */
export function endOfKeyPart(text: string, at: number): number {
  if (isString(text, at)) return endOfString(text, at);
  bareKey.lastIndex = at;
  return bareKey.test(text) ? bareKey.lastIndex : at + 1;
}

/** Where the text of a string begins: behind its quotes, and the line end that follows three of them. */
export function startOfText(text: string, at: number): number {
  if (!text.startsWith(text.charAt(at).repeat(3), at)) return at + 1;
  const next = at + 3;
  if (text.charCodeAt(next) === lineFeed) return next + 1;
  return text.startsWith('\r\n', next) ? next + 2 : next;
}
