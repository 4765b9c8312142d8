import { Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { or } from '../../query/build.ts';
import { hasCase } from '../../query/normal.ts';
import { isPattern } from '../../query/pattern.ts';
import type { Equals, Opaque, Predicate, Value } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** How deep clauses may nest; JSON that nobody has looked at yet may be deeper than the stack. */
const deepest = 500;

/**
 * Filters on their way to a tree: where they stand in a text, if they come from one, and what becomes of a clause
 * that is sound and has no neutral form.
 */
export class Reading {
  readonly #places: WeakMap<object, Span>;
  readonly #keepsUnread: boolean;
  #depth = 0;

  constructor(places: WeakMap<object, Span>, unread: 'kept' | 'refused') {
    this.#places = places;
    this.#keepsUnread = unread === 'kept';
  }

  /** To be spread into a test. */
  place(part: unknown): { readonly span?: Span } {
    const span = typeof part === 'object' && part !== null ? this.#places.get(part) : undefined;
    return span ? { span } : {};
  }

  /** A clause as text of this language, or, where the tree is for others, a refusal. */
  unread(clause: Fields, what: string): Opaque {
    if (!this.#keepsUnread)
      return this.#fail('loss/filter', `${what}, so the filter could not be joined to the query.`, clause);
    return { kind: 'opaque', language: 'dsl', text: JSON.stringify(clause), ...this.place(clause) };
  }

  /** What Elasticsearch does not take either. */
  refuse(what: string, part: unknown): never {
    if (!this.#keepsUnread)
      return this.#fail('loss/filter', `${what}, so the filter could not be joined to the query.`, part);
    return this.#fail('parse/unexpected', `${what}, so the filters were not read.`, part);
  }

  deeper(part: unknown, work: () => Predicate): Predicate {
    if (this.#depth === deepest) {
      return this.#fail(
        'parse/too-deep',
        `This is nested more than ${deepest} levels deep; it was not read.`,
        part,
      );
    }
    this.#depth += 1;
    const result = work();
    this.#depth -= 1;
    return result;
  }

  fields(value: unknown, what: string, around?: unknown): Fields {
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMap ? (value as Fields) : this.refuse(`${what} is no object`, around);
  }

  text(value: unknown, around: unknown): string {
    return typeof value === 'string' ? value : this.refuse('A text is missing', around);
  }

  value(value: unknown, around: unknown): Exclude<Value, null> {
    if (typeof value === 'string') return [value];
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    return this.refuse('A value is neither a text nor a number nor a truth value', around);
  }

  #fail(code: Diagnostic['code'], message: string, part: unknown): never {
    throw new Failure({ code, message, ...this.place(part) });
  }
}

/** Case counts for letters alone; without any it is said one way, so that one test has one tree. */
export function equals(
  field: string,
  values: readonly Value[],
  caseSensitive: boolean,
  place: { readonly span?: Span },
): Predicate {
  const cased = caseSensitive || !values.some(meetsCase);
  return { kind: 'equals', field, values, quantifier: 'any', caseSensitive: cased, ...place };
}

/** Alternatives; those that all ask one field for a value are a list of values. */
export function alternatives(parts: readonly Predicate[]): Predicate {
  const [first] = parts;
  if (first?.kind !== 'equals' || parts.length < 2) return or(parts);
  const tests = parts.filter((part) => part.kind === 'equals' && part.field === first.field) as Equals[];
  const cases = new Set(
    tests.filter(({ values }) => values.some(meetsCase)).map((test) => test.caseSensitive),
  );
  if (tests.length < parts.length || cases.size > 1) return or(parts);
  const { start } = first.span ?? {};
  const { end } = tests.at(-1)!.span ?? {};
  const place = start === undefined || end === undefined ? {} : { span: { start, end } };
  return equals(
    first.field,
    tests.flatMap(({ values }) => values),
    !cases.has(false),
    place,
  );
}

function meetsCase(value: Value): boolean {
  return value !== null && isPattern(value) && hasCase(value);
}
