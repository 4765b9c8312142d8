import type { InferredOptionTypes } from 'yargs';

import { acceptable, type CheckTextOptions, type KnownFields, languages, type Rule, read } from '../index.ts';
import { type InputFile, readText } from '../node/files.ts';
import { loadFields } from '../node/index-fields.ts';
import { loadMappings } from '../node.ts';
import { caselessFlag, caselessOf } from './caseless.ts';
import { allowed } from './casting-flags.ts';
import { type Flags, isPath } from './flags.ts';
import type { Choosing } from './idle.ts';
import { languageIdOf } from './language.ts';
import { loaded, UsageError } from './usage.ts';

/** What `check` is told of the data, and how Sigma's rules are written for it. */
export const preflightFlags = {
  fields: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'What the data looks like: JSON of _mapping, _field_caps or a template, or the word ecs',
    suggests: ['ecs'],
    pathAt: (text: string) => (text === 'ecs' ? undefined : 0),
  },
  whole: {
    type: 'boolean',
    default: false,
    describe: 'With --fields: its files have every index there is, so what is in none of them is nowhere',
  },
  language: {
    type: 'string',
    describe: "With --fields: the language that Sigma's rules are written in, as for convert",
    suggests: languages.map(({ id }) => id),
    reads: languageIdOf,
  },
  allow: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: "With --fields: what Sigma's rules may lose when they are written, as for convert",
    suggests: acceptable,
    reads: (text: string) => allowed([text]),
  },
  mapping: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'With --fields: a mapping table to lay over those that ship',
    ...isPath,
  },
  caseless: caselessFlag,
} as const satisfies Flags;

type Given = InferredOptionTypes<typeof preflightFlags>;

/** What a file says of fields, where nobody asks for them. */
export function idleInCheck({ given }: Choosing): readonly string[] {
  return given['fields'] === undefined ? ['whole', 'language', 'allow', 'mapping', 'caseless'] : [];
}

/** The options of `check` that these flags come to. */
export function preflightOf(given: Given, files: () => readonly InputFile[]): CheckTextOptions {
  const { fields, whole, language, allow, mapping, caseless } = given;
  if (fields === undefined) {
    const others = { language, allow, mapping, caseless, whole: whole || undefined };
    const idle = Object.entries(others).find(([, value]) => value !== undefined);
    if (idle) throw new UsageError(`--${idle[0]} says something about --fields, which is not there.`);
    return {};
  }
  return {
    fields: fieldsOf(fields, whole),
    references: rulesIn(files()),
    allow: allowed(allow),
    ...(language !== undefined && { language: languageIdOf(language) }),
    ...(mapping && { mappings: loaded(loadMappings(mapping)) }),
    ...caselessOf(caseless),
  };
}

function fieldsOf(given: readonly string[], whole: boolean): KnownFields | 'ecs' {
  if (!given.includes('ecs')) return { ...loaded(loadFields(given)), ...(whole && { whole }) };
  if (given.length > 1)
    throw new UsageError('--fields is either ecs or files that say how indices keep fields.');
  return 'ecs';
}

/** Rules that others of the run may refer to. */
function rulesIn(files: readonly InputFile[]): readonly Rule[] {
  return files.flatMap(({ path }) => {
    const file = readText(path);
    const pack = file.ok ? read(file.text) : undefined;
    return pack?.ok ? pack.value.rules : [];
  });
}
