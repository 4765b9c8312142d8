import { keyOf, type Line } from './line.ts';

/** Alternatives that are a single line each, and of one key, are one line with all their values. */
export function mergedMaps(maps: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const singles = merged(
    maps.flatMap((map) => (map.length === 1 ? map : [])),
    'any',
  );
  const byKey = new Map(singles.map((line) => [mergeKey(line, 'any'), line]));
  return maps.flatMap((map) => {
    const [only, ...more] = map;
    if (only === undefined || more.length > 0) return [map];
    const key = mergeKey(only, 'any');
    if (key === undefined) return [map];
    const whole = byKey.get(key);
    byKey.delete(key);
    return whole ? [[whole]] : [];
  });
}

/** Lines of one key as one line without repeats, where the first of them stands. */
export function merged(lines: readonly Line[], quantifier: Line['quantifier']): readonly Line[] {
  const byKey = new Map<string | Line, Line[]>();
  for (const line of lines) {
    const key = mergeKey(line, quantifier) ?? line;
    const group = byKey.get(key);
    if (group) group.push(line);
    else byKey.set(key, [line]);
  }
  return [...byKey.values()].map((group) => whole(group, quantifier));
}

function whole(group: readonly Line[], quantifier: Line['quantifier']): Line {
  const [first] = group;
  if (group.length === 1) return first!;
  const values = [...new Set(group.flatMap((line) => line.values))];
  return { ...first!, quantifier: values.length > 1 ? quantifier : 'any', values };
}

/** What two lines share whose values make one list. A list of the other quantifier stays what it is. */
function mergeKey(
  { field, modifiers, values, quantifier, joins }: Line,
  wanted: Line['quantifier'],
): string | undefined {
  const free = values.length === 1 || quantifier === wanted;
  const listable = joins === 'any and all' || (joins === 'any' && wanted === 'any');
  return free && listable ? [...modifiers, field].join('|') : undefined;
}

/** Each line goes into the first map that has no such key yet: the second of a key into the second map. */
export function spread(lines: readonly Line[]): readonly (readonly Line[])[] {
  const maps: Line[][] = [];
  const uses = new Map<string, number>();
  for (const line of lines) {
    const key = keyOf(line);
    const place = uses.get(key) ?? 0;
    uses.set(key, place + 1);
    const map = maps[place];
    if (map) map.push(line);
    else maps.push([line]);
  }
  return maps;
}
