/** A text in a message: in one line, and no longer than people read. */
export function shortened(text: string, longest = 40): string {
  const line = text.replace(/\s+/g, ' ');
  // Cut between signs, and not within one.
  return line.length <= longest ? line : `${line.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}
