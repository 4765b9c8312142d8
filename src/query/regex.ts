import { attempt, need } from '../diagnostic/attempt.ts';
import type { Outcome } from '../diagnostic/diagnostic.ts';
import { caseOf, foldCase, foldIgnoring, withoutCase } from './expression/case.ts';
import type { Expression } from './expression/expression.ts';
import { parseLucene } from './expression/parse-lucene.ts';
import { parsePcre } from './expression/parse-pcre.ts';
import { printLucene } from './expression/print-lucene.ts';
import { printPcre } from './expression/print-pcre.ts';
import { searchOf } from './expression/search.ts';
import { wholeOf } from './expression/whole.ts';
import type { Regex } from './query.ts';

/**
 * Between the two flavours of regular expressions that rules use: Lucene's, which match the whole
 * value (Elasticsearch, EQL, ES|QL), and the PCRE subset of Sigma, which matches any part of it.
 *
 * What the other flavour has no words for is refused with its place: look-around, references, complements,
 * intersections. That a dot does not match a line end in PCRE and does in Lucene is left out of account, as is that
 * `$` may stand before a line end that is the last character.
 */
export type Flavoured = Pick<Regex, 'flavour' | 'caseSensitive' | 'flags'>;

/** The texts that an expression is about, as a tree; whole values for either flavour. */
export interface Meant {
  readonly tree: Expression;
  readonly caseSensitive: boolean;
}

/** An expression in a flavour, and whether case counts for it. */
export interface Written {
  readonly text: string;
  readonly caseSensitive: boolean;
}

/** The tree of whole values that an expression matches. */
export function meantBy(text: string, regex: Flavoured): Outcome<Meant> {
  return attempt(() => {
    if (regex.flavour === 'lucene') return { tree: parseLucene(text), caseSensitive: regex.caseSensitive };
    const flags = `${regex.caseSensitive ? '' : 'i'}${regex.flags ?? ''}`;
    return casedAlike(wholeOf(parsePcre(text, flags)), regex.caseSensitive);
  });
}

/** One answer for all letters: where case counts for some alone, the others are written in both. */
function casedAlike(tree: Expression, caseSensitive: boolean): Meant {
  switch (caseOf(tree)) {
    case 'mixed':
      return { tree: foldIgnoring(tree), caseSensitive: true };
    case 'counts':
      return { tree, caseSensitive: true };
    case 'ignored':
      return { tree: withoutCase(tree), caseSensitive: false };
    case 'none':
      return { tree: withoutCase(tree), caseSensitive };
  }
}

/** An expression of either flavour as Lucene has it: for the whole value, without anchors. */
export function writtenLucene(text: string, regex: Flavoured): Outcome<Written> {
  if (regex.flavour === 'lucene') return said({ text, caseSensitive: regex.caseSensitive });
  const meant = meantBy(text, regex);
  if (!meant.ok) return meant;
  const { tree, caseSensitive } = meant.value;
  return attempt(() => ({ text: printLucene(tree), caseSensitive }));
}

/** An expression of either flavour as PCRE has it: to be searched for. */
export function writtenPcre(text: string, regex: Flavoured): Outcome<Written> {
  if (regex.flavour === 'pcre') return said({ text, caseSensitive: regex.caseSensitive });
  const { caseSensitive } = regex;
  return attempt(() => ({ text: printPcre(searchOf(parseLucene(text))), caseSensitive }));
}

/**
 * An expression of either flavour for Lucene where it can not be told to ignore case: what ignores it is written in
 * both, `[aA]`.
 */
export function foldedLucene(text: string, regex: Flavoured): Outcome<string> {
  const meant = meantBy(text, regex);
  if (!meant.ok) return meant;
  const { tree, caseSensitive } = meant.value;
  return attempt(() => printLucene(caseSensitive ? tree : foldCase(tree)));
}

/** A test with its expressions in Lucene. One list has one kind of case, so letters may have to be written in both. */
export function inLucene(test: Regex): Outcome<Regex> {
  return attempt((report) => {
    if (test.flavour === 'lucene') return test;
    const written = test.patterns.map((text) => need(writtenLucene(text, test), report));
    const caseSensitive = written.some((one) => one.caseSensitive);
    const patterns = written.map((one, at) =>
      caseSensitive && !one.caseSensitive ? need(foldedLucene(test.patterns[at]!, test), report) : one.text,
    );
    const { flags: _, ...rest } = test;
    return { ...rest, flavour: 'lucene', patterns, caseSensitive };
  });
}

/** A test with its expressions in PCRE. */
export function inPcre(test: Regex): Outcome<Regex> {
  return attempt((report) => {
    if (test.flavour === 'pcre') return test;
    const written = test.patterns.map((text) => need(writtenPcre(text, test), report));
    return { ...test, flavour: 'pcre', patterns: written.map((one) => one.text) };
  });
}

function said(value: Written): Outcome<Written> {
  return { ok: true, value, diagnostics: [] };
}

/** The same for one expression without flags of its own, and undefined where it can not be said. */
export interface Translated {
  readonly text: string;
  /** The expression turned case off itself, by `(?i)`. */
  readonly ignoresCase: boolean;
}

export function toLucene(pcre: string): Translated | undefined {
  const written = writtenLucene(pcre, { flavour: 'pcre', caseSensitive: true });
  return written.ok ? { text: written.value.text, ignoresCase: !written.value.caseSensitive } : undefined;
}

export function toPcre(lucene: string): string | undefined {
  const written = writtenPcre(lucene, { flavour: 'lucene', caseSensitive: true });
  return written.ok ? written.value.text : undefined;
}
