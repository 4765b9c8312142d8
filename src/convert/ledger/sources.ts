import { nameOf, spellPredicate } from '../../mapping/spell.ts';
import { isFieldTest } from '../../query/walk.ts';
import type { LogSource, Rule } from '../../rule/rule.ts';
import type { Span } from '../../source/source.ts';
import type { LogSourceSeen } from '../mapping-seen.ts';
import { constructAt, type Written } from './envelope.ts';
import type { Journey } from './journey.ts';
import type { Side } from './keyed.ts';
import type { Leaf } from './leaves.ts';
import type { AppliedRow, Construct, LedgerEntry } from './ledger.ts';
import type { LocatedLeaf } from './located.ts';

/** What a log source says in the place of a test, and by which row. */
interface BySource {
  readonly target: Construct;
  readonly rows: readonly AppliedRow[];
}

/** Going to Sigma: the log source that says what a test says, which is left out then. */
export function takenBySource(leaf: Leaf, sources: readonly LogSourceSeen[]): BySource | undefined {
  if (!isFieldTest(leaf.test)) return undefined;
  const words = spellPredicate(leaf.test);
  const whole = leaf.isNegated ? `not ${words}` : words;
  const found = sources.find(({ reasons = [] }) => reasons.some(({ test }) => test === whole));
  if (found === undefined) return undefined;
  return {
    target: { words: `the log source ${nameOf(found.source)}`, places: [], path: 'logsource' },
    rows: sourceRow(found),
  };
}

/** A line for each log source that was read, which became tests and index patterns. */
export function logSourceEntries(
  read: readonly Rule[],
  sources: readonly LogSourceSeen[],
  written: readonly LocatedLeaf[],
  place: Span | undefined,
): readonly LedgerEntry[] {
  const said = read.flatMap(({ logSource }) => logSource ?? []);
  return eachOnce(said).map((source) => {
    const seen = sources.find((one) => nameOf(one.source) === nameOf(source));
    const target = seen && becameTests(seen, written);
    return {
      kind: 'log-source',
      became: 'changed',
      source: { words: nameOf(source), places: place ? [place] : [], path: 'logsource' },
      ...(target && { target }),
      rows: seen ? sourceRow(seen) : [],
      findings: [],
    };
  });
}

function eachOnce(sources: readonly LogSource[]): readonly LogSource[] {
  return [...new Map(sources.map((source) => [nameOf(source), source])).values()];
}

function becameTests(
  { adds = [], indices }: LogSourceSeen,
  written: readonly LocatedLeaf[],
): Construct | undefined {
  const searched = indices.length === 0 ? [] : [`index ${indices.join(', ')}`];
  if (adds.length + searched.length === 0) return undefined;
  const said = adds.flatMap((test) =>
    written.find((leaf) => isFieldTest(leaf.test) && spellPredicate(leaf.test) === test),
  );
  return {
    words: [...adds, ...searched].join('; '),
    places: said.flatMap((leaf) => leaf?.place ?? []),
  };
}

/** Index patterns, which became a log source. */
export function searchedEntries(
  { indices }: Rule,
  { sources }: Journey,
  from: Side,
  written: Written | undefined,
): readonly LedgerEntry[] {
  const { logSource } = written?.whole ?? {};
  if (indices === undefined && logSource === undefined) return [];
  const source = indices && constructAt(from.format.id === 'elastic' ? 'rule.index' : 'index', indices, from);
  const target = logSource && written && constructAt('logsource', nameOf(logSource), written.side);
  return [
    {
      kind: 'log-source',
      became: 'changed',
      ...(source && { source }),
      ...(target && { target }),
      rows: sources.flatMap(sourceRow),
      findings: [],
    },
  ];
}

export function sourceRow({ row, source, file }: LogSourceSeen): readonly AppliedRow[] {
  if (row === undefined) return [];
  return [{ names: nameOf(source), source: row.source, ...(file !== undefined && { file }) }];
}
