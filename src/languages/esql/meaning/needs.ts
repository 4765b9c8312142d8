import type { Call, Operand, Predicate } from '../../../query/query.ts';
import { addFields } from '../../../query/walk.ts';

type Fields = ReadonlySet<string>;

/** The fields that are there wherever a predicate holds, and those that are there wherever it does not. */
export interface Needs {
  readonly yes: Fields;
  readonly no: Fields;
}

const none: Fields = new Set();
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
    case 'equals':
      if (!node.values.includes(null)) return { yes: new Set([node.field]), no: none };
      return {
        yes: none,
        no: node.quantifier === 'any' || node.values.length === 1 ? new Set([node.field]) : none,
      };
    case 'range':
    case 'regex':
    case 'cidr':
    case 'exists':
      return { yes: new Set([node.field]), no: none };
    case 'compare': {
      const fields = strictFields([node.left, node.right]);
      return node.operator === '!=' ? { yes: none, no: fields } : { yes: fields, no: none };
    }
    case 'call':
      return { yes: strictFields(isList(node) ? node.arguments.slice(0, 1) : node.arguments), no: none };
    case 'free-text':
    case 'nested':
    case 'constant':
    case 'opaque':
      return { yes: none, no: none };
    default:
      return node satisfies never;
  }
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

function allOf(sets: readonly Fields[]): Fields {
  const filled = sets.filter((set) => set.size > 0);
  if (filled.length < 2) return filled[0] ?? none;
  const all = new Set<string>();
  for (const set of filled) for (const field of set) all.add(field);
  return all;
}

function sharedBy(sets: readonly Fields[]): Fields {
  const [first = none, ...others] = sets;
  if (first.size === 0 || others.some((set) => set.size === 0)) return none;
  return new Set([...first].filter((field) => others.every((set) => set.has(field))));
}
