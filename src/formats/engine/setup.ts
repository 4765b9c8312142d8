/** Where the section headed `## Setup` stands in an investigation guide, up to the next heading. */
export interface SetupSection {
  readonly start: number;
  /** What the section says, without the blanks around it. */
  readonly text: string;
  readonly textStart: number;
  readonly textEnd: number;
  /** The line of the heading behind it. */
  readonly next: string | undefined;
}

export function findSetup(note: string): SetupSection | undefined {
  if (!note.includes('Setup')) return undefined;
  const headings = headingsOf(note);
  const at = headings.findIndex(({ text }) => title.test(text));
  const heading = headings[at];
  if (heading === undefined) return undefined;
  const section = note.slice(heading.end, headings[at + 1]?.start);
  const text = section.trim();
  const textEnd = heading.end + section.trimEnd().length;
  const next = headings[at + 1]?.text;
  return { start: heading.start, text, textStart: textEnd - text.length, textEnd, next };
}

/**
 * Takes the section on setup out of an investigation guide and into a text of its own. Undefined if there
 * is none. The blank lines on both sides of the section stay.
 */
export function splitNote(note: string): { note: string; setup: string } | undefined {
  const section = findSetup(note);
  if (section === undefined) return undefined;
  return { note: (note.slice(0, section.start) + note.slice(section.textEnd)).trim(), setup: section.text };
}

/** Where the first heading stands that reads like this. */
export function startOfHeading(note: string, line: string): number | undefined {
  return headingsOf(note).find(({ text }) => text === line)?.start;
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
