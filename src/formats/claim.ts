import type { Report } from '../diagnostic/diagnostic.ts';
import { isList, isObject, type Json, type JsonObject, objectOf } from '../rule/json.ts';

/**
 * Reads an object field by field. A field is claimed once it has been understood; what nobody claims
 * is the rest, and the rest is carried. So a field this program has never heard of, or cannot make
 * sense of, survives without anyone coding for it.
 */
export class Claim {
  readonly #fields: Map<string, Json>;
  readonly #path: string;
  readonly #report: Report;

  constructor(object: JsonObject, path: string, report: Report) {
    this.#fields = new Map(Object.entries(object));
    this.#path = path;
    this.#report = report;
  }

  has(key: string): boolean {
    return this.#fields.has(key);
  }

  /** Where a field stands, for a finding about it. */
  at(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }

  text(key: string): string | undefined {
    return this.take(key, (value) => (typeof value === 'string' ? value : undefined), 'text');
  }

  number(key: string): number | undefined {
    return this.take(key, (value) => (typeof value === 'number' ? value : undefined), 'a number');
  }

  truth(key: string): boolean | undefined {
    return this.take(key, (value) => (typeof value === 'boolean' ? value : undefined), 'true or false');
  }

  texts(key: string): readonly string[] | undefined {
    const texts = (value: Json) =>
      isList(value) && value.every((item) => typeof item === 'string') ? (value as string[]) : undefined;
    return this.take(key, texts, 'a list of texts');
  }

  list(key: string): readonly Json[] | undefined {
    return this.take(key, (value) => (isList(value) ? value : undefined), 'a list');
  }

  map(key: string): JsonObject | undefined {
    return this.take(key, (value) => (isObject(value) ? value : undefined), 'a map');
  }

  /** One of a set of words, given as the set's words and what each means. */
  word<T>(key: string, words: Readonly<Record<string, T>>): T | undefined {
    const understand = (value: Json) =>
      typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : undefined;
    return this.take(key, understand, `one of ${Object.keys(words).join(', ')}`);
  }

  /** Any field, with a function that understands its value or answers undefined. */
  take<T>(key: string, understand: (value: Json) => T | undefined, wanted: string): T | undefined {
    const value = this.#fields.get(key);
    if (value === undefined) return undefined;
    const understood = understand(value);
    if (understood === undefined) {
      const path = this.at(key);
      const message = `${path} should be ${wanted}; it is carried as it is.`;
      this.#report({ code: 'schema/wrong-type', path, message });
    } else {
      this.#fields.delete(key);
    }
    return understood;
  }

  rest(): JsonObject {
    return objectOf(this.#fields);
  }
}
