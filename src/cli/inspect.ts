import type { Argv, CommandModule, InferredOptionTypes, Options } from 'yargs';

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
import { mappingFlag, tablesIn } from './tables.ts';
import { mappingText } from './tell-mapping.ts';
import { printFinding } from './terminal.ts';
import { checkOnce, UsageError } from './usage.ts';

const flags = {
  mapping: mappingFlag,
  json: { type: 'boolean', default: false, describe: 'One JSON object a rule, a line each' },
} as const satisfies Record<string, Options>;

type Flags = InferredOptionTypes<typeof flags> & {
  readonly stage: (typeof stages)[number];
  readonly path: string;
};

export const inspectCommand: CommandModule<object, Flags> = {
  command: 'inspect <stage> <path>',
  describe: 'Look at what a rule is on its way: its tokens, its query, itself, its mapping',
  builder: (yargs: Argv) =>
    yargs
      .positional('stage', { choices: stages, demandOption: true, describe: 'What to look at' })
      .positional('path', { type: 'string', demandOption: true, describe: 'A file of rules' })
      .options(flags)
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
      ) as Argv<Flags>,
  handler: (given) => {
    checkOnce(given, ['mapping']);
    const { stage, path } = given;
    if (stage !== 'mapping' && given.mapping) throw new UsageError('--mapping is for `inspect mapping`.');
    const file = readText(path);
    if (!file.ok) throw new UsageError(`${path}: ${file.message}`);
    const tell = teller(path, file.text);
    const options = { mappings: tablesIn(given.mapping) };
    if (stage === 'mapping' && !given.json) show(inspectMapping(file.text, options), tell, asText(tell));
    else if (stage === 'mapping') show(inspectMapping(file.text, options), tell, asLine);
    else show(inspect(file.text, stage), tell, given.json ? asLine : asPage);
  },
};

type Tell = (found: Diagnostic) => void;

function teller(path: string, text: string): Tell {
  const at = positions(text);
  return (found) => process.stderr.write(`${printFinding(findingOf(found, path, at), text)}\n`);
}

function show<T>(
  outcome: Outcome<readonly T[]>,
  tell: Tell,
  print: (seen: T, index: number) => string,
): void {
  outcome.diagnostics.forEach(tell);
  const seen = outcome.ok ? outcome.value : [];
  seen.forEach((one, index) => process.stdout.write(print(one, index)));
  process.exitCode = !outcome.ok ? 2 : seen.length === 0 ? 1 : 0;
}

const asPage = (seen: unknown) => `${JSON.stringify(seen, undefined, 2)}\n`;
const asLine = (seen: unknown) => `${JSON.stringify(seen)}\n`;

/** What the rows have to say is said by them; what else there is stands on standard error. */
function asText(tell: Tell): (seen: MappingSeen, index: number) => string {
  return (seen, index) => {
    seen.findings.filter(({ code }) => !toldByRows.has(code)).forEach(tell);
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
