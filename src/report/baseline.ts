import { attempt, Failure } from '../diagnostic/attempt.ts';
import type { Outcome } from '../diagnostic/diagnostic.ts';
import type { FormatId } from '../formats/format.ts';
import { isObject, type Json, type JsonObject } from '../rule/json.ts';
import { type Gate, type Stop, stopAt } from './gates.ts';
import { countOf, type Graded, isVerdict, type Losses, lossesAndVerdict } from './losses.ts';

/** Losses that are known, by the rules that have them: what a run had when the file was written. */
export interface Baseline {
  readonly to: string;
  readonly rules: ReadonlyMap<string, Losses>;
}

/** The losses of a run as a file: rules and losses in order, so that a change of one changes one line. */
export function printBaseline(to: FormatId, rules: readonly Graded[]): string {
  const titles = new Map(rules.map((rule) => [keyOf(rule), rule.title]));
  const entries = [...lossesByKey(rules)]
    .filter(([, losses]) => countOf(losses) > 0)
    .sort(byName)
    .map(([key, losses]) => [
      key,
      { title: titles.get(key) ?? '', losses: Object.fromEntries([...losses].sort(byName)) },
    ]);
  return `${JSON.stringify({ version: 1, to, rules: Object.fromEntries(entries) }, null, 2)}\n`;
}

/** Reads what `printBaseline` wrote. */
export function readBaseline(text: string): Outcome<Baseline> {
  return attempt(() => {
    const { version, to, rules } = objectIn(parsed(text));
    if (typeof version === 'number' && version !== 1) throw otherVersion(version);
    if (version !== 1 || typeof to !== 'string') throw strange();
    const known = Object.entries(objectIn(rules)).map(
      ([key, rule]) => [key, lossesIn(objectIn(rule)['losses'])] as const,
    );
    return { to, rules: new Map(known) };
  });
}

/** What was lost and is not known: of each rule, more of a loss than the baseline has. */
export function baselineGate(asked: string, rules: readonly Graded[], baseline: Baseline): Gate {
  const left = new Map([...baseline.rules].map(([key, losses]) => [key, new Map(losses)]));
  return { asked, stops: rules.flatMap((rule) => newLosses(rule, left.get(keyOf(rule)))) };
}

/** What is known is used up: several rules of one id have their losses together. */
function newLosses(rule: Graded, left = new Map<string, number>()): readonly Stop[] {
  const found = [...lossesAndVerdict(rule)].flatMap(([loss, count]) => {
    const known = left.get(loss) ?? 0;
    left.set(loss, Math.max(0, known - count));
    return count > known ? [{ loss, stop: stopAt(rule, sentence(loss, count, known)) }] : [];
  });
  // A new loss says why the verdict is a new one.
  const losses = found.filter(({ loss }) => !isVerdict(loss));
  return (losses.length > 0 ? losses : found).map(({ stop }) => stop);
}

function sentence(loss: string, count: number, known: number): string {
  if (loss === 'refused' || loss === 'failed')
    return `The rule was ${loss}, which the baseline does not know.`;
  if (isVerdict(loss)) return `The ${loss} is one that the baseline does not know.`;
  const times = count === 1 ? '' : ` ${count} times`;
  const had = known === 0 ? 'does not know' : known === 1 ? 'has once' : `has ${known} times`;
  return `The rule has the loss "${loss}"${times}, which the baseline ${had}.`;
}

/** How many losses the baseline has that rules of the run do not have any more. */
export function goneSince(rules: readonly Graded[], baseline: Baseline): number {
  return [...lossesByKey(rules)].reduce((sum, [key, losses]) => {
    const known = [...(baseline.rules.get(key) ?? [])].filter(([loss]) => !isVerdict(loss));
    const gone = known.map(([loss, count]) => count - (losses.get(loss) ?? 0));
    return sum + gone.reduce((most, one) => most + Math.max(0, one), 0);
  }, 0);
}

/** A rule that has moved is the same; one without an id is known by where it stands. */
function keyOf({ id, path, title }: Graded): string {
  const place = path.replaceAll('\\', '/');
  return id ?? (title === '' ? place : `${place}: ${title}`);
}

function lossesByKey(rules: readonly Graded[]): ReadonlyMap<string, Losses> {
  const known = new Map<string, Map<string, number>>();
  for (const rule of rules) {
    const losses = known.get(keyOf(rule)) ?? new Map<string, number>();
    for (const [loss, count] of lossesAndVerdict(rule)) losses.set(loss, (losses.get(loss) ?? 0) + count);
    known.set(keyOf(rule), losses);
  }
  return known;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as Json;
  } catch {
    throw strange();
  }
}

function objectIn(value: Json | undefined): JsonObject {
  if (value === undefined || !isObject(value)) throw strange();
  return value;
}

function lossesIn(value: Json | undefined): Losses {
  const counts = Object.entries(objectIn(value)).map(([loss, count]) => {
    if (typeof count !== 'number') throw strange();
    return [loss, count] as const;
  });
  return new Map(counts);
}

function strange(): Failure {
  return failure('The file is no baseline of losses; one is written with --update-baseline.');
}

function otherVersion(version: number): Failure {
  return failure(
    `The baseline is of version ${version}, and those of version 1 are read; --update-baseline writes it anew.`,
  );
}

function failure(message: string): Failure {
  return new Failure({ code: 'read/not-a-baseline', message });
}
