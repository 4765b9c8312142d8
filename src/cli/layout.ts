import { layoutSchema } from '../settings/schema.ts';
import type { Layout, Settings } from '../settings/setting.ts';
import type { Command } from './commands.ts';
import { everywhere, shared } from './everywhere.ts';
import { type Flag, type Flags, settingsOf } from './flags.ts';

/** What may stand in a configuration. The one place that knows it is the options of the commands. */
export function layoutOf(commands: readonly Command[]): Layout {
  const known = layouts.get(commands);
  if (known !== undefined) return known;
  const sections = commands.map(({ name, flags }): [string, Settings] => [name, settingsOf(flags)]);
  const layout = { shared: settingsOf(sharedFlags(commands)), sections: Object.fromEntries(sections) };
  layouts.set(commands, layout);
  return layout;
}

const layouts = new WeakMap<readonly Command[], Layout>();

/** Those that stand at the top, as the first command has them. */
export function sharedFlags(commands: readonly Command[]): Flags {
  const all = shared.map((name): [string, Flag | undefined] => [
    name,
    commands.find(({ flags }) => Object.hasOwn(flags, name))?.flags[name],
  ]);
  const known = all.filter((entry): entry is [string, Flag] => entry[1] !== undefined);
  return { ...Object.fromEntries(known), 'log-level': everywhere['log-level'] };
}

/** The JSON Schema of a configuration, as editors are given it. */
export function configurationSchema(commands: readonly Command[]): object {
  const description =
    'The options of rulecast: those of all commands, and those of each in a section of its name.';
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    description,
    ...layoutSchema(layoutOf(commands)),
  };
}
