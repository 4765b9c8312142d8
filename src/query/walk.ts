import { and, not, or } from './build.ts';
import type {
  And,
  CorrelationPart,
  FieldTest,
  Filter,
  Operand,
  Or,
  Predicate,
  Query,
  Step,
} from './query.ts';

/** Whether a predicate tests one named field. */
export function isFieldTest(node: Predicate): node is FieldTest {
  switch (node.kind) {
    case 'equals':
    case 'range':
    case 'regex':
    case 'cidr':
    case 'exists':
      return true;
    default:
      return false;
  }
}

/**
 * A tree with every leaf replaced by what `change` makes of it; joins are kept, flattened where the
 * new parts are joins themselves. Where nothing changes it is the same tree, as most are for most changes. `positive`
 * says whether the leaf stands under an even number of negations, so that whoever replaces a leaf knows which way the
 * meaning moves. `around` are the joins by `and` that it stands in, whose other parts have to hold as well wherever it
 * counts.
 */
export function mapLeaves(
  node: Predicate,
  change: (leaf: Predicate, positive: boolean, around: readonly And[]) => Predicate,
  positive = true,
  around: readonly And[] = [],
): Predicate {
  switch (node.kind) {
    case 'and': {
      const inner = [...around, node];
      const of = mapEach(node.of, (part) => mapLeaves(part, change, positive, inner));
      return of === node.of && isFlat(node) ? node : and(of);
    }
    case 'or': {
      const of = mapEach(node.of, (part) => mapLeaves(part, change, positive, around));
      return of === node.of && isFlat(node) ? node : or(of);
    }
    case 'not': {
      const inner = mapLeaves(node.of, change, !positive, around);
      if (inner === node.of) return node;
      // A leaf may have become a negation, which the other takes away.
      return inner.kind === 'not' && node.of.kind !== 'not' ? inner.of : not(inner);
    }
    case 'nested': {
      const where = mapLeaves(node.where, change, positive, around);
      return where === node.where ? node : { ...node, where };
    }
    default:
      return change(node, positive, around);
  }
}

/** A list with each of its parts changed; the same list where none of them changes. */
function mapEach<T>(list: readonly T[], change: (part: T, index: number) => T): readonly T[] {
  let changed: T[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const part = list[index]!;
    const now = change(part, index);
    if (changed === undefined && now !== part) changed = list.slice(0, index);
    changed?.push(now);
  }
  return changed ?? list;
}

/** Whether a join is as it would be made anew. */
function isFlat({ kind, of }: And | Or): boolean {
  return of.length > 1 && !of.some((part) => part.kind === kind);
}

/** What a query asks of one event: its filter, a step of its sequence or sample, or one of these in a correlation. */
export type Part = Pick<Filter & Step, 'where' | 'span'> & { readonly category?: string };

/** What becomes of a part, and of the keys of a step. */
export interface ChangedPart {
  readonly category: string | undefined;
  readonly where: Predicate;
  readonly key?: (operand: Operand) => Operand;
}

type Change = (part: Part, index: number) => ChangedPart;

/**
 * A query with each of its parts changed; they are counted from 0, the until after the steps. Of single events it is the
 * same query where nothing changes.
 */
export function mapParts(query: Query, change: Change): Query {
  const { find } = query;
  const step = (one: Step, index: number): Step => {
    const { category: _, ...rest } = one;
    const { category, where, key } = change(one, index);
    const by = key ? one.by.map(key) : one.by;
    return { ...rest, ...(category !== undefined && { category }), where, by };
  };
  switch (find.kind) {
    case 'filter': {
      const { category, where } = change(find, 0);
      if (where === find.where && category === find.category) return query;
      const { category: _, ...rest } = find;
      return { ...query, find: { ...rest, ...(category !== undefined && { category }), where } };
    }
    case 'sequence': {
      const steps = find.steps.map(step);
      const until = find.until && step(find.until, steps.length);
      return { ...query, find: { ...find, steps, ...(until && { until }) } };
    }
    case 'sample':
      return { ...query, find: { ...find, steps: find.steps.map(step) } };
    case 'correlation': {
      let before = 0;
      const of = find.of.map((part) => {
        const first = before;
        return mapCorrelated(part, (one, index) => {
          before = first + index + 1;
          return change(one, first + index);
        });
      });
      return { ...query, find: { ...find, of } };
    }
    case 'opaque':
      return query;
    default:
      return find satisfies never;
  }
}

