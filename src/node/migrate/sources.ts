import { extname } from 'node:path';

import { type Conversion, type ConvertedRule, formats, type Rule } from '../../index.ts';
import type { FileConversion } from '../file-conversion.ts';
import { holdsMany, type Output, outputsOf } from '../outputs.ts';
import { digestOf } from './digest.ts';
import { houseName } from './house.ts';
import type { Entry, RuleEntry, TargetEntry } from './manifest.ts';
import type { MigratedTarget, MigrateOptions } from './model.ts';
import type { Names } from './names.ts';
import { convertOptionsOf, type Plan } from './plan.ts';
import type { Settled, Targets } from './targets.ts';
import { targetTold } from './told.ts';

/** What became of a file of the source, and what is noted of that. */
export interface SourceSettled {
  readonly entry: Entry;
  readonly targets: readonly MigratedTarget[];
}

/** A file that its conversion comes to, and where it goes. */
interface Placed extends Output {
  readonly path: string;
  readonly of: string;
  readonly before?: TargetEntry;
}

/** Brings the targets of one file after the other up to date. */
export class Sources {
  readonly #plan: Plan;
  readonly #options: MigrateOptions;
  readonly #targets: Targets;
  readonly #names: Names;

  constructor(plan: Plan, options: MigrateOptions, targets: Targets, names: Names) {
    this.#plan = plan;
    this.#options = options;
    this.#targets = targets;
    this.#names = names;
  }

  /** Of a file that has not changed: what was done to its targets since. Undefined, if it has to be cast again. */
  async unchanged(entry: Entry): Promise<SourceSettled> {
    const named = new Set(entry.rules.map(({ target }) => target));
    const isAlone = entry.rules.length === 0;
    const settled: [TargetEntry, Settled][] = [];
    for (const target of entry.targets) {
      if (isAlone || named.has(target.path)) {
        const theirs = this.#targets.lastOf(target.path, target.digest) ?? '';
        settled.push([target, await this.#targets.take({ ...target, source: entry.source, theirs })]);
      } else {
        const left = this.#leave(target, entry.rules);
        if (left) settled.push([target, left]);
      }
    }
    return this.#noted(entry, settled);
  }

  /** Whether what is known of a file, and of its targets, is all that it takes. A run that was killed may have gone further. */
  isKnown({ targets }: Entry): boolean {
    return targets.every(({ path, digest }) => {
      const last = this.#targets.lastOf(path, digest);
      return last !== undefined && (digest === '' || digestOf(last) === digest);
    });
  }

  /** A file that could not be cast: what it came to before is left. */
  failed({ file }: FileConversion, before: Entry | undefined): SourceSettled {
    const digest = this.#plan.digests.get(file.below) ?? '';
    const targets = before?.targets ?? [];
    const entry = { source: file.below, digest, fidelity: 'failed', rules: [], targets } as const;
    return this.#noted(
      entry,
      targets.map((target) => [target, left(target)] as const),
    );
  }

  async converted(
    made: FileConversion,
    conversion: Conversion,
    before: Entry | undefined,
  ): Promise<SourceSettled> {
    const placed = this.#placed(made, conversion, before);
    const settled: [TargetEntry, Settled][] = [];
    for (const one of placed) {
      const { path, of, text: theirs, before: last } = one;
      const known = last?.digest ? { digest: last.digest } : {};
      const result = await this.#targets.take({ source: made.file.below, path, theirs, ...known });
      settled.push([{ path, digest: result.digest, of }, result]);
    }
    const rules = conversion.rules.map((rule, index) =>
      ruleNoted(rule, placed.find((one) => one.rules.includes(index))?.path),
    );
    const taken = new Set(placed.map((one) => one.before));
    for (const target of (before?.targets ?? []).filter((one) => !taken.has(one))) {
      const result = this.#leave(target, rules);
      if (result) settled.push([target, result]);
    }
    const from = new Map(placed.map((one) => [one.path, one.before?.path]));
    return this.#noted(this.entryOf(made, conversion, rules, before), settled, from);
  }

  entryOf(
    { file, text, options }: FileConversion,
    { rules: converted, fidelity }: Conversion,
    rules: readonly RuleEntry[],
    before: Entry | undefined,
  ): Entry {
    const { digests, around, run } = this.#plan;
    const looked = run.looksAround(file) || options.references !== undefined;
    const day = before?.day ?? (converted.some(needsDay) ? this.#options.today : undefined);
    return {
      source: file.below,
      digest: text === '' ? '' : (digests.get(file.below) ?? ''),
      ...(looked && { around }),
      ...(day !== undefined && { day }),
      ...(fidelity !== undefined && { fidelity }),
      rules,
      targets: [],
    };
  }

  /** A target that no rule of its source stands in any more: told of, or removed. */
  #leave(target: TargetEntry, rules: readonly RuleEntry[]): Settled | undefined {
    const isRefused = rules.some(
      (rule) => rule.target === undefined && (target.of === '' || nameOf(rule) === target.of),
    );
    if (isRefused) return left(target);
    return this.#targets.leaveBehind(target.path, target.digest, this.#options.prune === true);
  }

  #noted(
    entry: Entry,
    settled: readonly (readonly [TargetEntry, Settled])[],
    from: ReadonlyMap<string, string | undefined> = new Map(),
  ): SourceSettled {
    const stays = settled.filter(([, { state }]) => state !== 'pruned');
    const again = settled.some(([, one]) => one.again);
    return {
      entry: {
        ...entry,
        ...(again && { digest: '' }),
        targets: stays.map(([target, { digest }]) => ({ ...target, digest })),
      },
      targets: settled.map(([{ path }, one]) => targetTold(path, one, from.get(path))),
    };
  }

