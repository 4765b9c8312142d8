import { type FormatId, read } from '../../index.ts';
import { type InputFile, readText } from '../files.ts';
import type { Entry } from './manifest.ts';

/**
 * Which files of the source are ones that stood elsewhere before: by their bytes, and otherwise by the ids of their rules.
 * Each is at most one of those that are gone.
 */
export function movesAmong(
  gone: readonly Entry[],
  added: readonly InputFile[],
  digestOf: (file: InputFile) => string | undefined,
  from: FormatId | undefined,
): ReadonlyMap<string, Entry> {
  const moves = new Map<string, Entry>();
  if (gone.length === 0) return moves;
  const left = new Map(gone.map((entry) => [entry.source, entry]));
  const take = (file: InputFile, entry: Entry | undefined): void => {
    if (entry === undefined) return;
    left.delete(entry.source);
    moves.set(file.below, entry);
  };
  for (const file of added) {
    const digest = digestOf(file);
    take(
      file,
      [...left.values()].find((entry) => entry.digest !== '' && entry.digest === digest),
    );
  }
  for (const file of added) {
    if (left.size === 0 || moves.has(file.below)) continue;
    const ids = idsIn(file, from);
    take(file, closest(ids, [...left.values()]));
  }
  return moves;
}

/** The one that has the most of these ids, if any has one. */
function closest(ids: ReadonlySet<string>, entries: readonly Entry[]): Entry | undefined {
  const shared = ({ rules }: Entry) => rules.filter(({ id }) => id !== undefined && ids.has(id)).length;
  const most = Math.max(0, ...entries.map(shared));
  return most === 0 ? undefined : entries.find((entry) => shared(entry) === most);
}

function idsIn({ path }: InputFile, from: FormatId | undefined): ReadonlySet<string> {
  const source = readText(path);
  const outcome = source.ok ? read(source.text, from === undefined ? {} : { format: from }) : undefined;
  return new Set(outcome?.ok ? outcome.value.rules.flatMap(({ id }) => id ?? []) : []);
}
