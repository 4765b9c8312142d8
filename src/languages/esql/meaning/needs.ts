import type { Call, Operand, Predicate } from '../../../query/query.ts';
import { addFields } from '../../../query/walk.ts';

type Fields = ReadonlySet<string>;

/** What is known of fields by how a predicate turned out. */
export interface Facts {
  /** Those that are there. */
  readonly there: Fields;
  /** Those that are missing. */
  readonly missing: Fields;
}

export interface Needs {
  /** Wherever it holds. */
  readonly yes: Facts;
  /** Wherever it does not. */
  readonly no: Facts;
}

const none: Fields = new Set();
const nothing: Facts = { there: none, missing: none };
const known = new WeakMap<Predicate, Needs>();

/** In the tree's two values: `f == "x"` needs f to hold, and its negation needs f not to hold. */
export function needsOf(node: Predicate): Needs {
  const found = known.get(node) ?? needsAnew(node);
  known.set(node, found);
  return found;
}

function needsAnew(node: Predicate): Needs {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.of.map(needsOf);
      const [yes, no] = [parts.map((part) => part.yes), parts.map((part) => part.no)];
      return node.kind === 'and'
        ? { yes: allOf(yes), no: sharedBy(no) }
        : { yes: sharedBy(yes), no: allOf(no) };
    }
    case 'not': {
      const { yes, no } = needsOf(node.of);
      return { yes: no, no: yes };
    }
    case 'equals': {
      const fields = [node.field];
      if (!node.values.includes(null)) return ifHolds(fields);
      return node.quantifier === 'any' || node.values.length === 1
        ? ifNot(fields)
        : { yes: nothing, no: nothing };
    }
    case 'exists': {
      const fields = new Set([node.field]);
      return { yes: { there: fields, missing: none }, no: { there: none, missing: fields } };
    }
    case 'range':
    case 'regex':
    case 'cidr':
      return ifHolds([node.field]);
    case 'compare': {
      const fields = strictFields([node.left, node.right]);
      return node.operator === '!=' ? ifNot(fields) : ifHolds(fields);
    }
    case 'call':
      return ifHolds(strictFields(isList(node) ? node.arguments.slice(0, 1) : node.arguments));
    case 'free-text':
    case 'nested':
    case 'constant':
    case 'opaque':
      return { yes: nothing, no: nothing };
    default:
      return node satisfies never;
  }
}

function ifHolds(fields: Iterable<string>): Needs {
  return { yes: { there: new Set(fields), missing: none }, no: nothing };
}

function ifNot(fields: Iterable<string>): Needs {
  return { yes: nothing, no: { there: new Set(fields), missing: none } };
}

/** A call that holds if one of several values does. */
function isList({ name, arguments: { length } }: Call): boolean {
  return name === 'in' && length > 2;
}

/** The fields of operands without any of which there is no value. Where null is asked for, there are none. */
export function strictFields(operands: readonly Operand[]): Fields {
  if (operands.some(asksForNone)) return none;
  const fields = new Set<string>();
  for (const operand of operands) addFields(operand, fields);
  return fields;
}

function asksForNone(operand: Operand): boolean {
  return operand.kind === 'test' || (operand.kind === 'literal' && operand.value === null);
}

function allOf(parts: readonly Facts[]): Facts {
  return { there: union(parts.map((part) => part.there)), missing: union(parts.map((part) => part.missing)) };
}

function sharedBy(parts: readonly Facts[]): Facts {
  return {
    there: shared(parts.map((part) => part.there)),
    missing: shared(parts.map((part) => part.missing)),
  };
}

function union(sets: readonly Fields[]): Fields {
  const filled = sets.filter((set) => set.size > 0);
  if (filled.length < 2) return filled[0] ?? none;
  const all = new Set<string>();
  for (const set of filled) for (const field of set) all.add(field);
  return all;
}

function shared(sets: readonly Fields[]): Fields {
  const [first = none, ...others] = sets;
  if (first.size === 0 || others.some((set) => set.size === 0)) return none;
  return new Set([...first].filter((field) => others.every((set) => set.has(field))));
}
