/**
 * A command line cut into arguments as Windows programs cut theirs. Blanks part them, quotes hold them together; a
 * pair of quotes within quotes is one that counts. Backslashes stand for themselves, but before a quote, where two
 * are one, and an odd one keeps the quote from being read as one.
 */
export function argumentsOf(line: string): readonly string[] {
  const found: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (isBlank(line[at])) {
      at += 1;
      continue;
    }
    const { text, end } = argumentAt(line, at);
    found.push(text);
    at = end;
  }
  return found;
}

function argumentAt(line: string, start: number): { readonly text: string; readonly end: number } {
  let text = '';
  let isQuoted = false;
  let at = start;
  while (at < line.length && (isQuoted || !isBlank(line[at]))) {
    const slashes = countOf('\\', line, at);
    const isQuote = line[at + slashes] === '"';
    text += '\\'.repeat(isQuote ? Math.floor(slashes / 2) : slashes);
    at += slashes;
    if (!isQuote) {
      if (slashes === 0) text += line[at++];
    } else if (slashes % 2 === 1) {
      text += '"';
      at += 1;
    } else if (isQuoted && line[at + 1] === '"') {
      text += '"';
      isQuoted = false;
      at += 2;
    } else {
      isQuoted = !isQuoted;
      at += 1;
    }
  }
  return { text, end: at };
}

function countOf(char: string, line: string, start: number): number {
  let end = start;
  while (line[end] === char) end += 1;
  return end - start;
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}
