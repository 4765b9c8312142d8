/**
 * Long texts are wrapped in rule files, and that is layout: the build joins their lines before a rule
 * leaves for Kibana. Texts have two forms here, therefore: as they stand in the file, and as they are meant.
 */

const lineBreak = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;
const untidy = /^\s|\s$|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;

/** As the build does it: every line without the blanks around it, one space between two lines. */
export function joinLines(text: string): string {
  if (!untidy.test(text)) return text;
  return text
    .trim()
    .split(lineBreak)
    .map((line) => line.trim())
    .join(' ');
}

/** How a text stands in a file: in lines of so many columns, each behind an indent. */
export interface Margin {
  readonly columns: number;
  readonly indent: string;
}

/** Lines of words, each with an end. No word is broken. `joinLines` gives the text back. */
export function wrap(text: string, { columns, indent }: Margin): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(loneSpace)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > columns) lines.push(line);
    line = line !== '' && longer.length > columns ? word : longer;
  }
  return `${indent}${[...lines, line].join(`\n${indent}`)}\n${indent}`;
}

/** A space among other blanks is not one that a line break may stand for. */
const loneSpace = /(?<!\s) (?!\s)/;
