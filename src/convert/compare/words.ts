import { shortened } from '../../diagnostic/shortened.ts';
import { isMany, isPattern, isWildcard, plainText } from '../../query/pattern.ts';
import type { Equals, FieldTest, FreeText, Operand, Pattern, Predicate, Value } from '../../query/query.ts';
import { isFieldTest } from '../../query/walk.ts';

/** What a predicate asks, as a clause for people: `process.name is "a.exe" or ends with ".tmp"`. */
export function clause(where: Predicate): string {
  switch (where.kind) {
    case 'and':
    case 'or':
      return `(${where.of.map(clause).join(` ${where.kind} `)})`;
    case 'not':
      return isFieldTest(where.of) ? testClause(where.of, false) : `not ${clause(where.of)}`;
    case 'constant':
      return where.value ? 'anything is so' : 'nothing is so';
    case 'free-text':
      return freeClause(where);
    case 'nested':
      return `an object of ${where.path} has ${clause(where.where)}`;
    case 'compare':
      return `${operand(where.left)} ${where.operator} ${operand(where.right)}`;
    case 'call':
      return `${where.name}(${where.arguments.map(operand).join(', ')})`;
    case 'opaque':
      return shortened(where.text, longest);
    default:
      return testClause(where, true);
  }
}

function testClause(test: FieldTest, isPositive: boolean): string {
  return `${test.field} ${asked(test, isPositive)}`;
}

function asked(test: FieldTest, isPositive: boolean): string {
  const no = isPositive ? '' : 'not ';
  switch (test.kind) {
    case 'equals':
      return valuesAsked(test, isPositive);
    case 'range':
      return `is ${no}${orders[test.operator]} ${test.value}`;
    case 'regex': {
      const verb = isPositive ? 'matches' : 'does not match';
      return `${verb} ${listed(
        test.patterns.map((text) => `/${shortened(text, longest)}/`),
        test.quantifier === 'any' ? 'or' : 'and',
      )}`;
    }
    case 'cidr':
      return `is ${no}in ${listed(test.networks, 'or')}`;
    case 'exists':
      return `is ${no}there`;
    default:
      return test satisfies never;
  }
}

const orders = { '<': 'below', '<=': 'at most', '>': 'above', '>=': 'at least' } as const;

interface Verb {
  readonly one: string;
  readonly none: string;
  readonly nothing: string;
}

const verbs = {
  whole: { one: 'is', none: 'is not', nothing: 'is none of' },
  within: { one: 'contains', none: 'does not contain', nothing: 'contains none of' },
  first: { one: 'begins with', none: 'does not begin with', nothing: 'begins with none of' },
  last: { one: 'ends with', none: 'does not end with', nothing: 'ends with none of' },
  like: { one: 'is like', none: 'is not like', nothing: 'is like none of' },
} as const satisfies Record<string, Verb>;

function valuesAsked({ values, quantifier }: Equals, isPositive: boolean): string {
  const groups = new Map<Verb, string[]>();
  for (const value of values) {
    const { verb, text } = said(value);
    groups.set(verb, [...(groups.get(verb) ?? []), text]);
  }
  const join = quantifier === 'any' ? 'or' : 'and';
  const clauses = [...groups].map(([verb, texts]) => {
    if (isPositive) return `${verb.one} ${listed(texts, join)}`;
    return texts.length === 1 ? `${verb.none} ${texts[0]}` : `${verb.nothing} ${listed(texts, 'or')}`;
  });
  return clauses.join(isPositive ? ` ${join} ` : ' and ');
}

function said(value: Value): { readonly verb: Verb; readonly text: string } {
  if (value === null || !isPattern(value)) return { verb: verbs.whole, text: `${value}` };
  const text = plainText(value);
  if (text !== undefined) return { verb: verbs.whole, text: quoted(text) };
  const [start, end] = [isMany(value[0]), isMany(value.at(-1))];
  const middle = plainText(value.slice(start ? 1 : 0, end ? -1 : undefined));
  if (middle === undefined || middle === '') return { verb: verbs.like, text: quoted(spelled(value)) };
  const verb = start && end ? verbs.within : start ? verbs.last : verbs.first;
  return { verb, text: quoted(middle) };
}

function spelled(value: Pattern): string {
  return value
    .map((part) => {
      if (typeof part === 'string') return part;
      return isWildcard(part) ? (isMany(part) ? '*' : '?') : `%${part.placeholder}%`;
    })
    .join('');
}

function freeClause({ values, quantifier }: FreeText): string {
  const texts = values.map((value) =>
    quoted(value !== null && isPattern(value) ? spelled(value) : `${value}`),
  );
  return `some field contains ${listed(texts, quantifier === 'any' ? 'or' : 'and')}`;
}

function operand(of: Operand): string {
  switch (of.kind) {
    case 'field':
      return of.field;
    case 'literal':
      return typeof of.value === 'string' ? quoted(of.value) : String(of.value);
    case 'call':
      return `${of.name}(${of.arguments.map(operand).join(', ')})`;
    case 'test':
      return `(${clause(of.of)})`;
    default:
      return of satisfies never;
  }
}

function quoted(text: string): string {
  return `"${shortened(text, longest)}"`;
}

/** Beyond this, a text says no more to people. */
const longest = 80;

/** Beyond so many, the others are counted. */
const most = 6;

function listed(texts: readonly string[], join: 'and' | 'or'): string {
  const shown =
    texts.length > most ? [...texts.slice(0, most - 1), `${texts.length - most + 1} others`] : texts;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${join} ${shown.at(-1)}`;
}
