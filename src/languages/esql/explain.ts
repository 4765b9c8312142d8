import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Token } from '../cursor.ts';
import type { Kind } from './lexer.ts';
import { commandWordOf } from './words.ts';

/** A token nobody expected, and those beside it. */
interface Place {
  readonly here: Token<Kind>;
  readonly before: Token<Kind> | undefined;
  readonly behind: Token<Kind> | undefined;
}

/** Says why a token does not fit, where it is one of the mistakes that people make. */
export function explain(found: Diagnostic, tokens: readonly Token<Kind>[]): Diagnostic {
  if (found.code !== 'parse/unexpected' || !found.message.startsWith('Expected ')) return found;
  const index = tokens.findIndex(({ start, end }) => start === found.span?.start && end === found.span.end);
  const here = tokens[index];
  if (here === undefined) return found;
  const place = { here, before: tokens[index - 1], behind: tokens[index + 1] };
  for (const mistake of mistakes) {
    const message = mistake(place);
    if (message !== undefined) return { ...found, message };
  }
  return found;
}

const mistakes: readonly ((place: Place) => string | undefined)[] = [
  oneEqualsSign,
  twoPipes,
  pipeMissing,
  doubledComparison,
  keywordAsName,
  emptyList,
  wordOfOtherLanguage,
];

/** `where a = 1` */
function oneEqualsSign({ here }: Place): string | undefined {
  if (here.kind !== '=') return undefined;
  return 'ES|QL compares with "=="; one "=" gives a value a name, and stands behind the name alone.';
}

/** `a == 1 || b == 2` */
function twoPipes({ here, before }: Place): string | undefined {
  if (here.kind !== '|' || before?.kind !== '|') return undefined;
  return before.end === here.start
    ? 'ES|QL has no "||"; conditions are joined by "or", and a pipe is one "|".'
    : 'Between these two pipes a command is missing.';
}

/** `from a where b == 1`, `where a == 1 limit 5` */
function pipeMissing({ here, before }: Place): string | undefined {
  const isBehindValue = /[\w"`)\]*]$/.test(before?.text ?? '');
  if (!isBehindValue || commandWordOf(here.text) === undefined) return undefined;
  return `Each command but the first has a pipe in front, as in "| ${here.text.toLowerCase()}", and here it is missing.`;
}

const comparisons = ['==', '!=', '<', '<=', '>', '>='];

/** `1 < a < 5`, `a === 1` */
function doubledComparison({ here, before }: Place): string | undefined {
  if (!comparisons.includes(here.kind)) return undefined;
  if (before?.end === here.start && (comparisons.includes(before.kind) || before.kind === '=')) {
    return `ES|QL has no "${before.text}${here.text}"; equal is "==", not equal "!=".`;
  }
  return 'A comparison has two sides; further ones are joined by "and".';
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
function keywordAsName({ here, before, behind }: Place): string | undefined {
  const isName = before?.kind === '.' || behind?.kind === '.' || behind?.kind === '=';
  if (!keywords.includes(here.kind) || !isName) return undefined;
  return `"${here.text}" is a word of ES|QL, so as a part of a name it stands in back-quotes.`;
}

/** `a in ()` */
function emptyList({ here, before }: Place): string | undefined {
  if (here.kind !== ')' || before?.kind !== '(') return undefined;
  return 'Between these parentheses something is missing, for a list holds one value at least.';
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

function wordOfOtherLanguage({ here, before }: Place): string | undefined {
  const own = foreign.get(here.text.toLowerCase());
  if (own === undefined || here.kind !== 'name' || before === undefined) return undefined;
  return `ES|QL has no test "${here.text}" between two values; what it does is said by ${own}.`;
}
