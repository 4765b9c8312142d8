import { setImmediate } from 'node:timers/promises';

import {
  type Conversion,
  type ConvertOptions,
  codes,
  convert,
  type Diagnostic,
  type ExclusionsReport,
  type Fidelity,
  type Finding,
  findingOf,
  formats,
  type Outcome,
  positions,
  reportOf,
  type Summary,
  summarize,
} from '../index.ts';
import { convertFiles, type FileConversion, longFiles } from '../node/convert-files.ts';
import type { FileText } from '../node/decode.ts';
import { placeIn } from '../node/file-conversion.ts';
import { type InputFile, inputFiles } from '../node/files.ts';
import { LongFile, type Sizes, usualSizes } from '../node/long-file.ts';
import { readInput } from '../node/standard-input.ts';
import { passedOverAs } from '../node/strange.ts';
import { type Unwritten, type Writing, writeOr } from '../node/writer.ts';
import { Destination } from './destination.ts';
import { type GateFlags, Gates } from './gates.ts';
import { GivenFilters } from './given-filters.ts';
import { HeldFindings } from './held-findings.ts';
import { checkFree, Reports } from './reports.ts';
import { tellGates } from './tell-gates.ts';
import { byLevel, paint, printJson, progress, say, tell } from './terminal.ts';
import { UsageError } from './usage.ts';

