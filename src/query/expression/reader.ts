import { Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Span } from '../../source/source.ts';

/** How deep groups may nest, and how long an expression may be, before it is refused instead of the stack. */
const deepest = 250;
const longest = 20_000;

/** Walks the text of an expression, code point by code point. */
export class Reader {
  readonly text: string;
  at = 0;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
    if (text.length <= longest) return;
    const message = `The regular expression is longer than ${longest} characters; it was not read.`;
    throw new Failure({ code: 'parse/too-large', message, span: { start: longest, end: text.length } });
  }

  get more(): boolean {
    return this.at < this.text.length;
  }

  /** The code point ahead; '' at the end. */
  get ahead(): string {
    const point = this.text.codePointAt(this.at);
    return point === undefined ? '' : String.fromCodePoint(point);
  }

  /** What the text goes on with, if it is this; otherwise stay. */
  accept(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** The same for a sticky pattern. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }

  next(expected: string): string {
    if (!this.more) this.fail(expected);
    const char = this.ahead;
    this.at += char.length;
    return char;
  }

  since(start: number): Span {
    return { start, end: this.at };
  }

  /** The text does not follow its syntax. */
  fail(expected: string): never {
    const found = this.more ? `"${this.ahead}"` : 'the end';
    const message = `The regular expression needs ${expected} here, and has ${found}; it was not read.`;
    return this.stop('parse/unexpected', message, { start: this.at, end: this.at + this.ahead.length });
  }

  /** The text is sound, and says what no other flavour has words for. */
  refuse(what: string, start: number): never {
    const message = `The regular expression has ${what}, which is not translated.`;
    return this.stop('loss/regex-flavour', message, this.since(start));
  }

  stop(code: Code, message: string, span: Span): never {
    throw new Failure({ code, message, span });
  }

  tooDeep(): never {
    const message = 'The regular expression is nested deeper than is read; it was not read.';
    return this.stop('parse/too-deep', message, { start: this.at, end: this.at + 1 });
  }

  deeper<T>(work: () => T): T {
    if (this.#depth === deepest) this.tooDeep();
    this.#depth += 1;
    const result = work();
    this.#depth -= 1;
    return result;
  }
}
