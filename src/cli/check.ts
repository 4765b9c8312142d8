import type { Argv, CommandModule, InferredOptionTypes, Options } from 'yargs';

import {
  type CheckOptions,
  check,
  checkRules,
  codes,
  type Diagnostic,
  type Finding,
  type FormatId,
  findingOf,
  formats,
  positions,
} from '../index.ts';
import { type InputFile, inputFiles, readText } from '../node/files.ts';
import { stackFlag, stackOf } from './stack.ts';
import { paint, printFinding, progress } from './terminal.ts';
import { UsageError } from './usage.ts';

const flags = {
  format: {
    choices: formats.map((format) => format.id),
    describe: 'The format to read; found by content unless said',
  },
  stack: stackFlag,
  json: {
    type: 'boolean',
    default: false,
    describe: 'One JSON object a rule on standard output, the totals last',
  },
} as const satisfies Record<string, Options>;

type Flags = InferredOptionTypes<typeof flags> & { readonly paths: readonly string[] };

export const checkCommand: CommandModule<object, Flags> = {
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
      .options(flags)
      .example('$0 check rules', 'Every file of rules below a folder')
      .example('$0 check export.ndjson --stack 8.18', 'Whether Kibana 8.18 would take an export')
      .epilogue('Exit codes: 0 no faults; 1 faults; 2 wrong usage, or nothing could be read.') as Argv<Flags>,
  handler: ({ paths, format, stack, json }) => {
    const options = {
      ...(format !== undefined && { format: format as FormatId }),
      ...(stack !== undefined && { stack: stackOf(stack) }),
    };
    process.exitCode = runCheck(paths, options, json);
  },
};

type Asked = CheckOptions & { readonly format?: FormatId };

function runCheck(paths: readonly string[], options: Asked, json: boolean): number {
  const { files, missing } = inputFiles(paths);
  if (missing.length > 0) throw new UsageError(`There is nothing at ${missing.join(', ')}.`);
  const counts = { files: 0, findings: 0, ignored: 0 };
  for (const [index, file] of files.entries()) {
    progress(index + 1, files.length);
    const { rules, text } = findingsIn(file, options, json);
    const found = rules.flatMap(({ diagnostics }) => diagnostics);
    if (!file.named && found.some(({ code }) => strange.has(code))) {
      counts.ignored += 1;
      continue;
    }
    counts.files += 1;
    counts.findings += found.length;
    if (json) for (const rule of rules) print({ path: file.path, ...rule });
    else for (const one of found) process.stderr.write(`${printFinding(one, text)}\n`);
  }
  if (counts.files === 0) throw new UsageError('There was no rule to read.');
  if (json) print({ summary: counts });
  else process.stderr.write(`${paint(countOf(counts.files, 'file'), 'bold')}: ${faults(counts.findings)}.\n`);
  return counts.findings > 0 ? 1 : 0;
}

/** What is in a folder by chance. */
const strange: ReadonlySet<string> = new Set(['read/unknown-format', 'read/empty']);

interface Told {
  readonly rules: readonly { readonly diagnostics: readonly Finding[] }[];
  readonly text: string;
}

/** Together, or rule by rule; what belongs to none of them is told of last. */
function findingsIn({ path }: InputFile, options: Asked, isByRule: boolean): Told {
  const source = readText(path);
  const text = source.ok ? source.text : '';
  const together = () => [{ diagnostics: source.ok ? check(text, options) : [source] }];
  const rules = source.ok && isByRule ? checkRules(text, options) : together();
  const place = positions(text);
  const isFault = ({ code }: Diagnostic) => codes[code].level !== 'note';
  return {
    text,
    rules: rules.map(({ diagnostics, ...rule }) => ({
      ...rule,
      diagnostics: diagnostics.filter(isFault).map((one) => findingOf(one, path, place)),
    })),
  };
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function faults(count: number): string {
  return count === 0 ? 'no faults' : countOf(count, 'fault');
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
