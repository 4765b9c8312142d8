import { Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import { shortened } from '../../diagnostic/shortened.ts';
import type { Span } from '../../source/source.ts';

/** What a text of JSON holds, and where each of its objects and lists stands. */
export interface Placed {
  readonly value: unknown;
  readonly places: WeakMap<object, Span>;
}

/** How deep objects and lists may nest before a text is refused instead of the stack. */
const deepest = 500;

/** Reads JSON, to the letter and with places, which `JSON.parse` does not tell. Fails at the first mistake. */
export function readJson(text: string): Placed {
  const places = new WeakMap<object, Span>();
  const at = new Scanner(text);
  const value = readValue(at, places);
  if (at.sign() !== '') at.fail('the end');
  return { value, places };
}

function readValue(at: Scanner, places: WeakMap<object, Span>): unknown {
  const sign = at.sign();
  if (sign === '"') return at.string();
  if (sign !== '{' && sign !== '[') return at.word();
  const start = at.offset;
  const value = at.deeper(() => (sign === '{' ? readObject(at, places) : readList(at, places)));
  places.set(value, { start, end: at.offset });
  return value;
}

/** The names are the object's own, whatever they are: `__proto__` is a name like others. */
function readObject(at: Scanner, places: WeakMap<object, Span>): object {
  const fields = new Map<string, unknown>();
  readParts(at, '}', () => {
    if (at.sign() !== '"') at.fail('a name in quotes');
    const start = at.offset;
    const name = at.string();
    if (fields.has(name)) {
      fail('parse/duplicate-key', `"${shortened(name)}" stands twice in one object.`, start, at.offset);
    }
    at.take(':');
    fields.set(name, readValue(at, places));
  });
  return Object.fromEntries(fields);
}

function readList(at: Scanner, places: WeakMap<object, Span>): object {
  const parts: unknown[] = [];
  readParts(at, ']', () => parts.push(readValue(at, places)));
  return parts;
}

function readParts(at: Scanner, close: string, readPart: () => void): void {
  at.take(at.sign());
  if (at.sign() !== close) {
    readPart();
    while (at.sign() === ',') {
      at.take(',');
      readPart();
    }
  }
  at.take(close);
}

const space = /[ \t\r\n]*/y;
const plain = /[^"\\\0-\x1f]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const word = /true|false|null/y;
const words: ReadonlyMap<string, unknown> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Goes through a text once. */
class Scanner {
  readonly #text: string;
  #depth = 0;
  offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next character that is no white space; none at the end. */
  sign(): string {
    this.#skip(space);
    return this.#text.charAt(this.offset);
  }

  take(sign: string): void {
    if (this.sign() !== sign) this.fail(`"${sign}"`);
    this.offset += 1;
  }

  string(): string {
    const start = this.offset;
    this.offset += 1;
    while (this.#skip(plain) + this.#skip(escaped) > 0);
    const stopped = this.#text.charAt(this.offset);
    if (stopped === '') fail('parse/unclosed-string', 'This string is never closed.', start, this.offset);
    if (stopped !== '"') {
      const message = 'JSON has no such character or escape in a string.';
      fail('parse/bad-escape', message, this.offset, this.offset + 1);
    }
    this.offset += 1;
    return JSON.parse(this.#text.slice(start, this.offset));
  }

  word(): unknown {
    const start = this.offset;
    if (this.#skip(word) > 0) return words.get(this.#text.slice(start, this.offset));
    if (this.#skip(number) === 0) this.fail('a value');
    return exact(this.#text.slice(start, this.offset), start);
  }

  deeper<T>(work: () => T): T {
    if (this.#depth === deepest) {
      const message = `This is nested more than ${deepest} levels deep; it was not read.`;
      fail('parse/too-deep', message, this.offset, this.offset + 1);
    }
    this.#depth += 1;
    const result = work();
    this.#depth -= 1;
    return result;
  }

  fail(expected: string): never {
    const found = this.sign() === '' ? 'the end' : `"${this.sign()}"`;
    fail('parse/unexpected', `Expected ${expected}, found ${found}.`, this.offset, this.offset + 1);
  }

  #skip(pattern: RegExp): number {
    pattern.lastIndex = this.offset;
    const length = pattern.exec(this.#text)?.[0].length ?? 0;
    this.offset += length;
    return length;
  }
}

/** Whole numbers that are not exact here are refused, not rounded. */
function exact(text: string, start: number): number {
  const value = Number(text);
  const isWhole = /^-?\d+$/.test(text);
  if (Number.isFinite(value) && (!isWhole || BigInt(text) === BigInt(value))) return value;
  const message = 'This number has more digits than are kept here; it was not read.';
  return fail('parse/bad-value', message, start, start + text.length);
}

function fail(code: Code, message: string, start: number, end: number): never {
  throw new Failure({ code, message, span: { start, end } });
}
