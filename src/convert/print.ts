import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { Language, PrintOptions } from '../languages/language.ts';
import { asExpression } from '../query/as-expression.ts';
import { filter } from '../query/build.ts';
import { normal, spell } from '../query/normal.ts';
import type { Predicate, Query } from '../query/query.ts';
import { inLucene, inPcre } from '../query/regex.ts';
import { mapLeaves, mapPredicates, sameTree } from '../query/walk.ts';
import type { Span } from '../source/source.ts';
import { acceptedIn } from './accept.ts';
import { type ConvertOptions, stops } from './options.ts';
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
  const meant = sayable(query, language, printing, report);
  const outcome = language.print(meant, printing);
  if (outcome.ok) {
    outcome.diagnostics.forEach(report);
    return proved(outcome.value, meant, language, printing);
  }
  const accepted = acceptedIn(meant, (where) => language.print(filter(where), printing), options);
  const again = accepted && language.print(accepted.query, printing);
  if (!again?.ok) throw new Failure(outcome.diagnostics);
  [...accepted!.losses, ...again.diagnostics].forEach(report);
  return proved(again.value, accepted!.query, language, printing);
}

function proved(text: string, meant: Query, language: Language, printing: PrintOptions): Printed {
  const again = language.parse(text);
  const said = language.said?.(meant, printing) ?? meant;
  const meaning = normal(said);
  if (again.ok && isSame(again.value, said, meaning)) return { text, meaning };
  const why = again.ok ? 'it reads back as another query' : again.diagnostics[0]?.message;
  const found: Diagnostic = {
    code: 'proof/unreported-difference',
    message: `The ${language.id} text written for this rule does not mean what was read (${why}); it was thrown away. Please report this.`,
  };
  throw new Failure(found);
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

/** Regular expressions in the flavour of the language, where they can be. */
function inFlavour(query: Query, language: Language): Query {
  return mapPredicates(query, (where) => mapLeaves(where, (leaf) => flavoured(leaf, language)));
}

/** Functions that the language does not have, as expressions and patterns that ask the same. */
function sayable(query: Query, language: Language, printing: PrintOptions, report: Report): Query {
  const withoutFunctions = mapPredicates(query, (where) =>
    mapLeaves(where, (leaf) => {
      if ((leaf.kind !== 'compare' && leaf.kind !== 'call') || language.print(filter(leaf), printing).ok) {
        return leaf;
      }
      const plain = asExpression(leaf);
      if (plain?.beside) report({ code: 'mapping/assumption', message: plain.beside, ...placeOf(leaf) });
      return plain?.test ?? leaf;
    }),
  );
  return inFlavour(withoutFunctions, language);
}

function placeOf({ span }: { readonly span?: Span }): { readonly span?: Span } {
  return span ? { span } : {};
}

function flavoured(leaf: Predicate, language: Language): Predicate {
  if (leaf.kind !== 'regex') return leaf;
  const translated = language.id === 'sigma' ? inPcre(leaf) : inLucene(leaf);
  return translated.ok ? translated.value : leaf;
}

/** Fails if a finding stands against writing the rule; all such findings at once. */
export function unlessStopped(found: readonly Diagnostic[], options: ConvertOptions): void {
  const against = found.filter((one) => stops(one, options));
  if (against.length > 0) throw new Failure(against);
}
