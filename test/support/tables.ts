/** The cells of a line of a table. */
export function cellsOf(line: string): readonly string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The pieces of code in a cell. */
export function codesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/(`+)(.+?)\1(?!`)/g)].map(([, , code]) => code!.trim().replaceAll('\\|', '|'));
}

/** A code, linked to where the manual explains it, from a folder of its own. */
export function linkTo(code: string): string {
  return `[${code}](../codes.md#${code.replace('/', '')})`;
}
