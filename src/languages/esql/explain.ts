import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Token } from '../cursor.ts';
import { explained, type Hint, type Mistake, type Place } from '../mistakes.ts';
import type { Kind } from './lexer.ts';
import { commandWordOf } from './words.ts';

/** Says why a token does not fit, where it is one of the mistakes that people make. */
export function explain(found: Diagnostic, tokens: readonly Token<Kind>[]): Diagnostic {
  // What tells of more than a token that was expected is not known better here.
  return found.message.startsWith('Expected ') ? explained(found, tokens, mistakes) : found;
}

const mistakes: readonly Mistake<Kind>[] = [
  oneEqualsSign,
  twoPipes,
  pipeMissing,
  doubledComparison,
  keywordAsName,
  emptyList,
  wordOfOtherLanguage,
];

/** `where a = 1` */
function oneEqualsSign({ here }: Place<Kind>): Hint | undefined {
  if (here.kind !== '=') return undefined;
  return {
    message: 'ES|QL compares with "=="; one "=" gives a value a name, and stands behind the name alone.',
  };
}

/** `a == 1 || b == 2` */
function twoPipes({ here, before }: Place<Kind>): Hint | undefined {
  if (here.kind !== '|' || before?.kind !== '|') return undefined;
  const message =
    before.end === here.start
      ? 'ES|QL has no "||"; conditions are joined by "or", and a pipe is one "|".'
      : 'Between these two pipes a command is missing.';
  return { message };
}

/** `from a where b == 1`, `where a == 1 limit 5` */
function pipeMissing({ here, before }: Place<Kind>): Hint | undefined {
  const isBehindValue = /[\w"`)\]*]$/.test(before?.text ?? '');
  if (!isBehindValue || commandWordOf(here.text) === undefined) return undefined;
  return {
    message: `Each command but the first has a pipe in front, as in "| ${here.text.toLowerCase()}", and here it is missing.`,
  };
}

const comparisons = ['==', '!=', '<', '<=', '>', '>='];

/** `1 < a < 5`, `a === 1` */
function doubledComparison({ here, before }: Place<Kind>): Hint | undefined {
  if (!comparisons.includes(here.kind)) return undefined;
  if (before?.end === here.start && (comparisons.includes(before.kind) || before.kind === '=')) {
    return { message: `ES|QL has no "${before.text}${here.text}"; equal is "==", not equal "!=".` };
  }
  return { message: 'A comparison has two sides; further ones are joined by "and".' };
}

const keywords: readonly Kind[] = [
  'and',
  'by',
  'in',
  'is',
  'like',
  'not',
  'or',
  'rlike',
  'true',
  'false',
  'null',
];

/** `where process.in == 1`, `eval by = 1` */
function keywordAsName({ here, before, behind }: Place<Kind>): Hint | undefined {
  const isName = before?.kind === '.' || behind?.kind === '.' || behind?.kind === '=';
  if (!keywords.includes(here.kind) || !isName) return undefined;
  return { message: `"${here.text}" is a word of ES|QL, so as a part of a name it stands in back-quotes.` };
}

/** `a in ()` */
function emptyList({ here, before }: Place<Kind>): Hint | undefined {
  if (here.kind !== ')' || before?.kind !== '(') return undefined;
  return { message: 'Between these parentheses something is missing, for a list holds one value at least.' };
}

/** `a contains "b"`, `a regex "b"`: words that ES|QL has as functions or by another name. */
const foreign: ReadonlyMap<string, string> = new Map([
  ['contains', 'like "*text*"'],
  ['startswith', 'like "text*"'],
  ['endswith', 'like "*text"'],
  ['regex', 'rlike "expression"'],
  ['matches', 'rlike "expression"'],
  ['ilike', 'like "text" of to_lower(field)'],
  ['between', '>= and <='],
]);

function wordOfOtherLanguage({ here, before }: Place<Kind>): Hint | undefined {
  const own = foreign.get(here.text.toLowerCase());
  if (own === undefined || here.kind !== 'name' || before === undefined) return undefined;
  return { message: `ES|QL has no test "${here.text}" between two values; what it does is said by ${own}.` };
}
