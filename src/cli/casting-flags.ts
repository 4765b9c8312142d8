import type { InferredOptionTypes } from 'yargs';

import { acceptable, type ConvertOptions, type FormatId, formats, languages, passing } from '../index.ts';
import { loadFilters, loadPlaceholders } from '../node/beside.ts';
import { randomIds } from '../node/new-ids.ts';
import { caselessFlag, caselessOf } from './caseless.ts';
import { type Flag, type Flags, isOutput, isPath } from './flags.ts';
import { maxLossOf } from './gates.ts';
import type { Choosing } from './idle.ts';
import { languageIdOf } from './language.ts';
import { mappingFlag, mappingsNamed } from './mappings.ts';
import { reportPathAt, wantedBy } from './reports.ts';
import { stackFlag, stackOf } from './stack.ts';
import { checkOnce, loaded, UsageError } from './usage.ts';

const ids = formats.map((format) => format.id);

/** Sigma's detections are no choice: its rules hold nothing else. */
const held = languages
  .map(({ id }) => id)
  .filter(
    (language) =>
      language !== 'sigma' &&
      formats.some(({ id, languages }) => id !== 'native' && languages.includes(language)),
  );

/** What may be lost, by every command that casts. */
export const allowFlag = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: `What may be lost, separated by commas: ${acceptable.join(', ')}`,
  suggests: acceptable,
  reads: (text: string) => allowed([text]),
} as const satisfies Flag;

/** What may be asked of each conversion, by whatever command. */
export const castingFlags = {
  to: {
    choices: ids,
    demandOption: 'Say into which format: --to elastic, --to sigma, --to kibana or --to native.',
    describe: 'The format to write',
  },
  from: { choices: ids, describe: 'The format to read; found by content unless said' },
  shape: {
    choices: [...new Set(formats.flatMap((format) => format.shapes))],
    describe: 'A shape of the target; for kibana: export (the default), asset, saved-object or api',
  },
  language: {
    type: 'string',
    describe: `The query language to write: ${held.join(', ')}; kql is kuery; chosen by rule unless said`,
    suggests: held,
    reads: languageIdOf,
  },
  caseless: caselessFlag,
  allow: allowFlag,
  strict: {
    type: 'boolean',
    default: false,
    describe: 'Refuse the approximations of the mapping tables, too',
  },
  carry: {
    choices: ['none', 'rest', 'text'] as const,
    default: 'rest' as const,
    describe: 'What travels with a rule that the target has no words for',
  },
  unmapped: {
    choices: ['keep', 'refuse'] as const,
    default: 'keep' as const,
    describe: 'What to do about fields and log sources that no table knows',
  },
  taxonomy: {
    choices: ['sigma', 'ecs'] as const,
    describe: "Going to Sigma: the names of fields to write, Sigma's own or those of ECS",
  },
  case: {
    choices: ['keep', 'fold'] as const,
    default: 'keep' as const,
    describe: 'Going to Sigma: write |cased where case counts, or leave it out',
  },
  filters: {
    choices: ['pysigma', 'specification'] as const,
    default: 'pysigma' as const,
    describe: 'What the conditions of Sigma filters mean: what is kept, or what is excluded',
  },
  filter: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'A file of Sigma filters, which count as if they stood beside the rules',
    ...isPath,
  },
  placeholders: {
    type: 'string',
    describe: "A file, YAML or JSON, with the lists that Sigma's placeholders stand for, by their names",
    ...isPath,
  },
  id: {
    choices: ['keep', 'derive', 'new'] as const,
    default: 'keep' as const,
    describe: 'The ids to write: those that rules have, ids that follow from them, or random ones',
  },
  attack: {
    choices: [18, 19] as const,
    describe: 'The version of ATT&CK to write; 19 for sigma, 18 for the others unless said',
  },
  stack: stackFlag,
  derive: {
    type: 'boolean',
    default: false,
    describe: 'Going to elastic or kibana: derive required_fields and the integrations a rule needs',
  },
  mapping: mappingFlag,
  prove: {
    type: 'boolean',
    default: true,
    describe: 'Read back what was written and hold it against what was read; --no-prove leaves it out',
  },
} as const satisfies Flags;

