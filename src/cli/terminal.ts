import type { Finding, Level } from '../index.ts';
import { frame, inLine, offsetAt } from '../index.ts';
import { isAtLeast, type LogLevel } from './log-level.ts';

/** Colours on a terminal, and only there; never with NO_COLOR (no-color.org). */
function coloured({ isTTY }: Stream): boolean {
  return isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
}

type Stream = { readonly isTTY?: boolean };

const colours = { error: 31, warning: 33, note: 36, bold: 1, dim: 2 } as const;

export function paint(text: string, colour: keyof typeof colours, on: Stream = process.stderr): string {
  return coloured(on) ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;
}

/** There is one standard error, and so one level of what is told there. */
let told: LogLevel = 'warning';

export function setLogLevel(level: LogLevel): void {
  told = level;
}

export function tells(level: LogLevel): boolean {
  return isAtLeast(told, level);
}

/** What is no finding, as the totals of a run: told unless nothing is. */
export function say(text: string, level: LogLevel = 'error'): void {
  if (tells(level)) process.stderr.write(`${text}\n`);
}

/** A finding, unless it is not worth the level. Notes get here only where they were asked for. */
export function tell(found: Finding, text: string, before = 0): void {
  if (tells(found.level === 'error' ? 'error' : 'warning'))
    process.stderr.write(`${printFinding(found, text, before)}\n`);
}

/** Findings from the worst down. */
const order: Readonly<Record<Level, number>> = { error: 0, warning: 1, note: 2 };

export function byLevel(a: Finding, b: Finding): number {
  return order[a.level] - order[b.level];
}

/** `rules/a.toml:12:3: warning: … [loss/case-sensitivity]`, and for errors the line it is about; `before` lines stand before the text. */
export function printFinding(found: Finding, text: string, before = 0): string {
  const path = inLine(found.path);
  const place = found.line === undefined ? path : `${path}:${found.line}:${found.column}`;
  const head = `${place}: ${paint(found.level, found.level)}: ${inLine(found.message)} ${paint(`[${found.code}]`, 'dim')}`;
  if (found.level !== 'error' || found.line === undefined || text === '') return head;
  const offset = offsetAt(text, { line: found.line - before, column: found.column ?? 1 });
  return `${head}\n${frame(text, { start: offset, end: offset + 1 }, before).replace(/^/gm, '    ')}`;
}

/** A line that is overwritten as work goes on. Only on a terminal; silent elsewhere. */
export function progress(done: number, total: number, what = 'files'): void {
  if (process.stderr.isTTY !== true || total < 50 || !tells('error')) return;
  const end = done === total ? '\r\u001b[K' : '';
  if (done % 25 === 0 || done === total) process.stderr.write(`\r${done} of ${total} ${what}${end}`);
}

/** An object a line, on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
