import {
  type ConvertOptions,
  concerned,
  type Pack,
  positions,
  type Rule,
  type RuleFilter,
  read,
} from '../index.ts';
import { type InputFile, mentions, readText } from './files.ts';
import { LongFile } from './long-file.ts';

/**
 * The filters and exception lists of a run, which may stand in other files than the rules they are for. In
 * which order the files are named makes no difference.
 */
export class Exclusions {
  /** All of them, in order of path. */
  readonly all: readonly RuleFilter[];
  /** Where each of them stands. */
  readonly #homes: ReadonlyMap<RuleFilter, string>;
  /** The rules of other files that those of a file are for, by the paths of both. */
  readonly #rules: ReadonlyMap<string, Map<string, Set<Rule>>>;

  /** A first look: only files that might hold some are read. */
  constructor(
    files: readonly InputFile[],
    options: ConvertOptions,
    long: ReadonlyMap<string, LongFile> = new Map(),
  ) {
    const paths = files.map(({ path }) => path).filter((path) => long.has(path) || mightHold(path));
    const packs = paths.sort().map((path) => [path, long.get(path) ?? packIn(path, options)] as const);
    const holding = packs.filter(([, { filters }]) => filters.length > 0);
    this.#homes = new Map(
      holding.flatMap(([path, { filters }]) => filters.map((one) => [one, path] as const)),
    );
    this.#rules = new Map(holding.map(([path]) => [path, new Map()]));
    this.all = [...this.#homes.keys()];
    for (const [path, pack] of holding) {
      const { filters } = pack;
      if (!(pack instanceof LongFile)) this.meet(path, pack);
      else if (filters.length < this.all.length)
        for (const { rules } of pack.packs()) this.meet(path, { rules, filters });
    }
  }

  /** Whether a file holds some. It waits for all the others: they tell what it is for. */
  areIn(path: string): boolean {
    return this.#rules.has(path);
  }

  /** Notes the rules of a file that exclusions of others are for. */
  meet(path: string, pack: Pick<Pack, 'rules' | 'filters'>): void {
    if (this.all.length === 0) return;
    const done = new Map<Set<Rule>, readonly Rule[]>();
    for (const [one, rules] of concerned(pack, this.all)) {
      const met = this.#rules.get(this.#homes.get(one)!)!;
      const known = met.get(path) ?? new Set();
      // All that is in a list is for the same rules.
      if (done.get(known) === rules) continue;
      done.set(known, rules);
      for (const rule of rules) known.add(rule);
      met.set(path, known);
    }
  }

  /** The rules of other files that those of this file are for, in order of path. */
  rulesFor(path: string): readonly Rule[] {
    const met = [...(this.#rules.get(path) ?? [])];
    return met.sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, rules]) => [...rules]);
  }
}

/** One of these stands in every file of exclusions and in few others; a key of YAML stands at its margin. */
const signs = {
  yaml: ['\nfilter', "\n'filter'", '\n"filter"', '\uFEFFfilter'],
  json: ['"list_id"', '"format": "sigma"', '"format":"sigma"'],
};

function mightHold(path: string): boolean {
  if (/\.toml$/i.test(path)) return false;
  if (/\.ya?ml$/i.test(path)) return mentions(path, signs.yaml);
  if (/\.(?:json|ndjson|jsonl)$/i.test(path)) return mentions(path, signs.json);
  return mentions(path, [...signs.yaml, ...signs.json]);
}

/** What a file holds; a file that can not be read fails later, where that is told. */
function packIn(path: string, { from }: ConvertOptions): Pick<Pack, 'rules' | 'filters'> {
  const source = readText(path);
  const outcome = source.ok ? read(source.text, from === undefined ? {} : { format: from }) : undefined;
  if (!source.ok || !outcome?.ok) return { rules: [], filters: [] };
  const { rules, filters } = outcome.value;
  const lineAt = positions(source.text);
  const placed = filters.map(({ span, ...one }): RuleFilter => {
    return { ...one, place: span ? `${path}:${lineAt(span.start).line}` : path };
  });
  return { rules, filters: placed };
}
