import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import type { Language, PrintOptions } from '../languages/language.ts';
import { asExpression } from '../query/as-expression.ts';
import { filter } from '../query/build.ts';
import type { Predicate, Query, Regex } from '../query/query.ts';
import { inLucene, inPcre } from '../query/regex.ts';
import { mapLeaves, mapPredicates } from '../query/walk.ts';

/**
 * A query in the words of a language, as far as that changes nothing: regular expressions in its flavour, and functions
 * that it does not have as expressions and patterns that ask the same. `say` is how the language says a query.
 */
export function sayable(
  query: Query,
  language: Language,
  say: (one: Query) => Outcome<string>,
  report: Report,
): Query {
  const plain = (leaf: Predicate) =>
    isFunction(leaf) && !say(filter(leaf)).ok ? asPlain(leaf, report) : leaf;
  return mapPredicates(query, (where) =>
    mapLeaves(mapLeaves(where, plain), (leaf) => (leaf.kind === 'regex' ? flavoured(leaf, language) : leaf)),
  );
}

function isFunction({ kind }: Predicate): boolean {
  return kind === 'compare' || kind === 'call';
}

function asPlain(leaf: Predicate, report: Report): Predicate {
  const plain = asExpression(leaf);
  if (plain === undefined) return leaf;
  const place = 'span' in leaf && leaf.span ? { span: leaf.span } : {};
  if (plain.beside) report({ code: 'mapping/assumption', message: plain.beside, ...place });
  return mapLeaves(plain.test, (test) => ({ ...test, ...place }));
}

function flavoured(leaf: Regex, language: Language): Regex {
  const translated = inFlavour(leaf, language);
  return translated.ok ? translated.value : leaf;
}

function inFlavour(leaf: Regex, { id }: Language): Outcome<Regex> {
  return id === 'sigma' ? inPcre(leaf) : inLucene(leaf);
}

/** The text of a query; on failure, what stands in the way within an expression is told rather than that it is one. */
export function sayIn(language: Language, query: Query, printing: PrintOptions): Outcome<string> {
  const outcome = language.print(query, printing);
  if (outcome.ok) return outcome;
  const reasons = reasonsIn(query, language);
  if (reasons.length === 0) return outcome;
  const others = outcome.diagnostics.filter(({ code }) => code !== 'loss/regex-flavour');
  return { ok: false, diagnostics: [...others, ...reasons] };
}

function reasonsIn(query: Query, language: Language): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  mapPredicates(query, (where) =>
    mapLeaves(where, (leaf) => {
      const translated = leaf.kind === 'regex' ? inFlavour(leaf, language) : undefined;
      if (translated && !translated.ok) found.push(...translated.diagnostics.map((one) => within(one, leaf)));
      return leaf;
    }),
  );
  return found;
}

/** A place in an expression is told in words: escapes and quotes stand between it and the text. */
function within({ span, ...found }: Diagnostic, leaf: Predicate): Diagnostic {
  const message = span
    ? found.message.replace(/\.$/, ` (at its character ${span.start + 1}).`)
    : found.message;
  return { ...found, message, ...('span' in leaf && leaf.span && { span: leaf.span }) };
}
