import { type Flags, isPath } from './flags.ts';
import { logLevelFlag } from './log-level.ts';

/** Options that every command has. */
export const everywhere = {
  config: {
    type: 'string',
    describe: 'A file that says options; rulecast.config.json or .yaml, here or above, unless said',
    ...isPath,
  },
  'no-config': { type: 'boolean', describe: 'Take options from no file' },
  'log-level': logLevelFlag,
} as const satisfies Flags;

/** Options that mean the same for all commands that have them, so that a file may say them once, at its top. */
export const shared: readonly string[] = [
  'allow',
  'attack',
  'carry',
  'case',
  'caseless',
  'filter',
  'filters',
  'json',
  'mapping',
  'placeholders',
  'stack',
  'strict',
  'types',
  'unmapped',
  'verbose',
];
