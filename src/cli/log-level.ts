import type { Flag } from './flags.ts';
import { UsageError } from './usage.ts';

/** From nothing to all. */
export const logLevels = ['silent', 'error', 'warning', 'note', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export const logLevelFlag = {
  choices: logLevels,
  describe: 'What is told on standard error: warning unless said; note is --verbose',
} as const satisfies Flag;

export function isAtLeast(level: LogLevel, other: LogLevel): boolean {
  return logLevels.indexOf(level) >= logLevels.indexOf(other);
}

/** What was said counts for more than what a file says, and a level for more than a yes or no. */
export function levelOf(
  parsed: Readonly<Record<string, unknown>>,
  isSaid: (option: string) => boolean,
): LogLevel {
  const { 'log-level': level, verbose } = parsed;
  if (Array.isArray(level)) throw new UsageError(`--log-level is said ${level.length} times; say it once.`);
  const byVerbose = verbose === true ? 'note' : 'warning';
  if (level === undefined || (isSaid('verbose') && !isSaid('log-level'))) return byVerbose;
  return level as LogLevel;
}
