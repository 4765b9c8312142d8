import type { Argv, CommandModule, InferredOptionTypes } from 'yargs';

import {
  type CheckTextOptions,
  check,
  checkRules,
  codes,
  type Diagnostic,
  type FormatId,
  findingOf,
  formats,
  positions,
  type RuleCheck,
} from '../index.ts';
import { type InputFile, inputFiles, readText } from '../node/files.ts';
import { withoutChance } from '../node/strange.ts';
import { type Checked, type Manner, tellAll, tellFile } from './checked.ts';
import { examples } from './examples.ts';
import { fix } from './fix.ts';
import type { Flags } from './flags.ts';
import { preflightFlags, preflightOf } from './preflight.ts';
import { stackFlag, stackOf } from './stack.ts';
import { progress, tells } from './terminal.ts';
import { UsageError } from './usage.ts';

export const checkFlags = {
  format: {
    choices: formats.map((format) => format.id),
    describe: 'The format to read; found by content unless said',
  },
  stack: stackFlag,
  ...preflightFlags,
  fix: {
    type: 'boolean',
    default: false,
    describe: 'Lay out Elastic TOML in house style, in place: the same values, and every comment',
    rewrites: true,
  },
  json: {
    type: 'boolean',
    default: false,
    describe: 'One JSON object a rule on standard output, the totals last',
  },
} as const satisfies Flags;

type Given = InferredOptionTypes<typeof checkFlags> & { readonly paths: readonly string[] };

export const checkCommand: CommandModule<object, Given> = {
  command: 'check <paths..>',
  describe: 'Look for faults: what a format, a schema or a query language does not allow',
  builder: (yargs: Argv) =>
    yargs
      .positional('paths', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Files, folders or patterns',
      })
      .options(checkFlags)
      .epilogue(
        examples([
          ['check rules', 'Every file of rules below a folder'],
          ['check export.ndjson --stack 8.18', 'Whether Kibana 8.18 would take an export'],
          ['check rules --fields mapping.json', 'Whether the indices have what the rules ask for'],
          ['check rules --fix', 'Lay out every rule in TOML anew, and tell of the faults that stay'],
        ]),
      )
      .epilogue('Exit codes: 0 no faults; 1 faults; 2 wrong usage, or nothing could be read.') as Argv<Given>,
  handler: (given) => {
    const { paths, format, stack, fix: fixes, json } = given;
    const files = filesIn(paths);
    const options = {
      ...preflightOf(given, () => files),
      ...(format !== undefined && { format: format as FormatId }),
      ...(stack !== undefined && { stack: stackOf(stack) }),
    };
    process.exitCode = runCheck(files, options, { fixes, json });
  },
};

function filesIn(paths: readonly string[]): readonly InputFile[] {
  const { files, missing } = inputFiles(paths);
  if (missing.length > 0) throw new UsageError(`There is nothing at ${missing.join(', ')}.`);
  return files;
}

function runCheck(files: readonly InputFile[], options: CheckTextOptions, manner: Manner): number {
  const counts = { files: 0, findings: 0, ignored: 0, fixed: 0 };
  for (const [index, file] of files.entries()) {
    progress(index + 1, files.length);
    const checked = checkFile(file, options, manner);
    if (checked === undefined) {
      counts.ignored += 1;
      continue;
    }
    const found = checked.rules.flatMap(({ diagnostics }) => diagnostics);
    counts.files += 1;
    counts.findings += found.filter(({ level }) => level !== 'note').length;
    if (checked.isFixed) counts.fixed += 1;
    tellFile(file.path, checked, manner);
  }
  if (counts.files === 0) throw new UsageError('There was no rule to read.');
  tellAll(counts, manner);
  return counts.findings > 0 ? 1 : 0;
}

/** Notes are for whoever asks for them, and those of fields were asked for. */
function isTold({ code }: Diagnostic): boolean {
  return codes[code].level !== 'note' || code.startsWith('fields/') || tells('note');
}

/**
 * Together, or rule by rule where each is told on its own; what belongs to none of them comes last. Undefined for what
 * is in a folder by chance.
 */
function checkFile(file: InputFile, options: CheckTextOptions, { fixes, json }: Manner): Checked | undefined {
  const source = readText(file.path);
  if (!source.ok) {
    const found = findingOf(source, file.path, positions(source.text));
    return { text: source.text, isFixed: false, rules: [{ diagnostics: [found] }] };
  }
  const fixed = fixes ? fix(file, source.text, options.format) : undefined;
  const text = fixed?.text ?? source.text;
  const place = positions(text);
  const told = ({ diagnostics, ...rule }: RuleCheck, more: readonly Diagnostic[] = []) => ({
    ...rule,
    diagnostics: [...diagnostics.filter(isTold), ...more].map((one) => findingOf(one, file.path, place)),
  });
  const all = json ? checkRules(text, options) : [{ diagnostics: check(text, options) }];
  const checks = withoutStrange(file, text, all);
  if (checks === undefined) return undefined;
  const rules = checks.map((one, index) => told(one, index === 0 ? fixed?.diagnostics : []));
  return { text, isFixed: fixed?.isFixed === true, rules };
}

/** What is of no format is one finding, and no rule's. */
function withoutStrange(
  file: InputFile,
  text: string,
  checks: readonly RuleCheck[],
): readonly RuleCheck[] | undefined {
  const diagnostics = checks.flatMap((one) => one.diagnostics);
  const { outcome, ignored } = withoutChance(file, text, { ok: false, diagnostics });
  if (ignored) return undefined;
  return outcome.diagnostics === diagnostics ? checks : [{ diagnostics: outcome.diagnostics }];
}
