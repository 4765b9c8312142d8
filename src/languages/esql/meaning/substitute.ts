import type { Column, Expression, Name } from '../syntax.ts';

/** An expression, and how many parts it has. */
export interface Sized {
  readonly value: Expression;
  readonly size: number;
}

/** What a name stands for: undefined for itself, null for what can not be put in its place. */
export type Lookup = (name: string) => Sized | undefined | null;

/** The expression with what names stand for in their place; undefined if that can not be said. */
export function substitute(node: Expression, lookup: Lookup): Sized | undefined {
  let isLost = false;
  let size = 0;
  const replaced = (column: Column): Expression => {
    const found = lookup(column.name);
    if (found === null) isLost = true;
    size += found?.size ?? 0;
    return found?.value ?? column;
  };
  const nameIn = (name: Name): Name => {
    const found = name.kind === 'column' ? replaced(name) : name;
    if (found.kind === 'column' || found.kind === 'dynamic-name') return found;
    isLost = true;
    return name;
  };
  const each = <T extends Expression>(nodes: readonly T[]) => nodes.map((part) => within(part));
  const within = (part: Expression): Expression => {
    size += 1;
    switch (part.kind) {
      case 'column':
        return replaced(part);
      case 'and':
      case 'or':
        return { ...part, of: each(part.of) };
      case 'not':
      case 'sign':
        return { ...part, of: within(part.of) };
      case 'compare':
      case 'arithmetic':
        return { ...part, left: within(part.left), right: within(part.right) };
      case 'in':
        return { ...part, value: within(part.value), of: each(part.of) };
      case 'in-subquery':
      case 'is-null':
      case 'cast':
        return { ...part, value: within(part.value) };
      case 'like':
      case 'rlike':
        return { ...part, value: within(part.value), patterns: each(part.patterns) };
      case 'match':
        return { ...part, field: nameIn(part.field) };
      case 'call':
      case 'dynamic-call':
        return { ...part, arguments: each(part.arguments) };
      case 'dynamic-name':
        isLost = true;
        return part;
      default:
        return part;
    }
  };
  const result = within(node);
  return isLost ? undefined : { value: result, size };
}
