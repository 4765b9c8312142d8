import { isMany, isWildcard } from '../../query/pattern.ts';
import type { Equals, FreeText, Nested, Opaque, Predicate, Range } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import { networkValues } from '../as-test.ts';
import type { Lose as Loses } from '../lose.ts';
import {
  caseless,
  loseValues,
  noNumber,
  type Obstacle,
  partsOf,
  patternsOf,
  placeholder,
} from '../obstacles.ts';
import { testCompared } from '../truth.ts';
import type { Clause } from './clause.ts';
import { join } from './fold.ts';
import { isTrimmed, printBound, printField, printValue } from './literal.ts';

/** Notes what can not be said, and why. What it gives back is never printed. */
export type Lose = Loses<Clause>;

/** A predicate in KQL's words. Field names go on from `path`, the nested search that it stands in. */
export function spell(node: Predicate, path: string, lose: Lose): Clause {
  switch (node.kind) {
    case 'and':
    case 'or':
      return join(
        node.kind,
        node.of.map((part) => spell(part, path, lose)),
      );
    case 'not':
      return { kind: 'not', of: spell(node.of, path, lose) };
    case 'equals':
      return spellEquals(node, path, lose);
    case 'exists':
      return spellExists(fieldOf(node, path, lose));
    case 'range':
      return spellRange(node, path, lose);
    case 'cidr':
      return spellEquals(networkValues(node), path, lose);
    case 'free-text':
      return spellFreeText(node, lose);
    case 'nested':
      return spellNested(node, path, lose);
    case 'constant':
      return node.value ? everything : { kind: 'not', of: everything };
    case 'regex':
      return lose('loss/regex-flavour', `The test of ${node.field} is a regular expression`, node.span);
    case 'compare': {
      const test = testCompared(node);
      if (test) return spell(test, path, lose);
      return lose('loss/comparison', 'The comparison is not one of a field with a value', node.span);
    }
    case 'call':
      return lose('loss/function', `The function ${node.name} has no counterpart`, node.span);
    case 'opaque':
      return spellOpaque(node, lose);
    default:
      return node satisfies never;
  }
}

const everything: Clause = { kind: 'text', text: '*:*' };

/** The field's name from the path on. */
function fieldOf({ field, span }: { field: string; span?: Span }, path: string, lose: Lose): string {
  if (!field.startsWith(path)) {
    lose(
      'loss/nested',
      `The field ${field} is tested within ${path.slice(0, -1)} and does not belong to it`,
      span,
    );
  }
  return printField(field.slice(path.length));
}

/** Null among the values asks for a field without any, which is a test of its own. */
function spellEquals(node: Equals, path: string, lose: Lose): Clause {
  loseValues(obstacles, node, `The test of ${node.field}`, lose);
  const field = fieldOf(node, path, lose);
  const word = node.quantifier === 'any' ? 'or' : 'and';
  const texts = node.values.filter((value) => value !== null).map(printValue);
  const parts: Clause[] = [
    ...(texts.length > 0 ? [asked(texts.includes('*') ? notEverything(field) : field, word, texts)] : []),
    ...(node.values.includes(null) ? [{ kind: 'not', of: spellExists(field) } as const] : []),
  ];
  return parts.length === 0 ? { kind: 'not', of: everything } : join(word, parts);
}

function asked(field: string, word: 'and' | 'or', texts: readonly string[]): Clause {
  const [first, ...more] = texts.map((text) => ({ kind: 'text', text }) as const);
  return {
    kind: 'field',
    field,
    asked: first && more.length === 0 ? first : { kind: word, of: [first!, ...more] },
  };
}

function spellExists(field: string): Clause {
  return asked(notEverything(field), 'or', ['*']);
}

/** `*:*` is every event; that some field has a value is said with the first star in quotes. */
function notEverything(field: string): string {
  return field === '*' ? '"*"' : field;
}

function spellRange(node: Range, path: string, lose: Lose): Clause {
  const { value, operator, span } = node;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    lose('loss/value-type', `The bound of ${node.field} is no number`, span);
  }
  return { kind: 'text', text: `${fieldOf(node, path, lose)} ${operator} ${printBound(value)}` };
}

function spellFreeText(node: FreeText, lose: Lose): Clause {
  loseValues(obstacles, node, 'The search in every field', lose);
  const parts = node.values.map((value): Clause => ({ kind: 'text', text: printValue(value) }));
  if (parts.length === 0) return { kind: 'not', of: everything };
  return join(node.quantifier === 'any' ? 'or' : 'and', parts);
}

function spellNested(node: Nested, path: string, lose: Lose): Clause {
  const name = fieldOf({ field: node.path, ...(node.span && { span: node.span }) }, path, lose);
  return { kind: 'nested', path: name, of: spell(node.where, `${node.path}.`, lose) };
}

function spellOpaque({ language, text, span }: Opaque, lose: Lose): Clause {
  if (language === 'kuery') return { kind: 'text', text: `(${text})` };
  return lose('loss/language', `A part of the query is text of "${language}"`, span);
}

/** Why a test of values can not be said. */
const obstacles: readonly Obstacle[] = [
  caseless('takes upper and lower case alike'),
  placeholder,
  {
    code: 'loss/wildcard',
    what: 'has a wildcard for a single character',
    inWay: (test) => partsOf(test).some((part) => isWildcard(part) && !isMany(part)),
  },
  {
    code: 'loss/wildcard',
    what: 'has a value with wildcards that begins or ends with white space, which KQL trims',
    inWay: (test) => patternsOf(test).some(isTrimmed),
  },
  noNumber,
];
