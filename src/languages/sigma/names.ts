import type { Search } from './arrange.ts';

/** What the condition uses a search for; its name begins with it. */
export type Role = 'selection' | 'filter_main' | 'filter' | 'keywords';

export interface Named {
  readonly role: Role;
  readonly search: Search;
}

/** What SigmaHQ calls a search of these fields. All others are called as the field is. */
const words: ReadonlyMap<string, string> = new Map([
  ['Image', 'img'],
  ['CommandLine', 'cli'],
  ['OriginalFileName', 'pe'],
  ['ParentImage', 'parent'],
  ['ParentCommandLine', 'parent_cli'],
  ['ScriptBlockText', 'script'],
  ['TargetFilename', 'file'],
  ['TargetObject', 'registry'],
  ['ImageLoaded', 'dll'],
  ['SourceImage', 'source_img'],
  ['TargetImage', 'target_img'],
  ['CurrentDirectory', 'dir'],
  ['DestinationIp', 'dst_ip'],
  ['DestinationPort', 'dst_port'],
  ['SourceIp', 'src_ip'],
  ['SourcePort', 'src_port'],
  ['EventID', 'eid'],
  ['IntegrityLevel', 'integrity'],
  ['QueryName', 'query'],
  ['process.executable', 'img'],
  ['process.name', 'img'],
  ['process.command_line', 'cli'],
  ['process.args', 'cli'],
  ['process.parent.executable', 'parent'],
  ['process.parent.name', 'parent'],
  ['process.parent.command_line', 'parent_cli'],
  ['process.parent.args', 'parent_cli'],
  ['process.pe.original_file_name', 'pe'],
  ['user.id', 'user'],
  ['user.name', 'user'],
]);

/** The word of a field: its own, or its last part in small letters. */
export function wordOf(field: string): string {
  const last = field.split('.').at(-1) ?? '';
  const own = last
    .replace(/([\p{Ll}0-9])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  return words.get(field) ?? own;
}

/** The word of the first field of a search. */
export function wordOfSearch(search: Search): string {
  switch (search.kind) {
    case 'maps':
      return wordOf(search.maps[0]?.[0]?.field ?? '');
    case 'keywords':
      return 'keywords';
    case 'text':
      return 'regex';
    default:
      return search satisfies never;
  }
}

/** A name for each: `selection` if it is the only one, else with a word, and numbers where that is not enough. */
export function namesOf(searches: readonly Named[]): readonly string[] {
  const roles = counted(searches.map(({ role }) => role));
  const wanted = searches.map(({ role, search }) => {
    const word = role === 'keywords' ? '' : wordOfSearch(search);
    const lone = role === 'selection' && roles.get(role) === 1;
    return lone || word === '' ? role : `${role}_${word}`;
  });
  return unique(wanted);
}

/** Names that several want are numbered, past every name that is taken already. */
function unique(wanted: readonly string[]): readonly string[] {
  const uses = counted(wanted);
  const taken = new Set([...uses].filter(([, count]) => count === 1).map(([name]) => name));
  const numbers = new Map<string, number>();
  return wanted.map((name) => {
    if (uses.get(name) === 1) return name;
    let number = (numbers.get(name) ?? 0) + 1;
    while (taken.has(`${name}_${number}`)) number += 1;
    numbers.set(name, number);
    taken.add(`${name}_${number}`);
    return `${name}_${number}`;
  });
}

function counted<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
