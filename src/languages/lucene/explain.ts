import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Token } from '../cursor.ts';
import { explained, type Hint, type Mistake, type Place } from '../mistakes.ts';
import type { Kind } from './lexer.ts';

/** Says why a token does not fit, where it is one of the mistakes that people make. */
export function explain(found: Diagnostic, tokens: readonly Token<Kind>[]): Diagnostic {
  return explained(found, tokens, mistakes);
}

const mistakes: readonly Mistake<Kind>[] = [
  unclosedString,
  unclosedRegex,
  lastBackslash,
  signBeforeValue,
  twoOperators,
  wildcardField,
  secondColon,
  rangeWithoutTo,
];

/** `a:"b\"` */
function unclosedString({ here }: Place<Kind>): Hint | undefined {
  if (here.kind !== 'stray' || !here.text.startsWith('"')) return undefined;
  const message = here.text.trimEnd().endsWith('\\"')
    ? 'A backslash before a quote makes it a part of the phrase, so this phrase is never closed; a backslash at the end is written twice.'
    : 'This phrase is never closed, so the query was not read.';
  return { code: 'parse/unclosed-string', message };
}

/** `path:/usr/bin/id` */
function unclosedRegex({ here }: Place<Kind>): Hint | undefined {
  if (here.kind !== 'stray' || !here.text.startsWith('/')) return undefined;
  const message =
    'A slash begins a regular expression, and no slash ends this one; a slash in a value has a backslash before it, or the value stands in quotes.';
  return { code: 'parse/unclosed-string', message };
}

/** `a:b\` */
function lastBackslash({ here }: Place<Kind>): Hint | undefined {
  if (here.kind !== 'stray' || here.text !== '\\') return undefined;
  const message =
    'A backslash at the end of the query escapes nothing; one that means itself is written twice.';
  return { code: 'parse/bad-escape', message };
}

/** `a:-5`, `a:NOT b` */
function signBeforeValue({ here, before }: Place<Kind>): Hint | undefined {
  if (!['+', '-', 'not'].includes(here.kind) || before?.kind !== ':') return undefined;
  const message = `"${here.text}" stands between the field and its value, where it has no meaning: it stands before the field, or in the value with a backslash before it.`;
  return { message };
}

/** `NOT NOT a`, `a AND OR b`, `a OR` */
function twoOperators({ here, before }: Place<Kind>): Hint | undefined {
  const isWord = (kind: Kind | undefined) =>
    kind !== undefined && ['and', 'or', 'not', '+', '-'].includes(kind);
  if (isWord(before?.kind) && (isWord(here.kind) || here.kind === ')' || here.kind === 'end')) {
    return {
      message: `After "${before!.text}" there has to stand a clause; what is negated twice stands in brackets.`,
    };
  }
  if (here.kind !== 'and' && here.kind !== 'or') return undefined;
  return { message: `"${here.text}" joins two clauses, and none stands before this one.` };
}

/** `winlog.*:x` */
function wildcardField({ here, before }: Place<Kind>): Hint | undefined {
  if (here.kind !== ':' || before?.kind !== 'wildcard') return undefined;
  return { message: 'A wildcard in the name of a field has a backslash before it, as in "book.\\*:x".' };
}

/** `a:b:c` */
function secondColon({ here }: Place<Kind>): Hint | undefined {
  if (here.kind !== ':') return undefined;
  return {
    message:
      'A field stands before a colon, and there is none; a colon in a value has a backslash before it, or the value stands in quotes.',
  };
}

/** `a:[1 2]` */
function rangeWithoutTo({ here, before }: Place<Kind>): Hint | undefined {
  const isBound = before && ['bound', 'quoted-bound', 'to', '[', '{'].includes(before.kind);
  if (!isBound) return undefined;
  const found = here.text === '' ? 'the end' : `"${here.text.slice(0, 40)}"`;
  return { message: `A range has two bounds with "TO" between them, as in "[1 TO 5]"; found ${found}.` };
}
