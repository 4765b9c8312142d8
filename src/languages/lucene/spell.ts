import { plainText } from '../../query/pattern.ts';
import type { Equals, FreeText, Opaque, Predicate, Range, Regex, Value } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import type { Lose as Loses } from '../lose.ts';
import { caseless, loseValues, noNumber, type Obstacle, patternsOf, placeholder } from '../obstacles.ts';
import type { Clause } from './clause.ts';
import { hasLoneSurrogate, printBare, printBound, printField, printValue, quoteBound } from './literal.ts';
import { parse } from './parse.ts';
import { printRegex } from './regex.ts';

/** Notes what can not be said, and why. What it gives back is never printed. */
export type Lose = Loses<Clause>;

/** A predicate in Lucene's words; what Lucene says another way has been made so before. */
export function spell(node: Predicate, lose: Lose): Clause {
  switch (node.kind) {
    case 'and':
    case 'or':
      return joined(
        node.kind,
        node.of.map((part) => spell(part, lose)),
      );
    case 'not':
      return { kind: 'not', of: spell(node.of, lose) };
    case 'equals':
      return spellEquals(node, lose);
    case 'exists':
      return exists(node, lose);
    case 'range':
      return spellRange(node, lose);
    case 'regex':
      return spellRegex(node, lose);
    case 'free-text':
      return spellFreeText(node, lose);
    case 'constant':
      return node.value ? everything : { kind: 'not', of: everything };
    case 'cidr':
      return lose(
        'loss/value-type',
        `${node.field} holds texts, and networks are looked for in it`,
        node.span,
      );
    case 'nested':
      return lose('loss/nested', `The test within ${node.path} is about one object of a list`, node.span);
    case 'compare':
      return lose('loss/comparison', 'The comparison is not one of a field with a value', node.span);
    case 'call':
      return lose('loss/function', `The function ${node.name} has no counterpart`, node.span);
    case 'opaque':
      return spellOpaque(node, lose);
    default:
      return node satisfies never;
  }
}

const everything: Clause = { kind: 'text', text: '*:*' };

type Named = { readonly field: string; readonly span?: Span };

/** The field's name as it stands before a colon. */
function fieldOf({ field, span }: Named, lose: Lose): string {
  if (field === '') lose('loss/field-name', 'The name of a field is empty', span);
  if (field === '_exists_')
    lose('loss/field-name', 'A field of the name "_exists_" asks for other fields', span);
  return printField(field);
}

function exists({ field, span }: Named, lose: Lose): Clause {
  if (field === '') lose('loss/field-name', 'The name of a field is empty', span);
  return { kind: 'text', text: `_exists_:${printBare(field)}` };
}

/** Null among the values asks for a field without any, which is a test of its own. */
function spellEquals(node: Equals, lose: Lose): Clause {
  loseValues(obstacles, node, `The test of ${node.field}`, lose);
  if (node.field === '*' && node.values.some((value) => value !== null)) {
    lose('loss/field-name', 'A value that is no text is looked for in every field', node.span);
  }
  const join = node.quantifier === 'any' ? 'or' : 'and';
  const texts = node.values.filter((value) => value !== null).map(printListed);
  const parts: Clause[] = [
    ...(texts.length > 0 ? [asked(fieldOf(node, lose), join, texts)] : []),
    ...(node.values.includes(null) ? [{ kind: 'not', of: exists(node, lose) } as const] : []),
  ];
  return joined(join, parts);
}

/** A lone star would ask for any value, and be another test; two ask for the same as a pattern. */
function printListed(value: Value): string {
  const text = printValue(value);
  return text === '*' ? '**' : text;
}

function joined(kind: 'and' | 'or', of: readonly Clause[]): Clause {
  if (of.length === 0) return { kind: 'not', of: everything };
  const parts = of.flatMap((part) => (part.kind === kind ? part.of : [part]));
  return parts.length === 1 ? parts[0]! : { kind, of: parts };
}

function asked(field: string, join: 'and' | 'or', of: readonly string[]): Clause {
  if (of.length === 0) return { kind: 'not', of: everything };
  return of.length === 1 ? { kind: 'text', text: `${field}:${of[0]}` } : { kind: 'list', field, join, of };
}

function spellRange(node: Range, lose: Lose): Clause {
  const { value, operator, span } = node;
  const isNone = value === '' || value === '*' || (typeof value === 'number' && !Number.isFinite(value));
  if (isNone) lose('loss/value-type', `The bound of ${node.field} is none that Lucene has a word for`, span);
  const field = fieldOf(node, lose);
  const bound = node.field === '*' ? undefined : printBound(value);
  if (bound !== undefined) return { kind: 'text', text: `${field}:${operator}${bound}` };
  const text = typeof value === 'number' ? String(value) : quoteBound(value);
  const isIn = operator.endsWith('=');
  const range = operator.startsWith('>')
    ? `${isIn ? '[' : '{'}${text} TO *]`
    : `[* TO ${text}${isIn ? ']' : '}'}`;
  return { kind: 'text', text: `${field}:${range}` };
}

function spellRegex(node: Regex, lose: Lose): Clause {
  const { flavour, flags, caseSensitive, patterns, quantifier, span } = node;
  const subject = `The regular expression of ${node.field}`;
  if (flavour !== 'lucene' || flags !== undefined)
    lose('loss/regex-flavour', `${subject} is not one of Lucene's`, span);
  if (!caseSensitive) lose('loss/case-sensitivity', `${subject} takes upper and lower case alike`, span);
  const texts = patterns.map(printRegex);
  if (!texts.every((text) => text !== undefined)) {
    lose(
      'loss/regex-flavour',
      `${subject} is longer than is allowed, or has a text in quotes with a slash or backslash`,
      span,
    );
  }
  const join = quantifier === 'any' ? 'or' : 'and';
  if (node.field !== '*') return asked(fieldOf(node, lose), join, texts as readonly string[]);
  return joined(
    join,
    texts.map((text = '') => ({ kind: 'text', text })),
  );
}

function spellFreeText(node: FreeText, lose: Lose): Clause {
  loseValues(obstacles, node, 'The search in every field', lose);
  const parts = node.values.map((value): Clause => ({ kind: 'text', text: printListed(value) }));
  return joined(node.quantifier === 'any' ? 'or' : 'and', parts);
}

/** What the tree has no form for is one clause, and stands as it is. */
function spellOpaque({ language, text, span }: Opaque, lose: Lose): Clause {
  if (language === 'lucene' && parse(text).ok) return { kind: 'text', text };
  return lose('loss/language', `A part of the query is text of "${language}" that is not read here`, span);
}

/** Why a test of values can not be said. */
const obstacles: readonly Obstacle[] = [
  caseless('takes upper and lower case alike, and is too long for an expression that does'),
  placeholder,
  {
    code: 'loss/wildcard',
    what: 'has half of a character beside a wildcard, which no text can hold',
    inWay: (test) =>
      patternsOf(test).some(
        (value) =>
          plainText(value) === undefined &&
          value.some((part) => typeof part === 'string' && hasLoneSurrogate(part)),
      ),
  },
  noNumber,
];
