import type { Argv, CommandModule } from 'yargs';

import { findingOf, inspect, positions, type Stage, stages } from '../index.ts';
import { readText } from '../node/files.ts';
import { examples } from './examples.ts';
import { printFinding } from './terminal.ts';
import { UsageError } from './usage.ts';

interface Flags {
  readonly stage: Stage;
  readonly path: string;
}

export const inspectCommand: CommandModule<object, Flags> = {
  command: 'inspect <stage> <path>',
  describe: 'Look at what a rule is on its way: its tokens, its query, itself, its mapping',
  builder: (yargs: Argv) =>
    yargs
      .positional('stage', { choices: stages, demandOption: true, describe: 'What to look at' })
      .positional('path', { type: 'string', demandOption: true, describe: 'A file of rules' })
      .epilogue(
        examples([
          ['inspect query rule.toml', 'The query as a neutral tree'],
          ['inspect mapping rule.yml', 'Which fields and log sources it turns into'],
        ]),
      )
      .epilogue('Exit codes: 0 shown; 2 wrong usage, or it could not be read.') as Argv<Flags>,
  handler: ({ stage, path }) => {
    const file = readText(path);
    if (!file.ok) throw new UsageError(`${path}: ${file.message}`);
    const outcome = inspect(file.text, stage);
    for (const found of outcome.diagnostics) {
      process.stderr.write(`${printFinding(findingOf(found, path, positions(file.text)), file.text)}\n`);
    }
    if (!outcome.ok) process.exitCode = 2;
    else for (const seen of outcome.value) process.stdout.write(`${JSON.stringify(seen, undefined, 2)}\n`);
  },
};
