import type { Code } from '../diagnostic/codes.ts';

/** What there is to know about a code beyond its title. */
export interface Explanation {
  /** What is so when it is told, and what became of the text. */
  readonly meaning: string;
  /** What a person can do about it. */
  readonly remedy: string;
}

/** An explanation for every code of some rooms: `read/…`, `write/…`. */
export type Explanations<Room extends string> = Readonly<
  Record<Extract<Code, `${Room}/${string}`>, Explanation>
>;
