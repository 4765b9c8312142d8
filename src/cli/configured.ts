import { inLine } from '../index.ts';
import { staysIn } from '../node/configuration.ts';
import type { Command } from './commands.ts';
import { type Configuration, configurationFor } from './configuration.ts';
import { UsageError } from './usage.ts';

/** What the parser of the command line made of it; values are put in, as it has no other place for them. */
export type Parsed = Record<string, unknown>;

/** Whether an option stands on the command line itself. */
export type IsSaid = (option: string) => boolean;

/** What a run has from a file. */
export interface Taken {
  readonly configuration: Configuration;
  /** The options that have their values from there. */
  readonly options: readonly string[];
}

/**
 * Gives options that were not said the values that a file says. What stands on the command line wins, and lists are taken
 * or left whole.
 */
export function takeConfiguration(
  parsed: Parsed,
  isSaid: IsSaid,
  commands: readonly Command[],
  working: string,
): Taken | undefined {
  const command = commands.find(({ name }) => name === (parsed['_'] as readonly unknown[])[0]);
  const named = namedBy(parsed);
  if (command === undefined || named === false) return undefined;
  const configuration = configurationFor(command, commands, { working, named });
  if (configuration === undefined) return undefined;
  const unsaid = [...configuration.values].filter(([name]) => !isSaid(name));
  for (const [name, value] of unsaid) put(parsed, name, value);
  const idle = new Set(command.idle({ given: parsed, isSaid }).filter((name) => !isSaid(name)));
  for (const name of idle) put(parsed, name, command.flags[name]?.default);
  const options = unsaid.map(([name]) => name).filter((name) => !idle.has(name));
  checkRewriting({ configuration, options }, command, parsed);
  return { configuration, options };
}

/** False, where no file is to be looked for. */
function namedBy({ config }: Parsed): string | undefined | false {
  if (Array.isArray(config))
    throw new UsageError('--config and --no-config are said several times; say one of them once.');
  if (config === '') throw new UsageError('Say which file: --config rulecast.config.yaml.');
  return config as string | undefined | false;
}

/** Under its name, and as JavaScript would have it. */
function put(parsed: Parsed, name: string, value: unknown): void {
  parsed[name] = value;
  const camel = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (camel !== name) parsed[camel] = value;
}

/** A file that was only found changes nothing outside of its folder. */
function checkRewriting({ configuration, options }: Taken, { flags }: Command, parsed: Parsed): void {
  const { isFound, folder, path } = configuration;
  const rewriting = options.find((name) => flags[name]?.rewrites && parsed[name] === true);
  if (!isFound || rewriting === undefined) return;
  const outside = (parsed['paths'] as readonly string[]).find((one) => !staysIn(folder, one));
  if (outside === undefined) return;
  throw new UsageError(
    `${inLine(path)} says --${rewriting}, and ${inLine(outside)} is outside of its folder; say --${rewriting} or --no-${rewriting} yourself.`,
  );
}

/** Where options come from, for people. */
export function whereFrom({ configuration: { path }, options }: Taken): string {
  return options.length === 0
    ? `${inLine(path)} says nothing for this run.`
    : `Of this run, ${inLine(path)} says ${options.join(', ')}.`;
}
