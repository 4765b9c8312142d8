import { dirname, isAbsolute, join, resolve } from 'node:path';

import { type Diagnostic, findingOf, inLine, positions } from '../index.ts';
import { calledFrom, configurationsAbove, staysIn } from '../node/configuration.ts';
import { kindOf, readText } from '../node/files.ts';
import { type Given, readSettings, type SettingsGiven } from '../settings/read.ts';
import type { Command } from './commands.ts';
import type { Flag, Flags } from './flags.ts';
import { layoutOf, sharedFlags } from './layout.ts';
import { printFinding } from './terminal.ts';
import { UsageError } from './usage.ts';

/** What a file says for a command. */
export interface Configuration {
  /** The file, as it is called from the working folder, and the folder it stands in. */
  readonly path: string;
  readonly folder: string;
  /** It was not named, so it may be somebody else's: what it has written stays in its folder. */
  readonly isFound: boolean;
  readonly values: ReadonlyMap<string, Given['value']>;
}

/** Where a run looks for its configuration. */
export interface Search {
  readonly working: string;
  /** What `--config` names. */
  readonly named?: string | undefined;
}

/** No configuration that people write comes near. */
const largest = 1_000_000;

/** What the file that was named, or is found in a folder or above, says for a command. Undefined if there is none. */
export function configurationFor(
  command: Command,
  commands: readonly Command[],
  { working, named }: Search,
): Configuration | undefined {
  const file = named === undefined ? foundFrom(working) : resolve(working, named);
  if (file === undefined) return undefined;
  const path = named ?? calledFrom(working, file);
  const text = textOf(file, path);
  const outcome = readSettings(text, layoutOf(commands), /\.json$/i.test(file));
  if (!outcome.ok) throw faults(outcome.diagnostics, path, text);
  const place = { path, folder: dirname(file), isFound: named === undefined };
  const wrong = wrongIn(outcome.value, commands, place);
  if (wrong.length > 0) throw faults(wrong, path, text);
  return { ...place, values: valuesFor(command, outcome.value, place.folder, working) };
}

function foundFrom(working: string): string | undefined {
  const found = configurationsAbove(working);
  if (found.length < 2) return found[0];
  const names = found.map((path) => inLine(calledFrom(working, path))).join(' and ');
  throw new UsageError(
    `There are ${found.length} configurations in one folder, ${names}; keep one, or name it with --config.`,
  );
}

function textOf(file: string, path: string): string {
  if (kindOf(file) === 'folder') throw new UsageError(`${inLine(path)} is a folder, and no configuration.`);
  const read = readText(file, largest);
  if (read.ok) return read.text;
  if (read.code === 'read/not-utf8') throw faults([read], path, read.text);
  throw new UsageError(`${inLine(path)}: ${read.message}`);
}

function faults(found: readonly Diagnostic[], path: string, text: string): UsageError {
  const place = positions(text);
  return new UsageError(found.map((one) => printFinding(findingOf(one, path, place), text)).join('\n'));
}

/** What the commands themselves can make no sense of, and what would be written elsewhere. */
function wrongIn(
  given: SettingsGiven,
  commands: readonly Command[],
  place: Pick<Configuration, 'folder' | 'isFound'>,
): readonly Diagnostic[] {
  const flagsOf = (section: string): Flags =>
    commands.find(({ name }) => name === section)?.flags ?? sharedFlags(commands);
  return [...given].flatMap(([section, values]) =>
    [...values].flatMap(([name, { texts }]) =>
      texts.flatMap(({ text, span }) => {
        const message =
          unread(flagsOf(section)[name]!, text) ?? outside(flagsOf(section)[name]!, text, place);
        return message === undefined ? [] : { code: 'settings/bad-file' as const, message, span };
      }),
    ),
  );
}

function unread({ reads }: Flag, text: string): string | undefined {
  try {
    reads?.(text);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function outside(
  flag: Flag,
  text: string,
  { folder, isFound }: Pick<Configuration, 'folder' | 'isFound'>,
): string | undefined {
  const path = flag.writes ? pathIn(flag, text) : undefined;
  if (!isFound || path === undefined || staysIn(folder, resolve(folder, path))) return undefined;
  return `${path} is outside of the folder of this file, or in .git, and the file was only found; name it with --config to write there.`;
}

/** What of a text is a path; a dash is none. */
function pathIn({ pathAt }: Flag, text: string): string | undefined {
  const at = text === '-' ? undefined : pathAt?.(text);
  return at === undefined ? undefined : text.slice(at);
}

/** A section says more than the top. */
function valuesFor(
  { name: command, flags }: Command,
  given: SettingsGiven,
  folder: string,
  working: string,
): Configuration['values'] {
  const all = [...(given.get('') ?? []), ...(given.get(command) ?? [])];
  const own = all.filter(([name]) => name === 'log-level' || Object.hasOwn(flags, name));
  return new Map(own.map(([name, { value }]) => [name, located(value, flags[name], folder, working)]));
}

/** Paths are those from the folder of the file. */
function located(value: Given['value'], flag: Flag | undefined, folder: string, working: string) {
  const locate = (text: string) => {
    const path = flag === undefined ? undefined : pathIn(flag, text);
    if (path === undefined || isAbsolute(path)) return text;
    return text.slice(0, text.length - path.length) + calledFrom(working, join(folder, path));
  };
  if (typeof value === 'string') return locate(value);
  return Array.isArray(value) ? value.map(locate) : value;
}
