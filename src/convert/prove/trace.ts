import type { Effect } from '../../diagnostic/diagnostic.ts';
import { together, underNegation } from '../../mapping/effect.ts';
import type { Way } from '../../mapping/lookup.ts';
import type { Events, Recognised } from '../../mapping/recognise.ts';
import type { LogSourceRow } from '../../mapping/table.ts';
import type { Use } from '../../mapping/telling.ts';
import type { Predicate } from '../../query/query.ts';
import type { LogSource } from '../../rule/rule.ts';
import type { ConvertOptions } from '../options.ts';
import type { Watch } from '../taxonomy.ts';

/** What the tables said of a question on its way into the other names: what they declare, which a proof takes as given. */
export interface Trace {
  readonly way: Way;
  readonly parts: readonly PartTrace[];
  /** Fields that join the parts, or are counted, and keep their names. */
  readonly kept: ReadonlySet<string>;
}

export interface PartTrace {
  readonly source: LogSource;
  readonly row?: LogSourceRow | undefined;
  readonly found?: Recognised | undefined;
  readonly events?: Events;
  readonly tests: readonly TestTrace[];
  /** Fields that keep their names, since the other side has none for them. */
  readonly kept: ReadonlySet<string>;
  /** Those of them of which the other side has no values: no event there has them. */
  readonly without: ReadonlySet<string>;
}

/** A test, what became of it, and what that does to it where it stands unnegated. */
export interface TestTrace {
  readonly leaf: Predicate;
  readonly became: Predicate;
  readonly effect?: Effect;
  /** The rows that were applied to it. */
  readonly rows: readonly NonNullable<Use['row']>[];
}

interface Growing {
  source: Pick<PartTrace, 'source' | 'row' | 'found' | 'events'>;
  readonly tests: TestTrace[];
  readonly kept: Set<string>;
  readonly without: Set<string>;
  /** The rows of the test that is looked at. */
  uses: Use[];
}

export interface Tracing {
  /** Absent where nobody will ask. */
  readonly watch?: Watch;
  readonly traced: () => Trace;
}

/** A watch over a question on its way, and what it has seen; nothing, where there is to be no proof. */
export function tracing(way: Way, { prove }: Pick<ConvertOptions, 'prove'>): Tracing {
  if (prove === false) return { traced: () => ({ way, parts: [], kept: new Set() }) };
  const parts: Growing[] = [];
  const keys = new Set<string>();
  const part = (index: number) => {
    parts[index] ??= { source: { source: {} }, tests: [], kept: new Set(), without: new Set(), uses: [] };
    return parts[index];
  };
  const watch: Watch = {
    source: (index, seen) => {
      part(index).source = seen;
    },
    field: (index, use) => {
      if (index === undefined) {
        if (use.name === use.field) keys.add(use.field);
        return;
      }
      const { kept, without, uses } = part(index);
      uses.push(use);
      if (use.name !== use.field) return;
      kept.add(use.field);
      if (way === 'toEcs' && use.effect !== undefined) without.add(use.field);
    },
    test: (index, leaf, became, positive) => {
      const { uses, tests } = part(index);
      const effect = uses.map((use) => use.effect).reduce(together, undefined);
      const unturned = effect && (positive ? effect : underNegation(effect));
      const rows = uses.flatMap(({ row }) => row ?? []);
      tests.push({ leaf, became, rows, ...(unturned && { effect: unturned }) });
      part(index).uses = [];
    },
  };
  const traced = () => ({
    way,
    parts: parts.map(({ source, tests, kept, without }) => ({ ...source, tests, kept, without })),
    kept: keys,
  });
  return { watch, traced };
}