  /** Where each goes: where it went before, or, where its source or the manner of names is another now, anew. */
  #placed(made: FileConversion, conversion: Conversion, before: Entry | undefined): readonly Placed[] {
    const outputs = outputsOf(conversion, convertOptionsOf(this.#options));
    const names = outputs.map((output) => keyOf(output, conversion, this.#options));
    const refused = new Set(conversion.rules.filter(({ text }) => text === '').map(nameOf));
    const old = matched(names, before?.targets.filter(({ of }) => !refused.has(of)) ?? []);
    const { namesBefore, head } = this.#plan;
    const stays = before?.source === made.file.below && namesBefore === head.names;
    return outputs.map((output, index) => {
      const [of, last] = [names[index]!, old[index]];
      const path =
        last !== undefined && stays ? last.path : this.#newPlace(made, output, conversion, last?.path);
      return { ...output, path, of, ...(last && { before: last }) };
    });
  }

  #newPlace(
    { file }: FileConversion,
    { suffix, rules }: Output,
    conversion: Conversion,
    from: string | undefined,
  ): string {
    const format = formats.find(({ id }) => id === this.#options.to)!;
    const [ending = ''] = format.extensions;
    const stem = file.below.slice(0, file.below.length - extname(file.below).length);
    const rule: Rule | undefined = conversion.rules[rules.at(-1) ?? -1]?.written.at(-1);
    const named = this.#options.names === 'house' ? inHouse(stem, format.id, rule) : stem;
    const number = suffix !== '' && from !== undefined ? numberIn(from, ending) : suffix;
    const path = this.#names.assign(`${named}${number}`, ending, new Set(from === undefined ? [] : [from]));
    if (from === undefined || from === path) return path;
    const place = this.#targets.move(from, path);
    this.#names.free(place === path ? from : path);
    return place;
  }
}

/** Of several rules in a file each keeps its number: `.2` of `sub/a.2.toml`. */
function numberIn(path: string, ending: string): string {
  return /\.\d+(?=(?:-\d+)?$)/.exec(path.slice(0, -ending.length))?.[0] ?? '';
}

/** The name of the house stands in the folder that the source's stands in. */
function inHouse(stem: string, to: MigrateOptions['to'], rule: Rule | undefined): string {
  const at = stem.lastIndexOf('/') + 1;
  return `${stem.slice(0, at)}${houseName(stem.slice(at), to, rule)}`;
}

function left({ digest }: TargetEntry): Settled {
  const message =
    'The file is of an earlier text of its source, which is not written as it stands now; it was left.';
  return { state: 'left', digest, again: false, diagnostics: [{ code: 'migrate/left', message }] };
}

/** Which target of before each one is: that of the same rule; one that is left over of each side is the same, too. */
function matched(
  names: readonly string[],
  targets: readonly TargetEntry[],
): readonly (TargetEntry | undefined)[] {
  const found = names.map((name) => targets.find(({ of }) => of === name));
  const spare = targets.filter((target) => !found.includes(target));
  const open = found.filter((one) => one === undefined).length;
  return found.map((one) => one ?? (open === 1 && spare.length === 1 ? spare[0] : undefined));
}

/** Which rule an output is of, where each has one of its own. */
function keyOf({ rules }: Output, conversion: Conversion, options: MigrateOptions): string {
  if (holdsMany(convertOptionsOf(options))) return '';
  const [index = -1] = rules;
  const name = (at: number) => nameOf(conversion.rules[at] ?? { title: '' });
  const same = conversion.rules.slice(0, index).filter((_, at) => name(at) === name(index)).length;
  return same === 0 ? name(index) : `${name(index)}#${same + 1}`;
}

function nameOf({ id, title }: Pick<RuleEntry, 'id' | 'title'>): string {
  return id ?? title;
}

export function ruleNoted({ id, title, fidelity }: ConvertedRule, target: string | undefined): RuleEntry {
  return { ...(id !== undefined && { id }), title, fidelity, ...(target !== undefined && { target }) };
}

/** Whether a day was written that the rule does not say. */
function needsDay({ rule, diagnostics }: ConvertedRule): boolean {
  return (
    rule.created === undefined &&
    rule.modified === undefined &&
    diagnostics.some(({ code, path }) => code === 'style/default' && path === 'created')
  );
}
