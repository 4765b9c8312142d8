import type { Table } from '../index.ts';
import { loadMappings } from '../node.ts';
import { loaded } from './usage.ts';

export const mappingFlag = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'A mapping table to lay over those that ship',
} as const;

/** The tables that `--mapping` names. What is odd in them is told, and what is wrong is wrong usage. */
export function tablesIn(paths: readonly string[] = []): readonly Table[] {
  const outcome = loadMappings(paths);
  const tables = loaded(outcome);
  for (const { message } of outcome.diagnostics) process.stderr.write(`${message}\n`);
  return tables;
}
