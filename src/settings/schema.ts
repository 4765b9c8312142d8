import {
  anyText,
  closed,
  type Fields,
  listOf,
  type Schema,
  some,
  text,
  textOrTexts,
  truth,
} from '../schema/build.ts';
import type { Layout, Setting, Settings } from './setting.ts';

/** A file whose sections nobody has looked at: to compile those that it does not have would take longer than all else. */
export function frameSchema({ shared, sections }: Layout): Schema {
  const unseen = Object.keys(sections).map((command) => [command, { type: ['object', 'null'] }] as const);
  return closed({}, { $schema: anyText, ...fieldsOf(shared), ...Object.fromEntries(unseen) }, whole);
}

/** A section, when its lines are not all comments. */
export function sectionSchema({ sections }: Layout, command: string): Schema {
  return closed({}, fieldsOf(sections[command]!), `the section ${command}`);
}

/** The same as a whole for editors, described. In what files are held against, descriptions would stand in messages. */
export function layoutSchema(layout: Layout): Schema {
  const describedFields = (settings: Settings): Fields =>
    Object.fromEntries(
      Object.entries(settings).map(([name, one]) => [name, { description: one.describe, ...schemaOf(one) }]),
    );
  const sections = Object.entries(layout.sections).map(([command, settings]) => {
    const section = closed({}, describedFields(settings), `the section ${command}`);
    return [
      command,
      { description: `The options of rulecast ${command}`, ...section, type: ['object', 'null'] },
    ] as const;
  });
  const $schema = { description: 'The schema that an editor holds this file against', ...anyText };
  return closed({}, { $schema, ...describedFields(layout.shared), ...Object.fromEntries(sections) }, whole);
}

const whole = 'a configuration';

function fieldsOf(settings: Settings): Fields {
  return Object.fromEntries(Object.entries(settings).map(([name, one]) => [name, schemaOf(one)]));
}

function schemaOf({ holds, isList, choices, suggests }: Setting): Schema {
  const examples = suggests === undefined ? {} : { examples: suggests };
  if (holds === 'truth') return truth;
  if (choices !== undefined) return isList ? listOf({ enum: choices }, some) : { enum: choices };
  if (isList) return { ...textOrTexts, items: { ...text, ...examples } };
  // YAML takes 8.18 for a number; it is read as it is written.
  return holds === 'path' ? text : { type: ['string', 'number'], minLength: 1, ...examples };
}
