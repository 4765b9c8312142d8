/**
 * Gives each target a place that no other has, on disks that tell no capitals apart as well. What has one keeps it, so a file
 * that is added later moves no other.
 */
export class Names {
  readonly #taken = new Set<string>();

  /** `folders` are those that will stand in the target, as no file can have their names. */
  constructor(folders: Iterable<string>, taken: Iterable<string>) {
    for (const path of [...folders, ...taken]) this.#taken.add(folded(path));
  }

  /** The first that is free of `stem.toml`, `stem-2.toml`, …; `own` is what it has already. */
  assign(stem: string, ending: string, own: ReadonlySet<string> = new Set()): string {
    let path = `${stem}${ending}`;
    for (let count = 2; this.#taken.has(folded(path)) && !own.has(path); count += 1) {
      path = `${stem}-${count}${ending}`;
    }
    this.#taken.add(folded(path));
    return path;
  }

  free(path: string): void {
    this.#taken.delete(folded(path));
  }
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