/** How a run is told of, and what it is held to. */
export const tellingFlags = {
  report: {
    type: 'string',
    array: true,
    nargs: 1,
    describe:
      'A file that tells what became of each part of each rule: .txt .json .md .html .sarif .xml; or github. All of it is kept until the end',
    suggests: ['github'],
    pathAt: reportPathAt,
    writes: true,
    reads: wantedBy,
  },
  'max-loss': {
    type: 'string',
    describe: 'The worst grade that passes, as equivalent, or how many losses a run may have',
    suggests: passing,
    reads: maxLossOf,
  },
  baseline: {
    type: 'string',
    describe: 'A file of known losses; only those that it does not know fail the run',
    ...isOutput,
  },
  'update-baseline': {
    type: 'boolean',
    default: false,
    describe: 'Write the losses of this run to the file that --baseline names',
  },
  json: {
    type: 'boolean',
    default: false,
    describe: 'One JSON object a rule on standard output, the totals last',
  },
  verbose: { type: 'boolean', alias: 'v', default: false, describe: 'Show notes, too' },
} as const satisfies Flags;

/** What a file says for another target than the one that was asked for. */
export function idleInCasting({ given, isSaid }: Choosing): readonly string[] {
  if (!isSaid('to')) return [];
  const { to, language, shape } = given;
  const target = formats.find(({ id }) => id === to);
  const isHeld = (name: string) => target?.languages.includes(languageIdOf(name)) === true;
  return [
    ...(to === 'elastic' || to === 'kibana' ? [] : ['derive']),
    ...(typeof language === 'string' && !isHeld(language) ? ['language'] : []),
    ...(typeof shape === 'string' && !target?.shapes.includes(shape) ? ['shape'] : []),
  ];
}

type Given = InferredOptionTypes<typeof castingFlags>;

/** What would be refused rule by rule, although it is the question that is wrong. */
function checkUsage(given: Given): void {
  checkOnce(given, ['allow', 'filter', 'mapping', 'paths', 'report']);
  if (given.derive && given.to !== 'elastic' && given.to !== 'kibana') {
    throw new UsageError(
      `--derive is for rules of elastic and kibana; those of ${given.to} have no such words.`,
    );
  }
  const { languages, shapes, id } = formats.find((format) => format.id === given.to)!;
  const language = given.language === undefined ? undefined : languageIdOf(given.language);
  if (language !== undefined && !languages.includes(language)) {
    throw new UsageError(`Rules of ${id} hold ${languages.join(', ')}, and not ${language}.`);
  }
  if (given.shape !== undefined && !shapes.includes(given.shape)) {
    throw new UsageError(`The shapes of ${id} are ${shapes.join(', ')}; "${given.shape}" is none of them.`);
  }
}

/** Fails where the question is wrong. */
export function castingOptionsOf(given: Given): ConvertOptions {
  checkUsage(given);
  const tables = mappingsNamed(given.mapping, given.to);
  const exclusions = loaded(loadFilters(given.filter ?? []));
  const lists = given.placeholders === undefined ? undefined : loaded(loadPlaceholders(given.placeholders));
  return {
    to: given.to as FormatId,
    ...(given.from !== undefined && { from: given.from as FormatId }),
    ...(given.shape !== undefined && { shape: given.shape }),
    ...(given.language !== undefined && { language: languageIdOf(given.language) }),
    allow: allowed(given.allow),
    strict: given.strict,
    carry: given.carry,
    unmapped: given.unmapped,
    ...(given.taxonomy && { taxonomy: given.taxonomy }),
    case: given.case,
    filters: given.filters,
    ...caselessOf(given.caseless),
    ...(given.attack !== undefined && { attack: given.attack }),
    ...(given.stack !== undefined && { stack: stackOf(given.stack) }),
    derive: given.derive,
    prove: given.prove,
    mappings: tables,
    ...(exclusions.length > 0 && { exclusions }),
    ...(lists && { placeholders: lists }),
    id: given.id === 'new' ? randomIds() : given.id,
    today: new Date().toISOString().slice(0, 10),
  };
}

export function allowed(lists: readonly string[] = []): NonNullable<ConvertOptions['allow']> {
  const words = lists
    .flatMap((list) => list.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const strange = words.find((word) => !(acceptable as readonly string[]).includes(word));
  if (strange !== undefined) {
    throw new UsageError(`--allow knows ${acceptable.join(', ')}, and not "${strange}".`);
  }
  return words as (typeof acceptable)[number][];
}
