import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseStatement } from '../../../src/languages/esql/parse-statement.ts';
import { printInLine, printStatement } from '../../../src/languages/esql/print-statement.ts';
import type { Statement } from '../../../src/languages/esql/syntax.ts';
import { withoutSpans } from '../../support/laws.ts';
import { anyExpression, anyStatement } from './syntax-arbitrary.ts';

const read = (text: string): Statement => withoutSpans(parseStatement(text));

test('every tree reads back from its text, and is written the same twice', () => {
  fc.assert(
    fc.property(anyStatement, (statement) => {
      const text = printStatement(statement);
      expect(read(text)).toEqual(withoutSpans(statement));
      expect(printStatement(read(text))).toBe(text);
    }),
    { numRuns: 3000 },
  );
});

test('every expression reads back from one line', () => {
  fc.assert(
    fc.property(anyExpression, (condition) => {
      const { commands } = read(`from a | where ${printInLine(condition)}`);
      expect(commands[1]).toEqual(withoutSpans({ kind: 'where', condition }));
    }),
    { numRuns: 3000 },
  );
});
