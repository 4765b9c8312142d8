import { describe, expect, test } from 'vitest';

import { compileMapping } from '../../src/mapping/mapping.ts';
import { recognise } from '../../src/mapping/recognise.ts';
import { inScope } from '../../src/mapping/scope.ts';
import type { Table } from '../../src/mapping/table.ts';
import { and, not } from '../../src/query/build.ts';
import type { Equals } from '../../src/query/query.ts';

const is = (field: string, ...words: string[]): Equals => ({
  kind: 'equals',
  field,
  values: words.map((word) => [word]),
  quantifier: 'any',
  caseSensitive: true,
});

const table: Table = {
  title: 'For tests',
  version: 1,
  logSources: [
    {
      sigma: { category: 'process_creation' },
      category: 'process',
      where: [{ field: 'event.type', is: ['start'], missing: 'narrower' }],
      absorb: [{ field: 'event.action', within: ['exec', 'fork'], because: 'Both are starts.' }],
      unless: { 'event.action': [], 'host.os.type': ['ios'] },
      source: 'a test',
    },
  ],
};
const mapping = compileMapping([table], {});
const recognised = (...tests: Parameters<typeof and>[0]) =>
  recognise({ category: 'process', where: and(tests), indices: [] }, mapping)?.row.sigma.category;

describe('a row with unless', () => {
  test('fits a rule that asks for none of it, or for what is taken out', () => {
    expect(recognised(is('process.name', 'cat'))).toBe('process_creation');
    expect(recognised(is('event.type', 'start'), is('event.action', 'exec'))).toBe('process_creation');
  });

  test('does not fit a rule that still asks for it', () => {
    expect(recognised(is('process.name', 'cat'), is('event.action', 'killed-pid'))).toBeUndefined();
    expect(recognised(is('process.name', 'cat'), is('event.action', 'exec', 'end'))).toBeUndefined();
  });

  test('with values, fits a rule that asks for others', () => {
    expect(recognised(is('process.name', 'cat'), is('host.os.type', 'ios'))).toBeUndefined();
    expect(recognised(is('process.name', 'cat'), is('host.os.type', 'ios', 'linux'))).toBe(
      'process_creation',
    );
  });

  test('fits a rule that only leaves something out', () => {
    expect(recognised(is('process.name', 'cat'), not(is('event.action', 'end')))).toBe('process_creation');
  });
});

describe('a scope', () => {
  test('with an empty list holds for log sources without that key', () => {
    const scope = { product: 'linux', service: [] };
    expect(inScope(scope, { product: 'linux', category: 'file_event' })).toBe(true);
    expect(inScope(scope, { product: 'linux', service: 'auditd' })).toBe(false);
    expect(inScope({ service: ['sshd'] }, { product: 'linux' })).toBe(false);
  });
});
