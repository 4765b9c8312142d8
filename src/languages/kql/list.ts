import { and, not, or } from '../../query/build.ts';
import { isMany, isPattern } from '../../query/pattern.ts';
import type { Predicate, Value } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';

/** What stands behind `field:`, a value or a list: `(a or b and not c)`. */
export type List =
  | { readonly kind: 'value'; readonly value: Value; readonly span: Span }
  | { readonly kind: 'and' | 'or'; readonly of: readonly List[]; readonly span: Span }
  | { readonly kind: 'not'; readonly of: List; readonly span: Span };

type Plain = Extract<List, { kind: 'value' }>;

/** One list alone needs no join, nested joins of a kind are one join. */
export function joinLists(kind: 'and' | 'or', lists: readonly List[]): List {
  const of = lists.flatMap((list) => (list.kind === kind ? list.of : [list]));
  return of.length === 1 ? of[0]! : { kind, of, span: hull(lists) };
}

/**
 * What a field, or no field in particular, is asked with a list. The plain values of a join are one
 * test with many values, which stands where the first of them stood.
 */
export function testOf(field: string | undefined, list: List, span: Span = list.span): Predicate {
  switch (list.kind) {
    case 'value':
      return testValue(field, list.value, span);
    case 'not':
      return not(testOf(field, list.of));
    case 'and':
    case 'or': {
      const plain = list.of.filter((part) => isPlain(part, field));
      const whole = plain.length === list.of.length ? span : hull(plain);
      const parts = list.of.flatMap((part) => {
        if (!isPlain(part, field)) return [testOf(field, part)];
        return part === plain[0] ? [testValues(field, plain, list.kind, whole)] : [];
      });
      return list.kind === 'and' ? and(parts) : or(parts);
    }
    default:
      return list satisfies never;
  }
}

/** From the start of the first to the end of the last. */
function hull(parts: readonly List[]): Span {
  return { start: parts[0]?.span.start ?? 0, end: parts.at(-1)?.span.end ?? 0 };
}

/** A field is not asked for null: that is a test of its own. */
function isPlain(list: List, field: string | undefined): list is Plain {
  return list.kind === 'value' && (list.value !== null || field === undefined);
}

function testValues(
  field: string | undefined,
  plain: readonly Plain[],
  join: 'and' | 'or',
  span: Span,
): Predicate {
  const [only, ...more] = plain;
  if (only && more.length === 0) return testValue(field, only.value, span);
  const values = plain.map((part) => part.value);
  const quantifier = join === 'or' ? 'any' : 'all';
  return field === undefined
    ? { kind: 'free-text', values, quantifier, caseSensitive: true, span }
    : { kind: 'equals', field, values, quantifier, caseSensitive: true, span };
}

/** `f:*` asks for any value, `f:null` for none. `f:**` is a pattern like others. */
function testValue(field: string | undefined, value: Value, span: Span): Predicate {
  if (field === undefined)
    return { kind: 'free-text', values: [value], quantifier: 'any', caseSensitive: true, span };
  if (value === null) return not({ kind: 'exists', field, span });
  if (isStar(value)) return { kind: 'exists', field, span };
  return { kind: 'equals', field, values: [value], quantifier: 'any', caseSensitive: true, span };
}

/** A lone `*`. */
export function isStar(value: Value): boolean {
  return value !== null && isPattern(value) && value.length === 1 && isMany(value[0]);
}
