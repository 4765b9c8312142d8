#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';

import { checkCommand } from './check.ts';
import { compareCommand } from './compare.ts';
import { convertCommand } from './convert.ts';
import { inspectCommand } from './inspect.ts';
import { listCommand } from './list.ts';
import { matchCommand } from './match.ts';
import { explained } from './mistaken.ts';
import { translateCommand } from './translate.ts';
import { tune } from './tune.ts';
import { UsageError, usage } from './usage.ts';
import { version } from './version.ts';

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
    .command(checkCommand)
    .command(translateCommand)
    .command(matchCommand)
    .command(compareCommand)
    .command(inspectCommand)
    .command(listCommand)
    .demandCommand(
      1,
      'Say what to do: convert, check, translate, match, compare, inspect or list. `rulecast --help` shows more.',
    )
    .recommendCommands()
    .strict()
    .version(version())
    .help()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .fail((message, error) => {
      if (error) throw error;
      const own = process.argv.includes('--') ? process.argv.indexOf('--') : process.argv.length;
      throw new UsageError(explained(message, process.argv.slice(3, own), optionsIn(parser)));
    })
    .parseAsync();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

/** The names of all options there are of the command that is parsed; the parser keeps them, and does not say so. */
function optionsIn(parser: unknown): readonly string[] {
  const { key, alias } = (parser as { getOptions(): { key: object; alias: object } }).getOptions();
  return [...Object.keys(key), ...Object.keys(alias)].filter((name) => name.length > 1);
}
