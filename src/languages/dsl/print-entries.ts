import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { hasCase } from '../../query/normal.ts';
import { isPattern, plainText } from '../../query/pattern.ts';
import type { Equals, Nested, Opaque, Pattern, Predicate, Value } from '../../query/query.ts';
import type { Entry, ExistsEntry, ListEntry, Operator, ValueEntry, ValuesEntry } from './entry.ts';
import { readListed } from './listed.ts';
import { printWildcards } from './wildcard.ts';

/**
 * A predicate as the entries of one exception: tests and negated tests, joined by `and`. Numbers, truth
 * values and networks are written as the texts that they are in Kibana, which knows them again by the
 * type of their field. Fails, with a code, on what one exception has no words for.
 */
export function printEntries(where: Predicate): Outcome<readonly Entry[]> {
  return attempt(() => entriesOf(where, 'included'));
}

function entriesOf(node: Predicate, operator: Operator): readonly Entry[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      // None of several is each of them not.
      if ((node.kind === 'and') !== (operator === 'included'))
        return refuse('loss/exceptions', 'The entries of an exception all have to hold');
      return node.of.flatMap((part) => entriesOf(part, operator));
    case 'not':
      return entriesOf(node.of, operator === 'included' ? 'excluded' : 'included');
    case 'equals':
      return valueEntries(node, operator);
    case 'cidr':
      if (node.networks.length === 0) return refuse('loss/constant', 'A list without values is never true');
      return [matching(node.field, operator, node.networks)];
    case 'exists':
      return [{ field: node.field, operator, type: 'exists' }];
    case 'nested':
      return [nestedEntry(node, operator)];
    case 'opaque':
      return [listEntry(node, operator)];
    case 'range':
    case 'compare':
      return refuse('loss/comparison', 'Exceptions do not compare values');
    case 'regex':
      return refuse('loss/regex-flavour', 'Exceptions have no regular expressions');
    case 'call':
      return refuse('loss/function', 'Exceptions have no functions');
    case 'free-text':
      return refuse('loss/free-text', 'Exceptions test fields by name');
    case 'constant':
      return refuse('loss/constant', `Exceptions have no word for what is always ${node.value}`);
    default:
      return node satisfies never;
  }
}

type Test = ValueEntry | ValuesEntry | ExistsEntry;

/** A list of values is one entry; of wildcards, each is one, which only a list that is not to hold can be. */
function valueEntries(test: Equals, operator: Operator): readonly Test[] {
  const { field, values, quantifier, caseSensitive } = test;
  if (values.length === 0) return refuse('loss/constant', 'A list without values is never true');
  if (!caseSensitive && values.some((value) => isPattern(value as Value) && hasCase(value as Pattern)))
    return refuse('loss/case-sensitivity', 'Exceptions tell upper and lower case apart');
  const texts = quantifier === 'any' ? values.flatMap((value) => textOf(value) ?? []) : [];
  const others = quantifier === 'any' ? values.filter((value) => textOf(value) === undefined) : values;
  const tests = [
    ...(texts.length > 0 ? [matching(field, operator, texts)] : []),
    ...others.map((value) => oneValue(field, operator, value)),
  ];
  const joinsAll = (quantifier === 'all') === (operator === 'included');
  return tests.length === 1 || joinsAll
    ? tests
    : refuse('loss/exceptions', 'The entries of an exception all have to hold');
}

function oneValue(field: string, operator: Operator, value: Value): Test {
  if (value === null)
    return { field, operator: operator === 'included' ? 'excluded' : 'included', type: 'exists' };
  const text = textOf(value);
  if (text !== undefined) return matching(field, operator, [text]);
  const wildcards = isPattern(value) ? printWildcards(value) : undefined;
  if (wildcards === undefined) return refuse('loss/placeholder', 'Exceptions have no placeholders');
  return { field, operator, type: 'wildcard', value: wildcards };
}

function matching(field: string, operator: Operator, texts: readonly string[]): Test {
  if (texts.includes('')) return refuse('loss/value-type', 'Exceptions cannot ask for an empty text');
  const [only, ...more] = texts;
  if (only !== undefined && more.length === 0) return { field, operator, type: 'match', value: only };
  return { field, operator, type: 'match_any', value: texts };
}

/** Undefined for wildcards, placeholders and null. */
function textOf(value: Value): string | undefined {
  if (value === null) return undefined;
  return isPattern(value) ? plainText(value) : String(value);
}

/** Within lists of objects there are no wildcards, and no element can be asked not to be there. */
function nestedEntry({ path, where }: Nested, operator: Operator): Entry {
  if (operator === 'excluded') return refuse('loss/nested', 'Exceptions cannot negate a nested search');
  const entries = entriesOf(where, 'included').map((entry): Test => {
    if (entry.type === 'match' || entry.type === 'match_any' || entry.type === 'exists')
      return { ...entry, field: within(path, entry.field) };
    const code = entry.type === 'wildcard' ? 'loss/wildcard' : 'loss/nested';
    return refuse(code, `Nested searches of exceptions have no entries of the type "${entry.type}"`);
  });
  return { field: path, type: 'nested', entries };
}

/** A field as it is called within the list of objects. */
function within(path: string, field: string): string {
  if (field.startsWith(`${path}.`) && field.length > path.length + 1) return field.slice(path.length + 1);
  return refuse('loss/nested', `The nested search in ${path} asks for ${field}, which stands elsewhere`);
}

function listEntry({ language, text }: Opaque, operator: Operator): ListEntry {
  if (language !== 'dsl') return refuse('loss/language', `This is text of ${language} alone`);
  const listed = readListed(text) ?? refuse('loss/language', 'This text names no value list');
  return { field: listed.field, operator, type: 'list', list: listed.list };
}

function refuse(code: Code, what: string): never {
  throw new Failure({ code, message: `${what}, so this cannot be said in one.` });
}
