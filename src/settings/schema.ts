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

/** What a file is held against. Descriptions would stand in its messages, so only what editors are given has them. */
export function layoutSchema({ shared, sections }: Layout, isDescribed = false): Schema {
  const describe = (what: string, schema: Schema) =>
    isDescribed ? { description: what, ...schema } : schema;
  const fieldsOf = (settings: Settings): Fields =>
    Object.fromEntries(
      Object.entries(settings).map(([name, one]) => [name, describe(one.describe, schemaOf(one))]),
    );
  const sectionOf = ([command, settings]: readonly [string, Settings]) => {
    const own = closed({}, fieldsOf(settings), `the section ${command}`);
    // A section whose lines are all comments says nothing.
    const section = { ...own, type: ['object', 'null'] };
    return [command, describe(`The options of rulecast ${command}`, section)] as const;
  };
  const $schema = describe('The schema that an editor holds this file against', anyText);
  const all = {
    $schema,
    ...fieldsOf(shared),
    ...Object.fromEntries(Object.entries(sections).map(sectionOf)),
  };
  return closed({}, all, 'a configuration');
}

function schemaOf({ holds, isList, choices, suggests }: Setting): Schema {
  const examples = suggests === undefined ? {} : { examples: suggests };
  if (holds === 'truth') return truth;
  if (choices !== undefined) return isList ? listOf({ enum: choices }, some) : { enum: choices };
  if (isList) return { ...textOrTexts, items: { ...text, ...examples } };
  // YAML takes 8.18 for a number; it is read as it is written.
  return holds === 'path' ? text : { type: ['string', 'number'], minLength: 1, ...examples };
}
