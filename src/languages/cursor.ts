import { Failure } from '../diagnostic/attempt.ts';
import { shortened } from '../diagnostic/shortened.ts';
import type { Span } from '../source/source.ts';

export interface Token<Kind extends string> extends Span {
  readonly kind: Kind;
  readonly text: string;
}

/** How deep parentheses and negations may nest before a text is refused instead of the stack, if not said otherwise. */
const usual = 500;

/** Walks a token list with one token in hand. The last token is always the end. */
export class Cursor<Kind extends string> {
  readonly #tokens: readonly Token<Kind>[];
  readonly #deepest: number;
  #index = 0;
  #depth = 0;

  constructor(tokens: readonly Token<Kind>[], deepest = usual) {
    this.#tokens = tokens;
    this.#deepest = deepest;
  }

  get token(): Token<Kind> {
    return this.#tokens[this.#index]!;
  }

  /** The token after the one in hand; the end, if that is in hand. */
  get next(): Token<Kind> {
    return this.#tokens[this.#index + 1] ?? this.token;
  }

  /** Where the last token taken ends: the end of what was just parsed. */
  get behind(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0;
  }

  /** Take the token if it is of one of these kinds; otherwise stay. */
  accept(...kinds: readonly Kind[]): Token<Kind> | undefined {
    const { token } = this;
    if (!kinds.includes(token.kind)) return undefined;
    this.#index += 1;
    return token;
  }

  expect(kind: Kind, what = `"${kind}"`): Token<Kind> {
    return this.accept(kind) ?? this.fail(what);
  }

  fail(expected: string): never {
    const { start, end, text } = this.token;
    const found = text === '' ? 'the end' : `"${shortened(text)}"`;
    const message = `Expected ${expected}, found ${found}.`;
    throw new Failure({ code: 'parse/unexpected', message, span: { start, end } });
  }

  /** Does something one level deeper; fails where a text nests without reason. */
  deeper<T>(work: () => T): T {
    if (this.#depth === this.#deepest) {
      const { start, end } = this.token;
      const message = `This is nested more than ${this.#deepest} levels deep; it was not read.`;
      throw new Failure({ code: 'parse/too-deep', message, span: { start, end } });
    }
    this.#depth += 1;
    const result = work();
    this.#depth -= 1;
    return result;
  }
}
