import { codes, type Pipeline, type Table } from '../index.ts';
import { loadMappings } from '../node.ts';
import { type Flag, isPath } from './flags.ts';
import { paint, say } from './terminal.ts';
import { loaded } from './usage.ts';

export const mappingFlag = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'A mapping table to lay over those that ship, or a processing pipeline of pySigma',
  ...isPath,
} as const satisfies Flag;

/** What is named by `--mapping`. What is left out of it is told once; what is not read back, if rules go to Sigma. */
export function mappingsNamed(paths: readonly string[] = [], to?: string): readonly (Table | Pipeline)[] {
  const outcome = loadMappings(paths);
  if (!outcome.ok) return loaded(outcome);
  for (const { code, message } of outcome.diagnostics) {
    if (code === 'mapping/one-way' && to !== 'sigma') continue;
    const { level } = codes[code];
    say(`${paint(level, level)}: ${message} ${paint(`[${code}]`, 'dim')}`, 'warning');
  }
  return outcome.value;
}
