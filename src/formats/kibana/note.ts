/**
 * Takes the section headed `## Setup`, up to the next heading, out of an investigation guide and into a
 * text of its own. Undefined if there is none. The blank lines on both sides of the section stay.
 */
export function splitNote(note: string): { note: string; setup: string } | undefined {
  const headings = headingsOf(note);
  const at = headings.findIndex(({ text }) => title.test(text));
  const heading = headings[at];
  if (heading === undefined) return undefined;
  const section = note.slice(heading.end, headings[at + 1]?.start);
  const behind = heading.end + section.trimEnd().length;
  return { note: (note.slice(0, heading.start) + note.slice(behind)).trim(), setup: section.trim() };
}

interface Heading {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const title = /^##[ \t]+Setup[ \t]*\r?$/;
const marks = /^(?:#{2,6}[ \t].*| {0,3}(?:```|~~~).*)$/gm;

/** Headings of the second level or below; what stands in a code block is none. */
function headingsOf(note: string): Heading[] {
  let inCode = false;
  const headings: Heading[] = [];
  for (const { 0: text, index } of note.matchAll(marks)) {
    if (!text.startsWith('#')) inCode = !inCode;
    else if (!inCode) headings.push({ text, start: index, end: index + text.length });
  }
  return headings;
}
