import type { Code } from '../../../diagnostic/codes.ts';
import type { Lose as Loses } from '../../lose.ts';

/** What can not be said, from any depth of one test. It never gets past the printer of conditions. */
export class Loss extends Error {
  readonly code: Code;

  constructor(code: Code, what: string) {
    super(what);
    this.code = code;
  }
}

/** Notes what can not be said, and why, so that all of it is told. */
export type Lose = Loses<void>;
