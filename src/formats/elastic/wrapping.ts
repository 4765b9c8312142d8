/** Texts have two forms here: as they stand in the file, in lines, and as they are meant. */

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
