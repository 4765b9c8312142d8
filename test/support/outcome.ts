import { expect } from 'vitest';
import { codes } from '../../src/diagnostic/codes.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { FormatId } from '../../src/formats/format.ts';
import { check, convert, read } from '../../src/index.ts';
import { formatIds } from './templates.ts';

/** Nobody waits longer for any text at all. */
const patience = 2_000;

/** What is said of a text, by all that can be asked about it. */
export interface Said {
  readonly read: boolean;
  /** The targets in which each of its rules was written. */
  readonly written: readonly string[];
  readonly faults: readonly Diagnostic[];
}

/** Asks everything about a text. Each answer comes in time, and each finding has a code, a sentence and a place. */
export function outcomeOf(text: string, targets: readonly FormatId[] = formatIds): Said {
  const pack = inTime(() => read(text));
  const faults = [...pack.diagnostics, ...inTime(() => check(text))];
  const written = targets.filter((to) => {
    const outcome = inTime(() => convert(text, { to }));
    const rules = outcome.ok ? outcome.value.rules : [];
    const found = [outcome, ...rules].flatMap(({ diagnostics }) => diagnostics);
    for (const one of found) faults.push(one);
    expect(outcome.ok).toBe(pack.ok);
    if (!outcome.ok) expect(outcome.diagnostics).not.toEqual([]);
    for (const rule of rules) if (rule.text === '') expect(rule.diagnostics).not.toEqual([]);
    return outcome.ok && rules.every((rule) => rule.text !== '');
  });
  for (const fault of faults) expect(told(fault, text)).toBe('');
  if (!pack.ok) for (const { span, message } of pack.diagnostics) expect(span, message).toBeDefined();
  return { read: pack.ok, written, faults };
}

/** What a finding lacks: a code of the catalogue, a sentence of bearable length, a place within the text. */
export function told({ code, message, span }: Diagnostic, text: string): string {
  if (!Object.hasOwn(codes, code)) return `${code} is no code.`;
  if (!/^[^]{5,}[.?)]$/.test(message) || message.length > 1_000)
    return `No sentence: ${message.slice(0, 200)}`;
  const isWithin =
    span === undefined || (0 <= span.start && span.start <= span.end && span.start <= text.length);
  return isWithin ? '' : `${span?.start} to ${span?.end} is no place in ${text.length}: ${message}`;
}

/** Other processes may keep this one waiting: what it did itself counts. */
export function inTime<T>(work: () => T): T {
  const [clock, { user, system }] = [performance.now(), process.cpuUsage()];
  const result = work();
  const own = process.cpuUsage();
  const spent = Math.min(performance.now() - clock, (own.user + own.system - user - system) / 1_000);
  expect(spent).toBeLessThan(patience);
  return result;
}
