import type { Argv, CommandModule, InferredOptionTypes, Options } from 'yargs';

import {
  type CheckOptions,
  check,
  codes,
  type Diagnostic,
  type Finding,
  type FormatId,
  findingOf,
  formats,
  positions,
} from '../index.ts';
import { type InputFile, inputFiles, readText } from '../node/files.ts';
import { paint, printFinding, progress } from './terminal.ts';
import { UsageError } from './usage.ts';

const flags = {
  format: {
    choices: formats.map((format) => format.id),
    describe: 'The format to read; found by content unless said',
  },
  stack: {
    type: 'string',
    describe:
      'The version of the Elastic Stack that is to take the rules, as in 8.18; the newest unless said',
  },
  json: {
    type: 'boolean',
    default: false,
    describe: 'One JSON object a file on standard output, the totals last',
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

function stackOf(text: string): NonNullable<CheckOptions['stack']> {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})(?:\.\d+)?$/.exec(text) ?? [];
  if (major !== undefined && minor !== undefined) return { major: Number(major), minor: Number(minor) };
  throw new UsageError(`--stack is a version as in 8.18, and not "${text}".`);
}

type Asked = CheckOptions & { readonly format?: FormatId };

function runCheck(paths: readonly string[], options: Asked, json: boolean): number {
  const { files, missing } = inputFiles(paths);
  if (missing.length > 0) throw new UsageError(`There is nothing at ${missing.join(', ')}.`);
  const counts = { files: 0, findings: 0, ignored: 0 };
  for (const [index, file] of files.entries()) {
    progress(index + 1, files.length);
    const { found, text } = findingsIn(file, options);
    if (!file.named && found.some(({ code }) => strange.has(code))) {
      counts.ignored += 1;
      continue;
    }
    counts.files += 1;
    counts.findings += found.length;
    if (json) print({ path: file.path, diagnostics: found });
    else for (const one of found) process.stderr.write(`${printFinding(one, text)}\n`);
  }
  if (counts.files === 0) throw new UsageError('There was no rule to read.');
  if (json) print({ summary: counts });
  else process.stderr.write(`${paint(countOf(counts.files, 'file'), 'bold')}: ${faults(counts.findings)}.\n`);
  return counts.findings > 0 ? 1 : 0;
}

/** What is in a folder by chance. */
const strange: ReadonlySet<string> = new Set(['read/unknown-format', 'read/empty']);

function findingsIn(
  { path }: InputFile,
  options: Asked,
): { readonly found: readonly Finding[]; text: string } {
  const source = readText(path);
  const { text } = source;
  const all: readonly Diagnostic[] = source.ok ? check(text, options) : [source];
  const faulty = all.filter(({ code }) => codes[code].level !== 'note');
  const place = positions(text);
  return { found: faulty.map((one) => findingOf(one, path, place)), text };
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
