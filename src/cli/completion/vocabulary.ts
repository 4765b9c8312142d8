import type { Command, Place } from '../commands.ts';
import { everywhere } from '../everywhere.ts';
import type { Flag, Flags } from '../flags.ts';

/** A command line as completion knows it: one source for the scripts of all shells. */
export interface Vocabulary {
  readonly commands: readonly Completed[];
}

export interface Completed {
  readonly name: string;
  readonly describe: string;
  readonly options: readonly CompletedOption[];
  readonly places: readonly Place[];
}

export interface CompletedOption {
  /** As it is said: `--to`, `-o`. */
  readonly names: readonly string[];
  readonly describe: string;
  /** Undefined for a yes or no, which takes none. */
  readonly value?: Offered;
}

/** What may stand as a value. */
export interface Offered {
  readonly words: readonly string[];
  readonly isPath: boolean;
}

const builtIn: readonly CompletedOption[] = [
  { names: ['--help'], describe: 'Show help' },
  { names: ['--version'], describe: 'Show version number' },
];

export function vocabularyOf(commands: readonly Command[]): Vocabulary {
  return {
    commands: commands.map(({ name, describe, flags, places }) => ({
      name,
      describe,
      places,
      options: [...optionsIn(flags), ...optionsIn(everywhere), ...builtIn],
    })),
  };
}

function optionsIn(flags: Flags): readonly CompletedOption[] {
  return Object.entries(flags).map(([name, flag]) => {
    const names = [`--${name}`, ...aliasesOf(flag)];
    // What is so unless said can only be said not to be.
    if (flag.type === 'boolean') {
      const said = flag.default === true ? [`--no-${name}`] : names;
      return { names: said, describe: flag.describe };
    }
    return { names, describe: flag.describe, value: offeredBy(flag) };
  });
}

function aliasesOf({ alias = [] }: Flag): readonly string[] {
  return [alias].flat().map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
}

function offeredBy({ choices, suggests, pathAt }: Flag): Offered {
  return { words: (choices ?? suggests ?? []).map(String), isPath: pathAt !== undefined };
}
