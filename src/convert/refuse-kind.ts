import { Failure } from '../diagnostic/attempt.ts';

/** A kind of rule that is more than a query, or has none. */
export function refuseKind(what: string): never {
  throw new Failure({ code: 'loss/rule-type', message: `The rule ${what}; it was not written.` });
}
