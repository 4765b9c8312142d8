import { type FieldRow, type LogSourceRow, nearby, type Table, type UnnamedRow } from '../index.ts';
import { nameOf } from './row-text.ts';

/** A row of a table, and the file it stands in. */
export type Listed = { readonly file: string; readonly title: string } & (
  | { readonly kind: 'log source'; readonly row: LogSourceRow }
  | { readonly kind: 'field'; readonly row: FieldRow }
  | { readonly kind: 'unnamed'; readonly row: UnnamedRow }
);

export interface Wanted {
  /** A name of either side. */
  readonly field?: string | undefined;
  /** Words of a log source: `process_creation/windows`, or any part of it. */
  readonly logSource?: string | undefined;
}

/** All rows of tables, in their order. */
export function rowsIn(tables: readonly Table[]): readonly Listed[] {
  return tables.flatMap(({ file, title, logSources = [], fields = [], unnamed = [] }): Listed[] => {
    const place = { file: file ?? title, title };
    return [
      ...logSources.map((row) => ({ ...place, kind: 'log source', row }) as const),
      ...fields.map((row) => ({ ...place, kind: 'field', row }) as const),
      ...unnamed.map((row) => ({ ...place, kind: 'unnamed', row }) as const),
    ];
  });
}

/** The rows that are about a field and hold for a log source. */
export function selected(rows: readonly Listed[], { field, logSource }: Wanted): readonly Listed[] {
  const words = logSource?.split('/').filter((word) => word !== '');
  const kinds = words ? kindsIn(rows) : new Map<string, ReadonlySet<Key>>();
  return rows.filter(
    (row) =>
      (field === undefined || isAbout(row, field)) && (words === undefined || holdsFor(row, words, kinds)),
  );
}

/** Why there may be no such rows, with the names that come nearest. */
export function whyNone(rows: readonly Listed[], { field, logSource }: Wanted): string {
  const about = field === undefined ? '' : ` about the field ${field}`;
  const source = logSource === undefined ? '' : ` for the log source ${logSource}`;
  const nearFields =
    field === undefined || selected(rows, { field }).length > 0 ? [] : nearTo(field, rows.flatMap(namesOf));
  const nearSources =
    logSource === undefined || selected(rows, { logSource }).some(({ kind }) => kind === 'log source')
      ? []
      : nearTo(logSource, rows.flatMap(sourcesOf));
  const near = [...nearFields, ...nearSources];
  return `No table has a row${about}${source}${near.length > 0 ? `; there is ${near.join(', ')}` : ''}.`;
}

function nearTo(name: string, names: readonly string[]): readonly string[] {
  return nearby(
    name,
    names.filter((one) => !one.includes('*')),
  );
}

/** The names that a row is about. `*` at the end stands for any more. */
function namesOf(listed: Listed): readonly string[] {
  switch (listed.kind) {
    case 'log source':
      return [...(listed.row.where ?? []), ...(listed.row.absorb ?? [])].map(({ field }) => field);
    case 'field': {
      const { sigma, ecs, change } = listed.row;
      // `*` alone is every name that has no row, and about none.
      return [...(sigma === '*' ? [] : [sigma]), ecs, ...(change?.kind === 'account' ? [change.domain] : [])];
    }
    case 'unnamed':
      return [...(listed.row.sigma ?? []), ...(listed.row.ecs ?? [])];
    default:
      return listed satisfies never;
  }
}

function isAbout(listed: Listed, field: string): boolean {
  const asked = field.toLowerCase();
  return namesOf(listed).some((name) => {
    const own = name.toLowerCase();
    return own === asked || (own.endsWith('*') && own !== '*' && asked.startsWith(own.slice(0, -1)));
  });
}

function sourcesOf(listed: Listed): readonly string[] {
  if (listed.kind !== 'log source') return [];
  const { sigma } = listed.row;
  return [nameOf(sigma), ...Object.values(sigma)];
}

const keys = ['category', 'product', 'service'] as const;
type Key = (typeof keys)[number];

/** Which of the three each word is somewhere. */
function kindsIn(rows: readonly Listed[]): ReadonlyMap<string, ReadonlySet<Key>> {
  const kinds = new Map<string, Set<Key>>();
  for (const listed of rows) {
    const said = listed.kind === 'log source' ? listed.row.sigma : (listed.row.scope ?? {});
    for (const key of keys) {
      for (const word of [said[key] ?? []].flat()) kinds.set(word, (kinds.get(word) ?? new Set()).add(key));
    }
  }
  return kinds;
}

/** A log source has all the words; the scope of a field leaves room for each. */
function holdsFor(
  listed: Listed,
  words: readonly string[],
  kinds: ReadonlyMap<string, ReadonlySet<Key>>,
): boolean {
  if (listed.kind === 'log source') {
    const own = Object.values(listed.row.sigma);
    return words.every((word) => own.includes(word));
  }
  const { scope = {} } = listed.row;
  const hasRoom = (word: string, key: Key) => scope[key] === undefined || [scope[key]].flat().includes(word);
  return words.every((word) => [...(kinds.get(word) ?? [])].some((key) => hasRoom(word, key)));
}
