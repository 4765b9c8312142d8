import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { CheckOptions } from '../format.ts';
import { placesIn } from '../json-scan.ts';
import { findingOf, kibanaViolations, newest } from '../schemas/index.ts';
import { objects } from './parts.ts';

/** What a stack would refuse of the objects of a file, each fault once, at its place. */
export function check(text: string, { stack = newest }: CheckOptions): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { value, span } of objects(text, (finding) => found.push(finding))) {
    const placeOf = placesIn(text, span);
    for (const violation of kibanaViolations(value, stack)) {
      found.push(findingOf(violation, placeOf));
    }
  }
  return found;
}
