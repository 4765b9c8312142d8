import type { Argv, CommandModule } from 'yargs';

import { stages } from '../index.ts';
import { idleInCasting } from './casting-flags.ts';
import { checkCommand, checkFlags } from './check.ts';
import { compareCommand, compareFlags } from './compare.ts';
import { completionCommand, shells } from './completion/command.ts';
import { convertCommand, convertFlags } from './convert.ts';
import type { Flags } from './flags.ts';
import type { IdleOptions } from './idle.ts';
import { idleInInspect, inspectCommand, inspectFlags } from './inspect.ts';
import { idleInList, listCommand, listFlags, topics } from './list.ts';
import { idleInMatch, matchCommand, matchFlags } from './match.ts';
import { migrateCommand, migrateFlags } from './migrate.ts';
import { idleInCheck } from './preflight.ts';
import { idleInTranslate, translateCommand, translateFlags } from './translate.ts';

/** A command, and what configuration and completion have to know of it. */
export interface Command {
  readonly name: string;
  readonly describe: string;
  readonly flags: Flags;
  readonly idle: IdleOptions;
  /** What may stand at its places, one after the other: files unless said, and for the last place any number of them. */
  readonly places: readonly Place[];
  readonly addTo: (parser: Argv) => Argv;
}

export type Place = 'files' | readonly string[];

/** A row makes a command, its section in configuration, and its completion. */
export const commands: readonly Command[] = [
  row(convertCommand, convertFlags, { idle: idleInCasting }),
  row(migrateCommand, migrateFlags, { idle: idleInCasting }),
  row(checkCommand, checkFlags, { idle: idleInCheck }),
  row(translateCommand, translateFlags, { idle: idleInTranslate, places: [] }),
  row(matchCommand, matchFlags, { idle: idleInMatch }),
  row(compareCommand, compareFlags),
  row(inspectCommand, inspectFlags, { idle: idleInInspect, places: [stages, 'files'] }),
  row(listCommand, listFlags, { idle: idleInList, places: [topics] }),
];

function row<U>(
  command: CommandModule<object, U>,
  flags: Flags,
  { idle = () => [], places = ['files'] }: Partial<Pick<Command, 'idle' | 'places'>> = {},
): Command {
  const [name = ''] = String(command.command).split(' ');
  const describe = String(command.describe);
  return { name, describe, flags, idle, places, addTo: (parser) => parser.command(command) };
}

/** With those that configuration has nothing to say about. */
export const allCommands: readonly Command[] = [
  ...commands,
  row(
    completionCommand(() => allCommands),
    {},
    { places: [shells] },
  ),
];
