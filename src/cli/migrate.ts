import type { Argv, CommandModule, InferredOptionTypes } from 'yargs';

import { castingFlags, castingOptionsOf, tellingFlags } from './casting-flags.ts';
import { examples } from './examples.ts';
import type { Flags } from './flags.ts';
import { runMigrate } from './run-migrate.ts';
import { checkOnce, UsageError } from './usage.ts';

export const migrateFlags = {
  ...castingFlags,
  id: {
    choices: ['keep', 'derive'] as const,
    default: 'keep' as const,
    describe: 'The ids to write: those that rules have, or ids that follow from them',
  },
  names: {
    choices: ['keep', 'house'] as const,
    default: 'keep' as const,
    describe: "Names of files: those of the source, or as the target's house has them",
  },
  bundle: {
    type: 'boolean',
    default: false,
    describe: 'Going to kibana or native: all rules in one file',
  },
  'on-conflict': {
    choices: ['ask', 'ours', 'theirs', 'both'] as const,
    describe:
      'A rule was changed in the target and in the source, and the two do not go together: keep it there, write it anew, or lay the new one beside it',
  },
  restore: { type: 'boolean', default: false, describe: 'Write again what was deleted in the target' },
  prune: {
    type: 'boolean',
    default: false,
    describe: 'Remove what has no source any more, unless it was changed by hand',
  },
  again: { type: 'boolean', default: false, describe: 'Cast all rules, whether they have changed or not' },
  changes: {
    type: 'boolean',
    default: false,
    describe: 'Tell what is otherwise in each rule that is written, in words; with --dry-run, what would be',
  },
  'dry-run': {
    type: 'boolean',
    default: false,
    describe: 'Write nothing; say what would become of each file',
  },
  check: {
    type: 'boolean',
    default: false,
    describe: 'Write nothing; exit code 1 if the target is not up to date',
  },
  watch: { type: 'boolean', default: false, describe: 'Go on, and follow each change of the source' },
  jobs: {
    type: 'string',
    reads: jobsOf,
    describe: 'How many threads cast rules, 1 unless said; more cost more work, and pay where cores are idle',
  },
  ...tellingFlags,
} as const satisfies Flags;

type Given = InferredOptionTypes<typeof migrateFlags> & { readonly source: string; readonly target: string };

function jobsOf(text: string): number {
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs > 0) return jobs;
  throw new UsageError(`--jobs is a number of threads, 1 or more, and not "${text}".`);
}

export const migrateCommand: CommandModule<object, Given> = {
  command: 'migrate <source> <target>',
  describe: 'Cast a whole repository of rules, and again when it has changed',
  builder: (yargs: Argv) =>
    yargs
      .positional('source', { type: 'string', demandOption: true, describe: 'The folder the rules are in' })
      .positional('target', { type: 'string', demandOption: true, describe: 'The folder to write to' })
      .options(migrateFlags)
      .epilogue(
        examples([
          [
            'migrate sigma/rules elastic --to elastic',
            'A file for each; run it again when the source has changed',
          ],
          ['migrate sigma/rules elastic --to elastic --dry-run', 'What a run would do'],
          [
            'migrate sigma/rules elastic --to elastic --dry-run --changes',
            'What would be otherwise in the rules',
          ],
          ['migrate sigma/rules elastic --to elastic --check', 'Whether the target is up to date, for CI'],
          ['migrate rules bundle --to kibana --bundle', 'All rules in one file that Kibana imports'],
        ]),
      )
      .epilogue(
        '--json gives an object a line: {path, id, title, fidelity, proof, text, out, state, changes, diagnostics} for a rule, {summary, gates} last.\n' +
          'Exit codes: 0 all written as allowed; 1 something was refused, is in conflict, or (--check) not up to date; 2 wrong usage, or nothing could be read.',
      ) as Argv<Given>,
  handler: async (given) => {
    checkOnce(given, ['allow', 'filter', 'mapping', 'report']);
    const { watch } = given;
    const jobs = given.jobs === undefined ? undefined : jobsOf(given.jobs);
    const isDry = given['dry-run'] || given.check;
    if (watch && isDry)
      throw new UsageError('--watch writes what has changed; it does not go with --dry-run or --check.');
    const { names, bundle, restore, prune, again, changes } = given;
    const { id, ...options } = castingOptionsOf(given);
    process.exitCode = await runMigrate(
      {
        ...given,
        watch,
        isDry,
        maxLoss: given['max-loss'],
        updateBaseline: given['update-baseline'],
        onConflict: given['on-conflict'],
      },
      {
        ...options,
        ...((id === 'keep' || id === 'derive') && { id }),
        ...{ names, bundle, restore, prune, again, changes, dryRun: isDry },
        ...(jobs !== undefined && { jobs }),
      },
    );
  },
};
