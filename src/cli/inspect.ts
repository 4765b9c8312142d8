import type { Argv, CommandModule, InferredOptionTypes } from 'yargs';

import {
  type Diagnostic,
  findingOf,
  inspect,
  inspectMapping,
  type MappingSeen,
  type Outcome,
  positions,
  stages,
} from '../index.ts';
import { readText } from '../node/files.ts';
import { examples } from './examples.ts';
import type { Flags } from './flags.ts';
import type { Choosing } from './idle.ts';
import { mappingFlag, mappingsNamed } from './mappings.ts';
import { mappingText } from './tell-mapping.ts';
import { tell } from './terminal.ts';
import { checkOnce, UsageError } from './usage.ts';

export const inspectFlags = {
  mapping: mappingFlag,
  json: { type: 'boolean', default: false, describe: 'One JSON object a rule, a line each' },
} as const satisfies Flags;

type Given = InferredOptionTypes<typeof inspectFlags> & {
  readonly stage: (typeof stages)[number];
  readonly path: string;
};

export const inspectCommand: CommandModule<object, Given> = {
  command: 'inspect <stage> <path>',
  describe: 'Look at what a rule is on its way: its tokens, its query, itself, its mapping',
  builder: (yargs: Argv) =>
    yargs
      .positional('stage', { choices: stages, demandOption: true, describe: 'What to look at' })
      .positional('path', { type: 'string', demandOption: true, describe: 'A file of rules' })
      .options(inspectFlags)
      .epilogue(
        examples([
          ['inspect query rule.toml', 'The query as a neutral tree'],
          ['inspect mapping rule.yml', 'Which rows of the tables its log source and fields take, and why'],
          ['inspect mapping rule.yml --json', 'The same for machines'],
        ]),
      )
      .epilogue(
        'Rules of Sigma are looked at on their way to ECS, all others on their way to Sigma.\n' +
          '--json gives for a mapping {id, title, way, parts: [{logSource, fields}], keys, query, sources, indices, findings}.\n' +
          'Exit codes: 0 shown; 1 no rule got that far; 2 wrong usage, or it could not be read.',
      ) as Argv<Given>,
  handler: (given) => {
    checkOnce(given, ['mapping']);
    const { stage, path } = given;
    if (stage !== 'mapping' && given.mapping) throw new UsageError('--mapping is for `inspect mapping`.');
    const file = readText(path);
    if (!file.ok) throw new UsageError(`${path}: ${file.message}`);
    const tellOne = teller(path, file.text);
    const options = { mappings: mappingsNamed(given.mapping) };
    if (stage === 'mapping' && !given.json)
      show(inspectMapping(file.text, options), tellOne, asText(tellOne));
    else if (stage === 'mapping') show(inspectMapping(file.text, options), tellOne, asLine);
    else show(inspect(file.text, stage), tellOne, given.json ? asLine : asPage);
  },
};

/** Tables are for mappings alone. */
export function idleInInspect({ given }: Choosing): readonly string[] {
  return given['stage'] === 'mapping' ? [] : ['mapping'];
}

type Telling = (found: Diagnostic) => void;

function teller(path: string, text: string): Telling {
  const at = positions(text);
  return (found) => tell(findingOf(found, path, at), text);
}

function show<T>(
  outcome: Outcome<readonly T[]>,
  tellOne: Telling,
  print: (seen: T, index: number) => string,
): void {
  outcome.diagnostics.forEach(tellOne);
  const seen = outcome.ok ? outcome.value : [];
  seen.forEach((one, index) => process.stdout.write(print(one, index)));
  process.exitCode = !outcome.ok ? 2 : seen.length === 0 ? 1 : 0;
}

const asPage = (seen: unknown) => `${JSON.stringify(seen, undefined, 2)}\n`;
const asLine = (seen: unknown) => `${JSON.stringify(seen)}\n`;

/** What the rows have to say is said by them; what else there is stands on standard error. */
function asText(tellOne: Telling): (seen: MappingSeen, index: number) => string {
  return (seen, index) => {
    seen.findings.filter(({ code }) => !toldByRows.has(code)).forEach(tellOne);
    return `${index > 0 ? '\n' : ''}${mappingText(seen)}`;
  };
}

const toldByRows: ReadonlySet<string> = new Set([
  'mapping/ambiguous',
  'mapping/assumption',
  'mapping/no-name',
  'mapping/unknown-field',
  'mapping/unknown-log-source',
  'loss/mapping',
  'loss/no-field',
  'loss/value-type',
]);
