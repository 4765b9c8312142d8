import type * as syntax from '../syntax.ts';

export function column(name: string): syntax.Column {
  return { kind: 'column', name };
}

export function string(value: string): syntax.StringLiteral {
  return { kind: 'string', value };
}

export function number(value: number): syntax.NumberLiteral {
  return { kind: Number.isSafeInteger(value) ? 'integer' : 'decimal', text: numeral(value) };
}

/** Whole numbers beyond the safe ones are written as what they are to a computer: `1e+21`. */
function numeral(value: number): string {
  const text = String(value);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && !text.includes('e')
    ? value.toExponential()
    : text;
}

export function call(name: string, ...given: readonly syntax.Expression[]): syntax.Call {
  return { kind: 'call', name, arguments: given };
}

export function isNull(value: syntax.Expression, negated = false): syntax.IsNull {
  return { kind: 'is-null', value, negated };
}

/** One alone needs no join; joins by the same word are one join. */
export function join(kind: 'and' | 'or', parts: readonly syntax.Expression[]): syntax.Expression {
  const of = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  return of.length === 1 ? of[0]! : { kind, of };
}

/** The same test with the other answer, in the words that people use. */
export function negate(node: syntax.Expression): syntax.Expression {
  switch (node.kind) {
    case 'compare':
      if (node.operator === '==') return { ...node, operator: '!=' };
      return node.operator === '!=' ? { ...node, operator: '==' } : { kind: 'not', of: node };
    case 'is-null':
      return { ...node, negated: !node.negated };
    case 'boolean':
      return { ...node, value: !node.value };
    case 'not':
      return node.of;
    default:
      return { kind: 'not', of: node };
  }
}
