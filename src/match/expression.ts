import { RE2JS } from 're2js';

import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { foldCase } from '../query/expression/case.ts';
import { type Flavoured, meantBy, writtenPcre } from '../query/regex.ts';
import { Automaton } from './automaton.ts';

/**
 * Whether a value is what an expression asks for, in time linear in its length: searched for where a search can say
 * it, read by an automaton where it takes a complement, an intersection or more repeats than a search has. Fails on
 * look-around, on references to groups, and on what does not follow its syntax.
 */
export function expressionTest(text: string, regex: Flavoured): (value: string) => boolean {
  const pcre = writtenPcre(text, regex);
  const compiled = pcre.ok ? compile(pcre.value.text, bitsOf(regex)) : undefined;
  if (compiled) return (value) => compiled.test(value);
  const meant = meantBy(text, regex);
  if (!meant.ok) throw unsearchable(text, meant.diagnostics[0]);
  const { tree, caseSensitive } = meant.value;
  const automaton = new Automaton(caseSensitive ? tree : foldCase(tree));
  return (value) => automaton.test(value);
}

function bitsOf({ flavour, caseSensitive, flags = '' }: Flavoured): number {
  return (
    (caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE) |
    (flags.includes('m') ? RE2JS.MULTILINE : 0) |
    // A dot of Lucene stands for a line end as well.
    (flags.includes('s') || flavour === 'lucene' ? RE2JS.DOTALL : 0)
  );
}

/** The latest that were made ready: one query is made ready many times over while it is compared with others. */
const latest = new Map<string, RE2JS | undefined>();
const mostLatest = 256;

function compile(text: string, bits: number): RE2JS | undefined {
  const key = `${bits} ${text}`;
  if (latest.has(key)) return latest.get(key);
  if (latest.size >= mostLatest) latest.clear();
  const compiled = compiledAnew(text, bits);
  latest.set(key, compiled);
  return compiled;
}

function compiledAnew(text: string, bits: number): RE2JS | undefined {
  try {
    return RE2JS.compile(text, bits);
  } catch {
    // What the library does not compile is of no use here, whatever its reason.
    return undefined;
  }
}

function unsearchable(text: string, found: Diagnostic | undefined): Failure {
  const why = found ? ` (${found.message.replace(/\.$/, '')})` : '';
  const message = `The expression ${text} can not be searched for in linear time${why}; no event was matched.`;
  return new Failure({ code: 'match/unsupported', message });
}
