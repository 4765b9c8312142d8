import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { Language, PrintOptions } from '../languages/language.ts';
import { compareQueries } from '../proof/compare-queries.ts';
import { filter } from '../query/build.ts';
import { normal, spell } from '../query/normal.ts';
import type { Query } from '../query/query.ts';
import { sameTree } from '../query/walk.ts';
import { acceptedIn } from './accept.ts';
import { type ConvertOptions, stops } from './options.ts';
import { sayable, sayIn } from './sayable.ts';
import { printingFor } from './tables.ts';

/** A query as text of a language, and what that text means. */
export interface Printed {
  readonly text: string;
  readonly meaning: Query;
}

/**
 * Prints a query, changed as far as the user allows it, and proves the text: read back by its own language it must have
 * the normal form of what was meant. Fails with all that the language has no words for.
 */
export function printQuery(
  query: Query,
  language: Language,
  options: ConvertOptions,
  report: Report,
  printing: PrintOptions = printingFor(language, options),
): Printed {
  const say = (one: Query) => sayIn(language, one, printing);
  const meant = sayable(query, language, say, report);
  const outcome = say(meant);
  if (outcome.ok) {
    outcome.diagnostics.forEach(report);
    return proved(outcome.value, meant, language, printing, query);
  }
  const accepted = acceptedIn(meant, (where) => say(filter(where)), options);
  const again = accepted && say(accepted.query);
  if (!again?.ok) throw new Failure(outcome.diagnostics);
  [...accepted!.losses, ...again.diagnostics].forEach(report);
  return proved(again.value, accepted!.query, language, printing, query);
}

function proved(
  text: string,
  meant: Query,
  language: Language,
  printing: PrintOptions,
  query: Query,
): Printed {
  const again = language.parse(text);
  const said = language.said?.(meant, printing) ?? meant;
  const meaning = normal(said);
  if (again.ok && isSame(again.value, said, meaning)) return { text, meaning };
  const why = again.ok
    ? `it reads back as another query${shownBy(said, again.value)}`
    : again.diagnostics[0]?.message;
  const found: Diagnostic = {
    code: 'proof/unreported-difference',
    message: `The ${language.id} text written for this rule does not mean what was read (${why}); it was thrown away. Please report this.`,
  };
  if (again.ok) readBack.set(found, { query, said: again.value });
  throw new Failure(found);
}

/** What was to be printed, and what the text says instead. */
export interface Misprint {
  readonly query: Query;
  readonly said: Query;
}

const readBack = new WeakMap<Diagnostic, Misprint>();

/** The text that was thrown away, if one of these findings tells of it. */
export function misprintIn(found: readonly Diagnostic[]): Misprint | undefined {
  return found.map((one) => readBack.get(one)).find((misprint) => misprint !== undefined);
}

/** The first events, by the names of the text, that one of the two finds alone. */
function shownBy(meant: Query, said: Query): string {
  const [first] = compareQueries(meant, said).counterexamples;
  if (first === undefined) return '';
  return `, which ${first.matches === 'first' ? 'misses' : 'finds'} ${JSON.stringify(first.events)}`;
}

/**
 * The same tree has the same normal form; most texts read back as the very tree. The parts of a stage have a spelling
 * for each order that they were put together in, and are the same in all.
 */
function isSame(again: Query, said: Query, meaning: Query): boolean {
  if (sameTree(again, said)) return true;
  const { stages, ...rest } = normal(again);
  return (
    sameTree(stages, meaning.stages) && spell({ ...rest, stages: [] }) === spell({ ...meaning, stages: [] })
  );
}

/** Fails if a finding stands against writing the rule; all such findings at once. */
export function unlessStopped(found: readonly Diagnostic[], options: ConvertOptions): void {
  const against = found.filter((one) => stops(one, options));
  if (against.length > 0) throw new Failure(against);
}
