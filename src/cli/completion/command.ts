import type { Argv, CommandModule } from 'yargs';

import type { Command } from '../commands.ts';
import { examples } from '../examples.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';
import { zshScript } from './zsh.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<
  string,
  (vocabulary: Vocabulary) => string
>;
type Shell = keyof typeof scripts;
export const shells = Object.keys(scripts) as readonly Shell[];

interface Given {
  readonly shell: Shell;
}

/** Prints a script that completes all commands; `all` is asked for once they are known, as this is one of them. */
export function completionCommand(all: () => readonly Command[]): CommandModule<object, Given> {
  return {
    command: 'completion <shell>',
    describe: 'Print a script that completes commands, options and their values in a shell',
    builder: (yargs: Argv) =>
      yargs
        .positional('shell', {
          choices: shells,
          demandOption: true,
          describe: 'The shell that is to read it',
        })
        .epilogue(
          examples([
            ['completion bash > rulecast.bash', 'For ~/.bashrc: source rulecast.bash'],
            ['completion zsh > _rulecast', 'For a folder that $fpath names'],
            ['completion fish > rulecast.fish', 'For ~/.config/fish/completions'],
          ]),
        )
        .epilogue('Made anew, it knows what a newer version knows.') as Argv<Given>,
    handler: ({ shell }) => {
      process.stdout.write(scripts[shell](vocabularyOf(all())));
    },
  };
}
