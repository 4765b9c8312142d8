import { Failure } from '../diagnostic/attempt.ts';
import { shortened } from '../diagnostic/shortened.ts';
import { compares } from '../query/bound.ts';
import type { FieldType } from '../query/facts.ts';
import { isMany, isPattern, many, pattern } from '../query/pattern.ts';
import type { Equals, FreeText, Predicate, Range, Regex, Value } from '../query/query.ts';
import { type Event, type Fields, fieldsOf, objectsAt, type Scalar } from './event.ts';
import { expressionTest } from './expression.ts';
import { networkTest } from './network.ts';
import { callTest, compareTest } from './operand.ts';
import { valueTest } from './pattern.ts';
import { order } from './value.ts';
import { nameTest } from './wildcard.ts';

/** An event with its fields laid out. */
export interface Occurrence {
  readonly event: Event;
  /** Where it stands, if it is an object within an event. */
  readonly path: string;
  readonly fields: Fields;
}

export type Test = (occurrence: Occurrence) => boolean;
/** How fields are kept; a field that is not in it is taken for what its values show. */
export type Types = ReadonlyMap<string, FieldType>;

export function occurrenceOf(event: Event, path = ''): Occurrence {
  return { event, path, fields: fieldsOf(event, path) };
}

/** A path as it leads on from where another ends. */
function within(outer: string, path: string): string {
  return outer !== '' && path.startsWith(`${outer}.`) ? path.slice(outer.length + 1) : path;
}

const noTypes: Types = new Map();

/**
 * What a predicate asks of an event, made ready to be asked of many. Two-valued: what a test says of a field that
 * is not there is false, and its negation true. Fails on what no event can be asked: opaque text, placeholders.
 */
export function testOf(where: Predicate, types: Types = noTypes): Test {
  switch (where.kind) {
    case 'and': {
      const parts = where.of.map((part) => testOf(part, types));
      return (one) => parts.every((part) => part(one));
    }
    case 'or': {
      const parts = where.of.map((part) => testOf(part, types));
      return (one) => parts.some((part) => part(one));
    }
    case 'not': {
      const part = testOf(where.of, types);
      return (one) => !part(one);
    }
    default:
      return leafOnce(where, types);
  }
}

type Leaf = Exclude<Predicate, { kind: 'and' | 'or' | 'not' }>;

const ready = new WeakMap<Types, WeakMap<Leaf, Test>>();

/** The same tests stand in many joins, and long lists take long to make ready. */
function leafOnce(leaf: Leaf, types: Types): Test {
  const known = ready.get(types) ?? new WeakMap<Leaf, Test>();
  ready.set(types, known);
  const test = known.get(leaf) ?? leafTest(leaf, types);
  known.set(leaf, test);
  return test;
}

function leafTest(where: Leaf, types: Types): Test {
  switch (where.kind) {
    case 'equals':
      return equalsTest(where, types);
    case 'range':
      return rangeTest(where, types);
    case 'regex':
      return regexTest(where);
    case 'cidr': {
      const isWithin = networkTest(where.networks);
      return anyValue(where.field, (value) => typeof value === 'string' && isWithin(value));
    }
    case 'exists':
      return existsTest(where.field);
    case 'compare':
      return compareTest(where, types);
    case 'call':
      return callTest(where, types);
    case 'free-text':
      return freeTextTest(where);
    case 'nested': {
      const inner = testOf(where.where, types);
      return ({ event, path }) =>
        objectsAt(event, within(path, where.path)).some((object) => inner(occurrenceOf(object, where.path)));
    }
    case 'constant':
      return () => where.value;
    case 'opaque':
      throw new Failure({
        code: 'match/unsupported',
        message: `"${shortened(where.text, 80)}" is ${where.language} that is not understood here; no event was matched.`,
        ...(where.span && { span: where.span }),
      });
    default:
      return where satisfies never;
  }
}

type ValueTest = (value: Scalar) => boolean;

function anyValue(field: string, test: ValueTest): Test {
  const values = valuesOf(field);
  return ({ fields }) => values(fields).some(test);
}

/** The values of a field, or of every field that a name with stars stands for. */
function valuesOf(field: string): (fields: Fields) => readonly Scalar[] {
  if (!field.includes('*')) return (fields) => fields.get(field) ?? [];
  const isMeant = nameTest(field);
  return (fields) => [...fields].flatMap(([name, values]) => (isMeant(name) ? values : []));
}

function equalsTest({ field, values, quantifier, caseSensitive, span }: Equals, types: Types): Test {
  if (values.length === 0) return () => false;
  const tests = values.map((value) => {
    if (value === null) return undefined;
    if (isPattern(value) && value.some((part) => typeof part === 'object' && 'placeholder' in part)) {
      const message = `${field} is compared with a placeholder that nothing was filled in for; no event was matched.`;
      throw new Failure({ code: 'match/unsupported', message, ...(span && { span }) });
    }
    return valueTest(value, caseSensitive, types.get(field));
  });
  const read = valuesOf(field);
  const plain = tests.filter((test) => test !== undefined);
  const asksForNone = plain.length < tests.length;
  const ask = (asked: (value: Value) => boolean) =>
    quantifier === 'any' ? values.some(asked) : values.every(asked);
  const canBeNone = ask((value) => value === null);
  const canBeAny = ask((value) => value !== null && isPattern(value) && value.every(isMany));
  const isThere = existsTest(field);
  return (one) => {
    const found = read(one.fields);
    // Without a value of its own it may still be there, as what has fields below it.
    if (found.length === 0) return canBeNone === canBeAny ? canBeNone : canBeAny === isThere(one);
    if (quantifier === 'any') return found.some((value) => plain.some((test) => test(value)));
    return !asksForNone && plain.every((test) => found.some(test));
  };
}

function rangeTest({ field, operator, value }: Range, types: Types): Test {
  const type = types.get(field);
  return anyValue(field, (found) => {
    const difference = order(found, value, type);
    return difference !== undefined && compares(difference, operator, 0);
  });
}

function regexTest(node: Regex): Test {
  const tests = node.patterns.map((text) => expressionTest(text, node));
  const read = valuesOf(node.field);
  return ({ fields }) => {
    const found = read(fields).map(String);
    return node.quantifier === 'any'
      ? found.some((value) => tests.some((test) => test(value)))
      : tests.every((test) => found.some(test));
  };
}

/** A name is there if it has a value, or if one of the names below it has. */
function existsTest(field: string): Test {
  const read = valuesOf(field);
  const below = `${field}.`;
  return ({ fields }) => {
    if (read(fields).length > 0) return true;
    for (const name of fields.keys()) if (name.startsWith(below)) return true;
    return false;
  };
}

/** What stands in a value need not be all of it. */
function freeTextTest({ values, quantifier, caseSensitive }: FreeText): Test {
  const tests = values
    .filter((value): value is Exclude<Value, null> => value !== null)
    .map((value) => (isPattern(value) ? value : [String(value)]))
    .map((value) => valueTest(pattern([many, ...value, many]), caseSensitive, undefined));
  return ({ fields }) => {
    const found = [...fields.values()].flat();
    return quantifier === 'any'
      ? found.some((value) => tests.some((test) => test(value)))
      : tests.every((test) => found.some(test));
  };
}
