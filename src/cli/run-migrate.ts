import { join } from 'node:path';

import type { Gate } from '../index.ts';
import type { FileConversion } from '../node/file-conversion.ts';
import { MigrationFailure } from '../node/migrate/failure.ts';
import { migrate } from '../node/migrate/migrate.ts';
import type { MigrateOptions, MigrationSummary } from '../node/migrate/model.ts';
import { type Writing, writeOr } from '../node/writer.ts';
import { asking } from './ask.ts';
import { type GateFlags, Gates } from './gates.ts';
import { Pace } from './pace.ts';
import { checkFree, Reports } from './reports.ts';
import { tellGates } from './tell-gates.ts';
import { type Migrated, printSummary, summaryOf, tellFile, tellUnwritten } from './tell-migrate.ts';
import { printJson, say, tells } from './terminal.ts';
import { UsageError } from './usage.ts';
import { watching } from './watch.ts';

export interface MigrateFlags extends GateFlags {
  readonly source: string;
  readonly target: string;
  readonly report?: readonly string[] | undefined;
  readonly mapping?: readonly string[] | undefined;
  readonly filter?: readonly string[] | undefined;
  readonly placeholders?: string | undefined;
  readonly onConflict?: 'ask' | 'ours' | 'theirs' | 'both' | undefined;
  readonly watch: boolean;
  readonly check: boolean;
  readonly isDry: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** Migrates once, or for as long as the source is watched. Gives the exit code. */
export async function runMigrate(flags: MigrateFlags, options: MigrateOptions): Promise<number> {
  const stop = new AbortController();
  const leave = () => stop.abort(new Stopped());
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  const once = () => runOnce(flags, { ...options, signal: stop.signal, onConflict: sideOf(flags, leave) });
  try {
    if (flags.watch) return await watching(flags.source, flags.target, once, stop.signal);
    return await once();
  } catch (error) {
    if (error instanceof MigrationFailure) throw new UsageError(error.message);
    if (!(error instanceof Stopped)) throw error;
    say('Stopped. What is done is done, and the next run goes on from there.');
    return 130;
  } finally {
    process.off('SIGINT', leave);
    process.off('SIGTERM', leave);
  }
}

/** Somebody has had enough. */
class Stopped extends Error {}

/** On a terminal somebody can be asked. */
function sideOf(
  { onConflict, isDry, json }: MigrateFlags,
  leave: () => void,
): NonNullable<MigrateOptions['onConflict']> {
  const isSomebodyThere = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const asks = onConflict === 'ask' || (onConflict === undefined && isSomebodyThere && !json);
  if (asks && !isDry) return asking(leave);
  return onConflict === undefined || onConflict === 'ask' ? 'both' : onConflict;
}

async function runOnce(flags: MigrateFlags, options: MigrateOptions): Promise<number> {
  const gates = new Gates(flags, options);
  const reports = reportsOf(flags, gates);
  const pace = new Pace(flags.json || !tells('error'));
  const takes = reports.areWanted;
  const run = migrate(flags.source, flags.target, {
    ...options,
    onProgress: (done, total) => pace.tell(done, total),
    ...(takes && {
      onConversion: (made: FileConversion, outs: readonly (string | undefined)[]) =>
        reports.take(
          { ...made, file: { ...made.file, path: join(flags.source, made.file.below) } },
          outs.map((out) => out && join(flags.target, out)),
        ),
    }),
  });
  const told = await toldOf(run, flags, pace);
  return finish(flags, options, told, gates, reports);
}

/** Tells of one file after the other. */
async function toldOf(run: ReturnType<typeof migrate>, flags: MigrateFlags, pace: Pace): Promise<Migrated> {
  let problems = 0;
  let known = 0;
  for (;;) {
    const next = await run.next();
    if (next.done) return { summary: next.value, problems, known };
    const { value: file } = next;
    pace.clear();
    tellFile(file, flags);
    if (file.targets.some(({ state }) => stuck.has(state))) problems += 1;
    if (file.state === 'unchanged') known += file.rules.filter((rule) => rule.fidelity === 'refused').length;
  }
}

/** What somebody has to look at. */
const stuck: ReadonlySet<string> = new Set(['conflict', 'occupied', 'unwritten']);

function finish(
  flags: MigrateFlags,
  options: MigrateOptions,
  told: Migrated,
  gates: Gates,
  reports: Reports,
): number {
  const { summary, problems } = told;
  if (summary.rules + summary.exclusions + summary.files.gone === 0)
    throw new UsageError(`There was no rule to read in ${flags.source}.`);
  const asked = gates.asked(reports.graded);
  const unwritten: { readonly path: string; readonly reason: string }[] = [];
  const put = (writing: Writing) => writeOr(unwritten, writing);
  const updated = gates.update(reports.graded);
  if (updated && !flags.isDry) put(updated);
  const counted = summaryOf(summary);
  reports.write({ to: options.to, summary: counted.grades, gates: asked }, put);
  unwritten.forEach(tellUnwritten);
  if (flags.json) printJson({ summary: counted.all, ...(asked.length > 0 && { gates: asked }) });
  else printSummary(told, flags);
  const closed = asked.filter(({ stops }) => stops.length > 0);
  tellGates(closed, gates.gone(reports.graded), flags.baseline);
  const isWell =
    closed.length === 0 && unwritten.length === 0 && problems === 0 && summary.diagnostics.length === 0;
  if (!isWell) return 1;
  return flags.check ? codeOfCheck(summary, closed) : codeOf(summary, gates);
}

function codeOfCheck({ changes }: MigrationSummary, closed: readonly Gate[]): number {
  return changes > 0 || closed.length > 0 ? 1 : 0;
}

function codeOf({ grades, files }: MigrationSummary, gates: Gates): number {
  const isAllWritten = grades.refused + grades.failed + files.refused + files.failed === 0;
  return isAllWritten || gates.knowsRefusals ? 0 : 1;
}

function reportsOf(flags: MigrateFlags, gates: Gates): Reports {
  const { mapping, filter, placeholders } = flags;
  const given = [mapping, filter, placeholders].flatMap((one) => one ?? []);
  const baseline = flags.baseline === undefined ? [] : [flags.baseline];
  checkFree(flags.updateBaseline ? baseline : [], given);
  return new Reports(flags.report, gates.areThere, [...given, ...baseline]);
}
