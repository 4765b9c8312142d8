import type { Diagnostic, Finding, Found } from '../index.ts';
import { codes, findingOf, inLine, positions } from '../index.ts';
import { writeOut } from '../node/output.ts';
import { paint, say, tell } from './terminal.ts';

/** What a rule or a query is called, and where it stands. */
export interface Label {
  readonly rule: string;
  readonly title: string;
  readonly path: string;
}

/** How what is found is to be told. */
export interface Manner {
  readonly json: boolean;
  readonly verbose: boolean;
}

export interface MatchManner extends Manner {
  /** What the events are called: the path of their file. */
  readonly events: string;
}

/** `events.ndjson:3,5: Many logins`, or an object a line. `lines` are those of events by their positions. */
export function tellMatch(
  { events, matcher: { finder } }: Found,
  label: Label,
  lines: ReadonlyMap<number, number>,
  { json, events: path }: MatchManner,
): void {
  const at = events.map((position) => lines.get(position) ?? -1);
  if (!json) {
    const places = at.map((line) => (line < 0 ? '-' : String(line))).join(',');
    print(`${path}:${places}: ${inLine(label.title)}\n`);
    return;
  }
  const found = finder.isAlone ? { event: events[0], line: at[0] } : { events, lines: at };
  printJson({ ...label, ...found, matched: true });
}

/** `rules/a.yml: Many logins` */
export function lineFor({ path, title }: Label): string {
  return inLine(`${path}: ${title}`);
}

export interface Summary {
  readonly rules: number;
  /** Rules that could not be asked. */
  readonly refused: number;
  readonly events: number;
  /** Events that could not be read. */
  readonly unread: number;
  readonly matches: number;
}

export function tellSummary(summary: Summary, { json }: Manner): void {
  if (json) {
    printJson({ summary });
    return;
  }
  const { rules, refused, events, unread, matches } = summary;
  const refusal = refused > 0 ? ` (${refused} could not be asked)` : '';
  const loss = unread > 0 ? ` (${unread} could not be read)` : '';
  const head = `${countOf(rules, 'rule', 's')}${refusal}, ${countOf(events, 'event', 's')}${loss}`;
  const found = matches === 0 ? 'no matches' : countOf(matches, 'match', 'es');
  say(`${paint(head, 'bold')}: ${found}.`);
}

export function countOf(count: number, what: string, ending: string): string {
  return `${count} ${what}${count === 1 ? '' : ending}`;
}

/** What is worth telling of a rule: notes only to who wants them. */
export function findingsOf(
  diagnostics: readonly Diagnostic[],
  { path, text }: { readonly path: string; readonly text: string },
  { verbose }: Manner,
): readonly Finding[] {
  const place = positions(text);
  return diagnostics
    .filter(({ code }) => verbose || codes[code].level !== 'note')
    .map((found) => findingOf(found, path, place));
}

export function tellFindings(findings: readonly Finding[], text: string): void {
  for (const found of findings) tell(found, text);
}

export function printJson(value: unknown): void {
  print(`${JSON.stringify(value)}\n`);
}

/** Ends the run where nobody reads on, as `head` does not, or where there is no room: events may go on for hours. */
export function print(text: string): void {
  try {
    if (!writeOut(text)) process.exit();
  } catch (error) {
    process.stderr.write(`Standard output could not be written: ${(error as Error).message}.\n`);
    process.exit(1);
  }
}
