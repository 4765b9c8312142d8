import type { Code } from '../../diagnostic/codes.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Path, Violation } from '../../schema/check.ts';
import type { Span } from '../../source/source.ts';

const codes: Readonly<Record<Violation['what'], Code>> = {
  missing: 'schema/missing-field',
  unknown: 'schema/unknown-field',
  type: 'schema/wrong-type',
  value: 'schema/bad-value',
  more: 'schema/more-faults',
};

/** A violation as a finding, at its place in the text. */
export function findingOf({ path, message, what }: Violation, placeOf: (path: Path) => Span): Diagnostic {
  return { code: codes[what], message, path: path.join('.'), span: placeOf(path) };
}
