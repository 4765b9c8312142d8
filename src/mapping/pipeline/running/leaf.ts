import { and, not, or } from '../../../query/build.ts';
import { many, pattern } from '../../../query/pattern.ts';
import type {
  And,
  Equals,
  FreeText,
  Nested,
  Not,
  Operand,
  Or,
  Predicate,
  Value,
} from '../../../query/query.ts';

/** What pySigma calls a detection item: one test. */
export type Leaf = Exclude<Predicate, And | Or | Not | Nested>;
/** Tests that compare with values, of a field or of all. */
export type Valued = Equals | FreeText;

export function isValued(leaf: Leaf): leaf is Valued {
  return leaf.kind === 'equals' || leaf.kind === 'free-text';
}

/** The field that a test is about; null for a search in all fields, undefined for what is about none. */
export function fieldOf(leaf: Leaf): string | null | undefined {
  switch (leaf.kind) {
    case 'equals':
    case 'range':
    case 'regex':
    case 'cidr':
    case 'exists':
      return leaf.field;
    case 'free-text':
      return null;
    case 'compare':
      return nameIn(leaf.left);
    case 'call':
      return nameIn(leaf.arguments[0]);
    case 'constant':
    case 'opaque':
      return undefined;
    default:
      return leaf satisfies never;
  }
}

/** The other field, that a test compares its own with: Sigma's `fieldref`. */
export function referenceOf(leaf: Leaf): string | undefined {
  if (leaf.kind === 'compare') return nameIn(leaf.right);
  return leaf.kind === 'call' ? nameIn(leaf.arguments[1]) : undefined;
}

/** The field of an operand, which a part of its time may be asked of: `hour(f)`. */
function nameIn(operand: Operand | undefined): string | undefined {
  if (operand?.kind === 'field') return operand.field;
  return operand?.kind === 'call' ? nameIn(operand.arguments[0]) : undefined;
}

/** The same test of another field. What is searched for in all fields may stand anywhere in one. */
export function withField(leaf: Leaf, field: string): Leaf {
  switch (leaf.kind) {
    case 'equals':
    case 'range':
    case 'regex':
    case 'cidr':
    case 'exists':
      return { ...leaf, field };
    case 'free-text':
      return { ...leaf, kind: 'equals', field, values: leaf.values.map(anywhere) };
    case 'compare':
      return { ...leaf, left: withName(leaf.left, field) };
    case 'call': {
      const [first, ...others] = leaf.arguments;
      return first ? { ...leaf, arguments: [withName(first, field), ...others] } : leaf;
    }
    case 'constant':
    case 'opaque':
      return leaf;
    default:
      return leaf satisfies never;
  }
}

function anywhere(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  return withoutDoubles([many, ...value, many]);
}

/** `**` is `*`. */
export function withoutDoubles(parts: Extract<Value, readonly unknown[]>): Value {
  const isStar = (part: (typeof parts)[number] | undefined) =>
    typeof part === 'object' && 'wildcard' in part && part.wildcard === 'many';
  return pattern(parts.filter((part, at) => !(isStar(part) && isStar(parts[at - 1]))));
}

/** The same test with another field to be compared with. */
export function withReference(leaf: Leaf, field: string): Leaf {
  if (leaf.kind === 'compare') return { ...leaf, right: withName(leaf.right, field) };
  if (leaf.kind !== 'call') return leaf;
  return { ...leaf, arguments: leaf.arguments.map((one, at) => (at === 1 ? withName(one, field) : one)) };
}

function withName(operand: Operand, field: string): Operand {
  if (operand.kind === 'field') return { ...operand, field };
  if (operand.kind !== 'call') return operand;
  return {
    ...operand,
    arguments: operand.arguments.map((one, at) => (at === 0 ? withName(one, field) : one)),
  };
}

/** A test that is to be no more. */
export const dropped = Symbol('dropped');

/** What becomes of a test: another or several, nothing at all, or undefined where nothing is changed. */
export type Change = (leaf: Leaf, positive: boolean) => Predicate | typeof dropped | undefined;

/**
 * A tree with its tests changed; undefined where none is left. What is dropped is dropped from the join it stands in,
 * and `lose` is told which way that moves the meaning of the rule.
 */
export function changed(
  node: Predicate,
  change: Change,
  lose: (effect: 'broader' | 'narrower') => void,
  positive = true,
): Predicate | undefined {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.of.map((part) => changed(part, change, lose, positive));
      const kept = parts.filter((part) => part !== undefined);
      if (kept.length === 0) return undefined;
      if (kept.length < parts.length) lose((node.kind === 'and') === positive ? 'broader' : 'narrower');
      return node.kind === 'and' ? and(kept) : or(kept);
    }
    case 'not': {
      const of = changed(node.of, change, lose, !positive);
      return of && not(of);
    }
    case 'nested': {
      const where = changed(node.where, change, lose, positive);
      return where && { ...node, where };
    }
    default: {
      const made = change(node, positive);
      return made === dropped ? undefined : (made ?? node);
    }
  }
}

/** Every test of a tree. */
export function* leavesOf(node: Predicate): Generator<Leaf> {
  switch (node.kind) {
    case 'and':
    case 'or':
      for (const part of node.of) yield* leavesOf(part);
      break;
    case 'not':
      yield* leavesOf(node.of);
      break;
    case 'nested':
      yield* leavesOf(node.where);
      break;
    default:
      yield node;
  }
}
