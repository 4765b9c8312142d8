import { describe, expect, test } from 'vitest';

import type { FormatId } from '../../src/formats/format.ts';
import { convert } from '../../src/index.ts';
import { outcomeOf } from '../support/outcome.ts';
import { formatIds } from '../support/templates.ts';
import type { Cell } from './rows.ts';
import { largeRows } from './rows-large.ts';
import { nestingRows } from './rows-nesting.ts';
import { syntaxRows } from './rows-syntax.ts';
import { textRows } from './rows-texts.ts';

const tables = {
  'What is a text at all': textRows,
  'What a language allows or half allows': syntaxRows,
  'What is nested': nestingRows,
  'What is large': largeRows,
};

describe.each(Object.entries(tables))('%s', (_, rows) => {
  describe.each(formatIds)('in %s', (format) => {
    const cells = Object.entries(rows).flatMap(([name, row]) => {
      const cell = row[format];
      return cell === undefined ? [] : [{ name, cell }];
    });

    test.each(cells)('$name', ({ cell }) => {
      ends(cell(), format);
    });
  });
});

function ends({ text, end }: Cell, format: FormatId): void {
  // What takes long is not asked of every target: it is the reading that takes it.
  const targets: readonly FormatId[] = [format, format === 'sigma' ? 'elastic' : 'sigma'];
  const said = outcomeOf(text, text.length > 50_000 ? targets : undefined);
  const placed = said.faults.filter(({ span }) => span !== undefined);
  if (end === 'told') expect(placed.length, JSON.stringify(said.faults.slice(0, 3))).toBeGreaterThan(0);
  if (end.includes('/')) expect(said.faults.map(({ code }) => code)).toContain(end);
  if (end !== 'read') return;
  expect(said.read).toBe(true);
  expect(said.written.length).toBeGreaterThan(1);
  const pack = convert(text, { to: format });
  expect(pack.ok && pack.value.text).toBe(text);
}
