import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { mappingOf } from '../../src/convert/tables.ts';
import { eventToEcs, eventToSigma } from '../../src/mapping/events.ts';
import { lookUp, type Way } from '../../src/mapping/lookup.ts';
import { anyField } from '../../src/mapping/mapping.ts';
import { inScope } from '../../src/mapping/scope.ts';
import { shippedTables } from '../../src/mapping/shipped.ts';
import type { FieldRow } from '../../src/mapping/table.ts';
import { testOf as wordTest } from '../../src/mapping/words.ts';
import type { Event, Scalar } from '../../src/query/event.ts';
import type { LogSource } from '../../src/rule/rule.ts';
import { broken, testsFor } from '../support/event-laws.ts';
import { heldBy } from '../support/event-values.ts';

const mapping = mappingOf({});
const rows = shippedTables().flatMap(({ fields = [] }) => fields);
const sources = shippedTables().flatMap(({ logSources = [] }) => logSources.map(({ sigma }) => sigma));

/** A field of a log source, with what has to stand beside it for a row to hold. */
interface Case {
  readonly field: string;
  readonly logSource: LogSource;
  readonly beside: Readonly<Record<string, Scalar>>;
  readonly rows: readonly FieldRow[];
}

function casesOf(way: Way): readonly Case[] {
  const cases = new Map<string, Case>();
  for (const row of rows.filter((one) => isRead(one, way))) {
    const field = fieldOf(row, way);
    const beside = besideIn(row, way);
    for (const logSource of sources.filter((one) => inScope(row.scope, one)).slice(0, 2)) {
      const around = [
        { kind: 'and' as const, of: Object.entries(beside).map(([name, is]) => wordTest(name, [is])) },
      ];
      const known = lookUp(field, { mapping, logSource, way, around });
      const key = JSON.stringify([field, logSource, beside]);
      if (known?.rows) cases.set(key, { field, logSource, beside, rows: known.rows });
    }
  }
  return [...cases.values()];
}

function isRead({ direction = 'both' }: FieldRow, way: Way): boolean {
  return direction !== (way === 'toEcs' ? 'to-sigma' : 'to-ecs');
}

/** An account has a domain: rows assume it. */
function isWritten(row: FieldRow, among: readonly FieldRow[]): boolean {
  return row.change?.kind === 'account' || !among.some(({ change }) => change?.kind === 'account');
}

function fieldOf(row: FieldRow, way: Way): string {
  const name = way === 'toEcs' ? row.sigma : row.ecs;
  return name.endsWith(anyField) ? `${name.slice(0, -1)}Anything` : name;
}

function besideIn({ scope }: FieldRow, way: Way): Readonly<Record<string, Scalar>> {
  const index = way === 'toEcs' ? mapping.bySigma : mapping.byEcs;
  const known = Object.entries(scope?.beside ?? {}).find(([field]) => index.has(field));
  return known ? { [known[0]]: known[1][0] ?? 'x' } : {};
}

const take = { toEcs: eventToEcs, toSigma: eventToSigma } as const;

describe.each(['toEcs', 'toSigma'] as const)('an event goes %s with the tests that it matches', (way) => {
  test('row by row', { timeout: 60_000 }, () => {
    const cases = casesOf(way);
    const faults: string[] = [];
    for (const one of cases) {
      const { field, beside, logSource } = one;
      const values = fc.oneof(
        ...one.rows.filter((row) => isWritten(row, one.rows)).map((row) => heldBy(row, way, mapping)),
      );
      const asked = fc.tuple(values, values, fc.nat(), fc.boolean(), fc.boolean());
      const found = fc.check(
        fc.property(asked, ([held, other, choice, isNegated, isThere]) => {
          const event: Event = isThere ? { ...beside, [field]: held } : { ...beside };
          const there = take[way](event, logSource, mapping);
          const tests = testsFor(field, choice % 3 === 0 ? other : held);
          const where = tests[choice % tests.length]!;
          const fault = broken({
            where,
            isNegated,
            beside,
            event,
            there,
            logSource,
            mapping,
            way,
            rows: one.rows,
          });
          if (fault) throw new Error(fault);
        }),
        { numRuns: 60 },
      );
      if (found.failed) faults.push(String((found.errorInstance as Error).message));
    }
    const groups = new Map<string, string[]>();
    for (const f of faults) {
      const [k = '', ...r] = f.split(' @@ ');
      groups.set(k, [...(groups.get(k) ?? []), r.join('')]);
    }
    console.log(
      way,
      cases.length,
      faults.length,
      `\n${[...groups]
        .sort((a, b) => b[1].length - a[1].length)
        .map(([k, l]) => `${l.length} ${k}\n    ${l[0]}`)
        .join('\n')}`,
    );
    expect(cases.length).toBeGreaterThan(500);
  });
});
