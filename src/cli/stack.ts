import type { Stack } from '../index.ts';
import type { Flag } from './flags.ts';
import { UsageError } from './usage.ts';

export const stackFlag = {
  type: 'string',
  describe: 'The version of the Elastic Stack that is to take the rules, as in 8.18; the newest unless said',
  reads: stackOf,
} as const satisfies Flag;

/** The version that an option says. */
export function stackOf(text: string): Stack {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})(?:\.\d{1,9})?$/.exec(text) ?? [];
  if (major !== undefined && minor !== undefined) return { major: Number(major), minor: Number(minor) };
  throw new UsageError(`--stack is a version as in 8.18, and not "${text}".`);
}
