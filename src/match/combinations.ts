/** What has more values than this in several fields goes together in as many ways, and no more. */
const mostCombinations = 1000;

/** One value of each list, in every way; none where one of the lists is empty. */
export function combinations<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  let all: readonly (readonly T[])[] = [[]];
  for (const list of lists) {
    const some = list.slice(0, mostCombinations);
    all = all.flatMap((before) => some.map((value) => [...before, value])).slice(0, mostCombinations);
  }
  return all;
}
