import type { Options } from 'yargs';

import type { Setting, Settings } from '../settings/setting.ts';

/** An option of a command, with what configuration and completion have to know of it. */
export interface Flag extends Options {
  readonly describe: string;
  readonly choices?: readonly (string | number)[];
  /** Words that are usually said. Others may be, too. */
  readonly suggests?: readonly string[];
  /** For what names files: where in a text of it the path starts; undefined for a text that has none. */
  readonly pathAt?: (text: string) => number | undefined;
  /** The path is written to, or may be. */
  readonly writes?: boolean;
  /** Said, it changes the files that the command is given. */
  readonly rewrites?: boolean;
  /** Makes sense of a text of it, or throws a `UsageError`. */
  readonly reads?: (text: string) => unknown;
}

export type Flags = { readonly [name: string]: Flag };

/** An option whose whole text is a path. */
export const isPath = { pathAt: () => 0 } as const;
export const isOutput = { pathAt: () => 0, writes: true } as const;

/** The same options, as a file may say them. */
export function settingsOf(flags: Flags): Settings {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, settingOf(flag)]));
}

function settingOf({ type, array, choices, suggests, pathAt, describe }: Flag): Setting {
  return {
    holds: type === 'boolean' ? 'truth' : pathAt ? 'path' : 'text',
    isList: array === true,
    ...(choices && { choices }),
    ...(suggests && { suggests }),
    describe,
  };
}
