import { type Finding, inLine } from '../index.ts';
import { paint, say, tell } from './terminal.ts';

/** What `check` came to in one file. */
export interface Checked {
  /** What stands in the file, once it is fixed. */
  readonly text: string;
  readonly isFixed: boolean;
  /** Its rules and what was found about each; a file that is told of as one, or what is of no rule, has no name. */
  readonly rules: readonly {
    readonly id?: string;
    readonly title?: string;
    readonly diagnostics: readonly Finding[];
  }[];
}

/** What else was asked for, and how it is to be told. */
export interface Manner {
  readonly fixes: boolean;
  readonly json: boolean;
}

export type Counts = { readonly [count in 'files' | 'findings' | 'ignored' | 'fixed']: number };

export function tellFile(path: string, { text, isFixed, rules }: Checked, { fixes, json }: Manner): void {
  if (json) {
    for (const rule of rules) print({ path, ...(fixes && { fixed: isFixed }), ...rule });
    return;
  }
  if (isFixed) say(`${inLine(path)}: laid out in house style.`);
  for (const one of rules.flatMap(({ diagnostics }) => diagnostics)) tell(one, text);
}

export function tellAll({ fixed, ...counts }: Counts, { fixes, json }: Manner): void {
  if (json) {
    print({ summary: { ...counts, ...(fixes && { fixed }) } });
    return;
  }
  const files = paint(countOf(counts.files, 'file'), 'bold');
  const laidOut = fixes ? `${fixed} laid out in house style, ` : '';
  const passed =
    counts.ignored > 0 ? ` ${countOf(counts.ignored, 'file')} of no known format passed over.` : '';
  say(`${files}: ${laidOut}${faults(counts.findings)}.${passed}`);
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function faults(count: number): string {
  return count === 0 ? 'no faults' : countOf(count, 'fault');
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
