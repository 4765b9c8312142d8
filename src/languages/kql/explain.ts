import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { shortened } from '../../diagnostic/shortened.ts';
import type { Token } from '../cursor.ts';
import { explained, type Hint, type Mistake, type Place } from '../mistakes.ts';
import type { Kind } from './lexer.ts';

/** Says why a token does not fit, where it is one of the mistakes that people make. */
export function explain(found: Diagnostic, tokens: readonly Token<Kind>[]): Diagnostic {
  return explained(found, tokens, mistakes);
}

const mistakes: readonly Mistake<Kind>[] = [
  unclosedString,
  strayBackslash,
  notInsideWord,
  notTwice,
  notBeforeValue,
  rangeWithColon,
  wordWithoutSpace,
  valueWithoutJoin,
  clauseWithoutJoin,
];

/** `a:"b\"` */
function unclosedString({ here }: Place<Kind>): Hint | undefined {
  if (here.kind !== 'stray' || !here.text.startsWith('"')) return undefined;
  const swallowed = here.text.trimEnd().endsWith('\\"');
  const message = swallowed
    ? 'A backslash before a quote makes it a part of the string, so this string is never closed; a backslash at the end is written twice.'
    : 'This string is never closed, so the query was not read.';
  return { code: 'parse/unclosed-string', message };
}

/** `a:C:\Windows` */
function strayBackslash({ here }: Place<Kind>): Hint | undefined {
  if (here.kind !== 'stray') return undefined;
  const message = `Outside quotes KQL has no escape "${here.text}"; a backslash that means itself is written twice.`;
  return { code: 'parse/bad-escape', message };
}

/** `a:cannot open` */
function notInsideWord({ here, before }: Place<Kind>): Hint | undefined {
  if (here.kind !== 'not' || before?.kind !== 'unquoted' || before.end !== here.start) return undefined;
  const word = before.text.split(/\s/).at(-1);
  const message = `KQL takes the end of "${shortened(`${word}${here.text}`)} " for the word "not", so this value has to stand in quotes.`;
  return { message };
}

/** `not not a:b` */
function notTwice({ here, before }: Place<Kind>): Hint | undefined {
  if (here.kind !== 'not' || before?.kind !== 'not') return undefined;
  return { message: 'KQL takes one "not" at a time, so what follows the first has to stand in parentheses.' };
}

/** `a:not b` */
function notBeforeValue({ here, before }: Place<Kind>): Hint | undefined {
  if (here.kind !== 'not' || before?.kind !== ':') return undefined;
  return { message: 'KQL negates a value in parentheses only, as in "field:(not value)".' };
}

/** `a:>5` */
function rangeWithColon({ here, before }: Place<Kind>): Hint | undefined {
  if (!/^[<>]/.test(here.kind) || before?.kind !== ':') return undefined;
  return { message: `A range is written without the colon, as in "field ${here.kind} value".` };
}

/** `(a:b)and c:d`, `(a:b) and(c:d)`, `not(a:b)` */
function wordWithoutSpace({ here, before }: Place<Kind>): Hint | undefined {
  const word =
    here.kind === 'unquoted'
      ? /^(?:and|or)(?!\S)/i.exec(here.text)
      : lastWord(here.kind === '(' ? before : undefined);
  return word
    ? { message: `KQL knows "${word[0]}" only by the white space on both sides of it.` }
    : undefined;
}

function lastWord(token: Token<Kind> | undefined): RegExpExecArray | null {
  return token?.kind === 'unquoted' ? /(?<!\S)(?:and|or|not)$/i.exec(token.text) : null;
}

/** `a:b c:d` */
function valueWithoutJoin({ here, before }: Place<Kind>): Hint | undefined {
  const again = /^[:<>]/.test(here.kind) && before?.kind === 'unquoted';
  if (!again || !/\s/.test(before.text)) return undefined;
  const message = `"${shortened(before.text)}" was read as one value, for KQL joins clauses by "and" and "or" and never by white space.`;
  return { message };
}

/** `"a" b`, `(a:b) c:d`, `a:"b" not c:d` */
function clauseWithoutJoin({ here, before }: Place<Kind>): Hint | undefined {
  const begins = ['quoted', 'unquoted', 'not', '('].includes(here.kind);
  const ended = before && ['quoted', 'unquoted', ')', '}'].includes(before.kind);
  if (!begins || !ended) return undefined;
  return {
    message: `A clause or value ends before this "${shortened(here.text)}", and no "and" or "or" joins the two.`,
  };
}
