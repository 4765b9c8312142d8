import yargs from 'yargs';

import { version } from '../node/package.ts';
import { allCommands, commands } from './commands.ts';
import { type Taken, takeConfiguration, whereFrom } from './configured.ts';
import { everywhere } from './everywhere.ts';
import { isAtLeast, levelOf } from './log-level.ts';
import { explained } from './mistaken.ts';
import { tellDebug, tellSteps } from './tell-steps.ts';
import { say, setLogLevel } from './terminal.ts';
import { checkNegated, UsageError, usage } from './usage.ts';

/** Does what a command line says. The exit code is what a run comes to: all as allowed, something refused or lost, or nothing done. */
export async function run(words: readonly string[], working: string): Promise<void> {
  let taken: Taken | undefined;
  setLogLevel('warning');
  try {
    const parser = yargs([...words]);
    keptIn(parser).getInternalMethods().getUsageInstance().cacheHelpMessage = () => undefined;
    const names = allCommands.map(({ name }) => name);
    for (const { addTo } of allCommands) addTo(parser);
    await parser
      .scriptName('rulecast')
      .usage(usage)
      .options(everywhere)
      .demandCommand(
        1,
        `Say what to do: ${names.slice(0, -1).join(', ')} or ${names.at(-1)}. \`rulecast --help\` shows more.`,
      )
      .recommendCommands()
      .strict()
      .version(version())
      .help()
      .wrap(Math.min(110, process.stdout.columns ?? 110))
      .middleware((parsed) => {
        const isSaid = saidIn(parser, parsed);
        taken = takeConfiguration(parsed, isSaid, commands, working);
        const level = levelOf(parsed, isSaid);
        setLogLevel(level);
        if ('verbose' in parsed) parsed['verbose'] = isAtLeast(level, 'note');
        if (isAtLeast(level, 'debug')) tellSteps(words, version());
        if (taken) say(whereFrom(taken), 'note');
        else tellDebug('no configuration');
      }, true)
      .check(() => {
        checkNegated(ownWords(words), [...keptIn(parser).getOptions().boolean, 'config']);
        return true;
      })
      .fail((message, error) => {
        if (error) throw error;
        throw new UsageError(explained(message, ownWords(words), optionsIn(parser)));
      })
      .parseAsync();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const from = taken && taken.options.length > 0 ? `${whereFrom(taken)}\n` : '';
    process.stderr.write(`${error.message}\n${from}`);
    process.exitCode = 2;
  }
}

/** What stands behind the command, up to a `--`. */
function ownWords(words: readonly string[]): readonly string[] {
  return words.slice(1, words.includes('--') ? words.indexOf('--') : words.length);
}

/**
 * What the parser has inside, and does not say. It lays out the help of each command that it runs, for errors that are
 * worded here: that is a fifth of a start, and left out.
 */
interface Kept {
  getInternalMethods(): { getUsageInstance(): { cacheHelpMessage(): void } };
  readonly parsed: { readonly defaulted?: Readonly<Record<string, true>> } | false;
  getOptions(): { readonly key: object; readonly alias: object; readonly boolean: readonly string[] };
}

function keptIn(parser: unknown): Kept {
  return parser as Kept;
}

/** What stands on the command line itself: it has a value, which is not the one that it has unless said. */
function saidIn(parser: unknown, parsed: Readonly<Record<string, unknown>>): (option: string) => boolean {
  const { parsed: details } = keptIn(parser);
  const defaulted = details === false ? {} : (details.defaulted ?? {});
  const said = new Set(
    Object.keys(parsed).filter((option) => parsed[option] !== undefined && !Object.hasOwn(defaulted, option)),
  );
  return (option) => said.has(option);
}

/** Their names, each as it is told of. */
function optionsIn(parser: unknown): readonly string[] {
  const { key, alias } = keptIn(parser).getOptions();
  return [...Object.keys(key), ...Object.keys(alias)].filter((name) => name.length > 1);
}
