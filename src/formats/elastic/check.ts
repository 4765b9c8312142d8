import { attempt } from '../../diagnostic/attempt.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { CheckOptions } from '../format.ts';
import { elasticViolations, findingOf, newest } from '../schemas/index.ts';
import { placeOf } from './locate.ts';
import { below, type Pointer } from './pointer.ts';
import { parseToml } from './toml.ts';

/** What is wrong with a rule file for a stack that is to take the rule, each fault once, at its place. */
export function check(text: string, { stack = newest }: CheckOptions): readonly Diagnostic[] {
  const outcome = attempt(() => parseToml(text));
  if (!outcome.ok) return outcome.diagnostics;
  const { table, places } = outcome.value;
  return elasticViolations(table, stack).map((violation) =>
    findingOf(violation, (path) => placeOf(places(), path.reduce<Pointer>(below, ''))),
  );
}
