import { RE2JS } from 're2js';

import { Failure } from '../diagnostic/attempt.ts';
import type { Regex } from '../query/query.ts';
import { toPcre } from '../query/regex.ts';

/**
 * Whether a value is what an expression asks for, in time linear in its length. Fails on what can not be searched
 * for so: look-around, references to groups, Lucene's complement and intersection.
 */
export function expressionTest(
  text: string,
  { flavour, caseSensitive, flags = '' }: Pick<Regex, 'flavour' | 'caseSensitive' | 'flags'>,
): (value: string) => boolean {
  const pcre = flavour === 'lucene' ? toPcre(text) : text;
  if (pcre === undefined) throw unsearchable(text);
  const bits =
    (caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE) |
    (flags.includes('m') ? RE2JS.MULTILINE : 0) |
    // A dot of Lucene stands for a line end as well.
    (flags.includes('s') || flavour === 'lucene' ? RE2JS.DOTALL : 0);
  const compiled = compile(pcre, bits);
  if (compiled === undefined) throw unsearchable(text);
  return (value) => compiled.test(value);
}

function compile(text: string, bits: number): RE2JS | undefined {
  try {
    return RE2JS.compile(text, bits);
  } catch {
    // What the library does not compile is of no use here, whatever its reason.
    return undefined;
  }
}

function unsearchable(text: string): Failure {
  const message = `The expression ${text} asks for what can not be searched for in linear time; no event was matched.`;
  return new Failure({ code: 'match/unsupported', message });
}
