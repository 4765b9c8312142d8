import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import type { Language } from '../languages/language.ts';
import { filter } from '../query/build.ts';
import { normal, spell } from '../query/normal.ts';
import type { Predicate, Query } from '../query/query.ts';
import { inLucene, inPcre } from '../query/regex.ts';
import { mapLeaves, mapPredicates, sameTree } from '../query/walk.ts';
import { weaken } from '../query/weaken.ts';
import { type ConvertOptions, stops } from './options.ts';

/** A query as text of a language, and what that text means. */
export interface Printed {
  readonly text: string;
  readonly meaning: Query;
}

/**
 * Prints a query, weakened if the user allows it, and proves the text: read back by its own language it
 * must have the normal form of what was meant. Fails with all that the language has no words for.
 */
export function printQuery(
  query: Query,
  language: Language,
  options: ConvertOptions,
  report: Report,
): Printed {
  const meant = inFlavour(query, language);
  const outcome = language.print(meant);
  if (outcome.ok) return proved(outcome.value, meant, language);
  if (!options.allow?.includes('broader')) throw new Failure(outcome.diagnostics);
  return weakened(meant, outcome, language, report);
}

function weakened(query: Query, failed: Outcome<string>, language: Language, report: Report): Printed {
  const sayable = (leaf: Predicate) => language.print(filter(leaf)).ok;
  const weaker = mapPredicates(query, (where) => weaken(where, sayable));
  const outcome = language.print(weaker);
  if (!outcome.ok) throw new Failure(outcome.diagnostics);
  failed.diagnostics.forEach((found) =>
    report({
      ...found,
      effect: 'broader',
      message: `${found.message} It was left out, so the rule may match more.`,
    }),
  );
  return proved(outcome.value, weaker, language);
}

function proved(text: string, meant: Query, language: Language): Printed {
  const again = language.parse(text);
  const said = language.said?.(meant) ?? meant;
  const meaning = normal(said);
  // The same tree has the same normal form; most texts read back as the very tree.
  if (again.ok && (sameTree(again.value, said) || spell(normal(again.value)) === spell(meaning))) {
    return { text, meaning };
  }
  const why = again.ok ? 'it reads back as another query' : again.diagnostics[0]?.message;
  const found: Diagnostic = {
    code: 'proof/unreported-difference',
    message: `The ${language.id} text written for this rule does not mean what was read (${why}); it was thrown away. Please report this.`,
  };
  throw new Failure(found);
}

/** Regular expressions in the flavour of the language, where they can be. */
function inFlavour(query: Query, language: Language): Query {
  return mapPredicates(query, (where) => mapLeaves(where, (leaf) => flavoured(leaf, language)));
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
