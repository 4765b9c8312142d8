/** The one name that was probably meant, if one is near enough and no other as near; for messages. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const room = Math.min(3, Math.floor((name.length + 1) / 3));
  const [first, second] = [...names]
    .filter((other) => Math.abs(other.length - name.length) <= room)
    .map((other) => ({ other, away: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ away }) => away <= room)
    .sort((one, two) => one.away - two.away);
  return first !== undefined && first.away !== second?.away ? first.other : undefined;
}

const longest = 64;

/** How many letters to add, leave out or change. Names too long to compare are far from everything. */
function distance(a: string, b: string): number {
  if (a.length > longest || b.length > longest) return longest;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line += 1) {
    const above = row;
    row = [line];
    for (let column = 1; column <= b.length; column += 1) {
      const change = above[column - 1]! + (a[line - 1] === b[column - 1] ? 0 : 1);
      row.push(Math.min(change, above[column]! + 1, row[column - 1]! + 1));
    }
  }
  return row[b.length]!;
}

/** The other names that come nearest, the nearest first: what to look at where none is near enough to be meant. */
export function nearby(name: string, names: Iterable<string>, most = 3): readonly string[] {
  const room = Math.max(2, Math.floor(name.length / 2));
  return [...new Set(names)]
    .filter((other) => other !== name && Math.abs(other.length - name.length) <= room)
    .map((other) => ({ other, away: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ away }) => away <= room)
    .sort((one, two) => one.away - two.away || (one.other < two.other ? -1 : 1))
    .filter(({ away }, _, [first]) => away <= first!.away + 1)
    .slice(0, most)
    .map(({ other }) => other);
}