/** The keys of single events are fields of theirs; those of an inner correlation are what it calls them. */
function mapCorrelated(part: CorrelationPart, change: Change): CorrelationPart {
  if (part.query.find.kind !== 'filter') return { ...part, query: mapParts(part.query, change) };
  let key: ChangedPart['key'];
  const query = mapParts(part.query, (one, index) => {
    const changed = change(one, index);
    key = changed.key;
    return changed;
  });
  return { ...part, query, by: part.by.map((field) => renamed(field, key)) };
}

/** A field that has become an operand of another kind keeps its name. */
function renamed(field: string, key: ChangedPart['key']): string {
  const operand = key?.({ kind: 'field', field });
  return operand?.kind === 'field' ? operand.field : field;
}

/** Everything that a query asks of single events. */
export function partsOf(query: Query): readonly Part[] {
  const parts: Part[] = [];
  mapParts(query, (part) => {
    parts.push(part);
    return { category: part.category, where: part.where };
  });
  return parts;
}

/** The same query with each of its predicates changed: the filter's, every step's, the until's. */
export function mapPredicates(query: Query, change: (where: Predicate) => Predicate): Query {
  return mapParts(query, ({ category, where }) => ({ category, where: change(where) }));
}

/** Every predicate of a tree, the joins before their parts. */
export function* predicates(node: Predicate): Generator<Predicate> {
  yield node;
  switch (node.kind) {
    case 'and':
    case 'or':
      for (const part of node.of) yield* predicates(part);
      break;
    case 'not':
      yield* predicates(node.of);
      break;
    case 'nested':
      yield* predicates(node.where);
      break;
    default:
  }
}

/** Every field a tree tests, once each, in the order they first stand. */
export function fieldsOf(node: Predicate): readonly string[] {
  if (isFieldTest(node)) return [node.field];
  const fields = new Set<string>();
  for (const part of predicates(node)) {
    if (isFieldTest(part)) fields.add(part.field);
    else if (part.kind === 'compare') [part.left, part.right].forEach((side) => addFields(side, fields));
    else if (part.kind === 'call') part.arguments.forEach((side) => addFields(side, fields));
  }
  return [...fields];
}

/** The same for operands. */
export function fieldsOfOperands(operands: readonly Operand[]): readonly string[] {
  const fields = new Set<string>();
  for (const operand of operands) addFields(operand, fields);
  return [...fields];
}

/** The same for one operand, into the fields that are there. */
export function addFields(operand: Operand, fields: Set<string>): void {
  switch (operand.kind) {
    case 'field':
      fields.add(operand.field);
      break;
    case 'call':
      operand.arguments.forEach((inner) => addFields(inner, fields));
      break;
    case 'test':
      fieldsOf(operand.of).forEach((field) => fields.add(field));
      break;
    case 'literal':
      break;
    default:
      operand satisfies never;
  }
}

/** An operand with its field names changed, at any depth of calls. */
export function mapOperandFields(operand: Operand, rename: (field: string) => string): Operand {
  switch (operand.kind) {
    case 'field':
      return { ...operand, field: rename(operand.field) };
    case 'call':
      return {
        ...operand,
        arguments: operand.arguments.map((inner) => mapOperandFields(inner, rename)),
      };
    case 'literal':
    case 'test':
      return operand;
    default:
      return operand satisfies never;
  }
}

/** Whether two trees are the same, but for their places and for what is `optional` in them. */
export function sameTree(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && sameList(a, b);
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  let parts = 0;
  for (const key in left) {
    if (isUnimportant(key)) continue;
    if (!sameTree(left[key], right[key])) return false;
    parts += 1;
  }
  for (const key in right) if (!isUnimportant(key)) parts -= 1;
  return parts === 0;
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, index) => sameTree(part, b[index]));
}

function isUnimportant(key: string): boolean {
  return key === 'span' || key === 'optional';
}
