#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { version } from '../node/version.ts';
import { checkCommand } from './check.ts';
import { compareCommand } from './compare.ts';
import { convertCommand } from './convert.ts';
import { inspectCommand } from './inspect.ts';
import { listCommand } from './list.ts';
import { matchCommand } from './match.ts';
import { migrateCommand } from './migrate.ts';
import { explained } from './mistaken.ts';
import { translateCommand } from './translate.ts';
import { tune } from './tune.ts';
import { checkNegated, UsageError, usage } from './usage.ts';

tune();

// Whoever reads what is written has had enough, as `head` has: nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`Standard output could not be written: ${error.message}.\n`);
  process.exit(1);
});

/** What a run comes to: all as allowed, something refused or lost, or nothing done. */
try {
  const parser = yargs(hideBin(process.argv));
  await parser
    .scriptName('rulecast')
    .usage(usage)
    .command(convertCommand)
    .command(migrateCommand)
    .command(checkCommand)
    .command(translateCommand)
    .command(matchCommand)
    .command(compareCommand)
    .command(inspectCommand)
    .command(listCommand)
    .demandCommand(
      1,
      'Say what to do: convert, migrate, check, translate, match, compare, inspect or list. `rulecast --help` shows more.',
    )
    .recommendCommands()
    .strict()
    .version(version())
    .help()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .check(() => {
      checkNegated(ownWords(), keptIn(parser).boolean);
      return true;
    })
    .fail((message, error) => {
      if (error) throw error;
      throw new UsageError(explained(message, ownWords(), optionsIn(parser)));
    })
    .parseAsync();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

/** What stands behind the command, up to a `--`. */
function ownWords(): readonly string[] {
  const own = process.argv.includes('--') ? process.argv.indexOf('--') : process.argv.length;
  return process.argv.slice(3, own);
}

interface Kept {
  getOptions(): { readonly key: object; readonly alias: object; readonly boolean: readonly string[] };
}

/** The options there are of the command that is parsed; the parser keeps them, and does not say so. */
function keptIn(parser: unknown): ReturnType<Kept['getOptions']> {
  return (parser as Kept).getOptions();
}

/** Their names, each as it is told of. */
function optionsIn(parser: unknown): readonly string[] {
  const { key, alias } = keptIn(parser);
  return [...Object.keys(key), ...Object.keys(alias)].filter((name) => name.length > 1);
}