interface Flags extends GateFlags {
  readonly paths: readonly string[];
  readonly out?: string | undefined;
  readonly report?: readonly string[] | undefined;
  readonly mapping?: readonly string[] | undefined;
  readonly filter?: readonly string[] | undefined;
  readonly placeholders?: string | undefined;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** Casts all that was named, writes it where it goes, tells what became of it. Gives the exit code. */
export async function runConvert(
  flags: Flags,
  options: ConvertOptions,
  sizes: Sizes = usualSizes,
): Promise<number> {
  const target = formats.find((format) => format.id === options.to)!;
  const fromInput = flags.paths.length === 0 || flags.paths.includes('-');
  if (fromInput && flags.paths.length > 1) {
    throw new UsageError('Standard input, -, stands alone; name it or paths, not both.');
  }
  const { files, missing } = fromInput ? { files: [], missing: [] } : inputFiles(flags.paths);
  if (missing.length > 0) throw new UsageError(`There is nothing at ${missing.join(', ')}.`);
  const input = fromInput ? readInput(options, sizes) : undefined;
  const long = input instanceof LongFile ? new Map([[input.path, input]]) : longFiles(files, options, sizes);
  const conversions = input ? fromStandardInput(input, options) : convertFiles(files, options, long);
  const destination = new Destination(flags.out, target, options, files, flags.json, long.size > 0);
  const gates = new Gates(flags, options);
  const reports = reportsOf(flags, gates, files);
  const given = new GivenFilters(options.exclusions ?? []);
  const places = { destination, reports };
  const told = await tellAll(given.meeting(conversions), places, flags, fromInput ? 1 : files.length);
  given.tellUnused();
  const unwritten = [...(await destination.finish())];
  const asked = gates.asked(reports.graded);
  const updated = gates.update(reports.graded);
  const put = (writing: Writing) => {
    const reason = 'a rule of this run was written there';
    if (destination.holds(writing.path)) unwritten.push({ path: writing.path, reason });
    else writeOr(unwritten, writing);
  };
  if (updated) put(updated);
  const summary = { ...told.summary, ...(unwritten.length > 0 && { unwritten: unwritten.length }) };
  reports.write({ to: options.to, summary, gates: asked }, put);
  unwritten.forEach(tellUnwritten);
  const closed = asked.filter(({ stops }) => stops.length > 0);
  if (flags.json) printJson({ summary, ...(asked.length > 0 && { gates: asked }) });
  else printSummary(summary, destination);
  tellGates(closed, gates.gone(reports.graded), flags.baseline);
  const isMet = closed.length === 0 && unwritten.length === 0 && (gates.knowsRefusals || told.stopped === 0);
  return told.read === 0 ? 2 : isMet ? 0 : 1;
}

/** Nothing that a run writes takes the place of a file that it reads, or of another that it writes. */
function reportsOf(flags: Flags, gates: Gates, files: readonly InputFile[]): Reports {
  const { out, mapping, filter, placeholders } = flags;
  const given = [mapping, filter, placeholders, out].flatMap((one) => one ?? []);
  const taken = [...files.map(({ path }) => path), ...given];
  const baseline = flags.baseline === undefined ? [] : [flags.baseline];
  checkFree(flags.updateBaseline ? baseline : [], taken);
  return new Reports(flags.report, gates.areThere, [...taken, ...baseline]);
}

function tellUnwritten({ path, reason }: Unwritten): void {
  const message = `The file could not be written: ${reason}. What stood there before still does.`;
  tell({ code: 'write/failed', level: 'error', message, path }, '');
}

interface Told {
  readonly summary: Summary;
  /** How many files could be read, and how many rules were not written. */
  readonly read: number;
  readonly stopped: number;
}

/** Where what became of a file goes. */
interface Places {
  readonly destination: Destination;
  readonly reports: Reports;
}

async function tellAll(
  conversions: Iterable<FileConversion>,
  places: Places,
  flags: Flags,
  total: number,
): Promise<Told> {
  const grades: Fidelity[] = [];
  let [read, ignored, done, stopped, exclusions] = [0, 0, 0, 0, 0];
  const held = new HeldFindings();
  for (const conversion of conversions) {
    done += conversion.part === undefined || held.path !== conversion.file.path ? 1 : 0;
    progress(done, total);
    held.turnTo(conversion.file.path);
    // Between parts there is time for who wants the run to end.
    if (conversion.part !== undefined) await setImmediate();
    if (!places.destination.isRead) break;
    if (conversion.ignored) {
      ignored += 1;
      tellPassedOver(conversion, flags);
      continue;
    }
    if (conversion.outcome.ok) read += 1;
    const alone = conversion.outcome.ok ? conversion.outcome.value.fidelity : undefined;
    if (alone !== undefined) exclusions += 1;
    if (alone === 'refused') stopped += 1;
    const fidelities = tellFile(conversion, conversion.outcome, places, flags, held);
    for (const grade of fidelities) grades.push(grade);
    stopped += fidelities.filter((grade) => grade === 'refused' || grade === 'failed').length;
  }
  held.turnTo(undefined);
  if (read === 0 && grades.length === 0) throw new UsageError('There was no rule to read.');
  const summary = {
    ...summarize(grades),
    ...(exclusions > 0 && { exclusions }),
    ...(ignored > 0 && { ignored }),
  };
  return { summary, read, stopped };
}

function tellPassedOver({ file, outcome }: FileConversion, { json, verbose }: Flags): void {
  if (json || !verbose) return;
  const found = findingOf(passedOverAs(outcome), file.path, positions(''));
  tell(found, '');
}

/** Tells of one file, and hands on what it came to. A file that could not be read counts as one failure. */
function tellFile(
  conversion: FileConversion,
  outcome: Outcome<Conversion>,
  { destination, reports }: Places,
  flags: Flags,
  held: HeldFindings,
): readonly Fidelity[] {
  const { file, text, part } = conversion;
  const place = placeIn(conversion);
  const findings = (found: readonly Diagnostic[]) => found.map((one) => findingOf(one, file.path, place));
  const rules = outcome.ok ? outcome.value.rules : [];
  const places = outcome.ok ? destination.take(file, outcome.value, part) : [];
  reports.take(conversion, places);
  if (!flags.json) {
    const all = [outcome, ...rules].map((one) => one.diagnostics.filter((found) => isShown(found, flags)));
    const framed = part !== undefined && part.line === undefined ? '' : text;
    all.forEach((found) => printFindings(findings(found), framed, part?.line));
  } else if (!outcome.ok) {
    const diagnostics = findings(outcome.diagnostics);
    printJson({ path: file.path, title: '', fidelity: 'failed', text: '', diagnostics });
  } else {
    const general = [...held.take(), ...findings(outcome.diagnostics)];
    rules.forEach((rule, index) => {
      const report = reportOf(rule, file.path, place, places[index]);
      const about = index === 0 ? general : [];
      printJson({ ...report, diagnostics: [...about, ...report.diagnostics] });
    });
    if (rules.length === 0 && part !== undefined) held.hold(general);
    else if (rules.length === 0) printJson(alone(file.path, outcome.value, places[0], general));
  }
  return outcome.ok ? rules.map((rule) => rule.fidelity) : ['failed'];
}

/** A file without rules. */
function alone(
  path: string,
  { text, companions, fidelity = 'refused' }: Conversion,
  out: string | undefined,
  diagnostics: readonly Finding[],
): ExclusionsReport {
  const exclusions = companions.filters.length;
  return { path, title: '', exclusions, fidelity, text, ...(out !== undefined && { out }), diagnostics };
}

function isShown({ code }: Diagnostic, { verbose }: Flags): boolean {
  return verbose || codes[code].level !== 'note';
}

function fromStandardInput(input: FileText | LongFile, options: ConvertOptions): Iterable<FileConversion> {
  const file: InputFile = { path: '-', below: 'rules', named: true };
  if (input instanceof LongFile) return convertFiles([file], options, new Map([[file.path, input]]));
  const outcome: Outcome<Conversion> = input.ok
    ? convert(input.text, options)
    : { ok: false, diagnostics: [input] };
  return [{ file, text: input.text, outcome, options, ignored: false }];
}

/** `before` is how many lines stand before the text. */
function printFindings(findings: readonly Finding[], text: string, before?: number): void {
  for (const found of [...findings].sort(byLevel)) tell(found, text, before);
}

function printSummary(summary: Summary, { folder }: Destination): void {
  const { rules, exclusions, ignored, unwritten, ...grades } = summary;
  const counts = Object.entries(grades)
    .filter(([, count]) => (count as number) > 0)
    .map(([grade, count]) => `${count} ${grade}`);
  const beside = exclusions
    ? ` ${exclusions} ${exclusions === 1 ? 'file' : 'files'} of filters or exceptions alone.`
    : '';
  const passed = ignored
    ? ` ${ignored} ${ignored === 1 ? 'file' : 'files'} of no known format passed over.`
    : '';
  const lost = unwritten ? ` ${unwritten} ${unwritten === 1 ? 'file' : 'files'} could not be written.` : '';
  const where = folder === undefined ? '' : ` Written to ${folder}.`;
  say(
    `${paint(`${rules} ${rules === 1 ? 'rule' : 'rules'}`, 'bold')}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}.${beside}${passed}${lost}${where}`,
  );
}
