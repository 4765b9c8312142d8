import type * as syntax from '../../../src/languages/esql/syntax.ts';

/**
 * What an ES|QL expression comes to for one event whose fields have one value each: three-valued, straight from the
 * syntax tree, and knowing nothing of the neutral one. Facts: Elasticsearch's reference of ES|QL.
 */
export type Value = string | number | boolean | null;
export type Row = ReadonlyMap<string, Exclude<Value, null>>;

export function worth(node: syntax.Expression, row: Row): Value {
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return node.value;
    case 'integer':
    case 'decimal':
      return Number(node.text);
    case 'null':
      return null;
    case 'column':
      return row.get(node.name) ?? null;
    case 'and':
    case 'or': {
      const ends = node.kind === 'or';
      const parts = node.of.map((part) => worth(part, row));
      return parts.includes(ends) ? ends : parts.includes(null) ? null : !ends;
    }
    case 'not': {
      const of = worth(node.of, row);
      return of === null ? null : !of;
    }
    case 'sign': {
      const of = worth(node.of, row);
      return typeof of === 'number' ? -of : null;
    }
    case 'compare':
      return compared(worth(node.left, row), node.operator, worth(node.right, row));
    case 'arithmetic':
      return computed(worth(node.left, row), node.operator, worth(node.right, row));
    case 'in':
      return signed(
        anyOf(node.of.map((one) => compared(worth(node.value, row), '==', worth(one, row)))),
        node.negated,
      );
    case 'is-null':
      return (worth(node.value, row) === null) !== node.negated;
    case 'like':
    case 'rlike':
      return signed(
        anyOf(node.patterns.map((one) => matched(node.kind, worth(node.value, row), worth(one, row)))),
        node.negated,
      );
    case 'match':
      return node.field.kind === 'column' && row.get(node.field.name) === worth(node.query, row);
    case 'call':
      return called(node, row);
    case 'cast':
      return worth(node.value, row);
    default:
      throw new Error(`This evaluator knows no ${node.kind}.`);
  }
}

function anyOf(parts: readonly Value[]): Value {
  return parts.includes(true) ? true : parts.includes(null) ? null : false;
}

function signed(value: Value, isNegated: boolean): Value {
  return value === null ? null : value !== isNegated;
}

function compared(a: Value, operator: syntax.ComparisonSign, b: Value): Value {
  if (a === null || b === null) return null;
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  // Types that do not go together are refused before anything runs.
  if (typeof a !== typeof b) return false;
  const difference = a < b ? -1 : a > b ? 1 : 0;
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    default:
      return difference >= 0;
  }
}

function computed(a: Value, operator: string, b: Value): Value {
  if (typeof a !== 'number' || typeof b !== 'number') return null;
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '%':
      return b === 0 ? null : a % b;
    default:
      return b === 0 ? null : Math.trunc(a / b);
  }
}

function matched(kind: 'like' | 'rlike', value: Value, pattern: Value): Value {
  if (value === null || pattern === null) return null;
  const source = kind === 'rlike' ? String(pattern) : wildcards(String(pattern));
  return new RegExp(`^(?:${source})$`, 's').test(String(value));
}

function wildcards(text: string): string {
  return text.replace(/\\([*?\\])|[*]|[?]|[^*?\\]/g, (piece, escaped?: string) => {
    if (escaped === undefined && piece === '*') return '.*';
    if (escaped === undefined && piece === '?') return '.';
    return (escaped ?? piece).replace(/[.+*?^${}()|[\]\\/-]/g, '\\$&');
  });
}

function called({ name, arguments: given }: syntax.Call, row: Row): Value {
  const values = given.map((one) => worth(one, row));
  const [first = null, second = null, third] = values;
  if (name === 'coalesce') return values.find((value) => value !== null) ?? null;
  if (name === 'mv_contains') return first !== null && first === second;
  if (name === 'match_phrase') return first === second;
  if (values.includes(null)) return null;
  const text = String(first);
  switch (name) {
    case 'to_lower':
      return text.toLowerCase();
    case 'to_upper':
      return text.toUpperCase();
    case 'to_string':
      return text;
    case 'length':
      return typeof first === 'string' ? first.length : null;
    case 'concat':
      return values.map(String).join('');
    case 'substring': {
      const start =
        Number(second) < 0 ? Math.max(0, text.length + Number(second)) : Math.max(0, Number(second) - 1);
      return text.slice(start, third === undefined ? undefined : start + Number(third));
    }
    case 'starts_with':
      return text.startsWith(String(second));
    case 'ends_with':
      return text.endsWith(String(second));
    case 'contains':
      return text.includes(String(second));
    case 'cidr_match':
      return values.slice(1).some((network) => text.startsWith(String(network).split('.')[0] ?? ' '));
    default:
      throw new Error(`This evaluator knows no ${name}.`);
  }
}
