import { setImmediate } from 'node:timers/promises';

import { type Conversion, type Diagnostic, formats } from '../../index.ts';
import type { FileConversion } from '../file-conversion.ts';
import type { InputFile } from '../files.ts';
import { together } from '../outputs.ts';
import { passedOverAs } from '../strange.ts';
import { type Casts, castsHere } from './casts.ts';
import { CastsApart } from './casts-apart.ts';
import { countsOf } from './counts.ts';
import type { Disk } from './disk.ts';
import { type Entry, manifestPath, printManifest } from './manifest.ts';
import type { FileState, MigratedFile, MigrateOptions, MigrationSummary, TargetState } from './model.ts';
import { fileStates } from './model.ts';
import { Names } from './names.ts';
import { convertOptionsOf, type Plan } from './plan.ts';
import { ruleNoted, Sources } from './sources.ts';
import { Targets } from './targets.ts';
import { findingsAt, findingsIn, ruleKnown, rulesTold, stateOf, targetTold } from './told.ts';

/** How often what was done is noted, in milliseconds. */
const pause = 1000;
/** How long others wait for their turn, in milliseconds. */
const breath = 50;

/** One way through a source. */
export class Migration {
  readonly #plan: Plan;
  readonly #disk: Disk;
  readonly #options: MigrateOptions;
  readonly #targets: Targets;
  readonly #sources: Sources;
  readonly #entries: Map<string, Entry>;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #files = Object.fromEntries(fileStates.map((state) => [state, 0])) as Record<FileState, number>;
  readonly #states: Partial<Record<TargetState, number>> = {};
  #isDone = false;
  /** How many changes went into the manifest. */
  #savings = 0;
  #saved = performance.now();
  #rested = performance.now();

  constructor(plan: Plan, disk: Disk, options: MigrateOptions) {
    this.#plan = plan;
    this.#disk = disk;
    this.#options = options;
    this.#targets = new Targets(disk, options);
    const entries = [...plan.entries.values()];
    const taken = entries.flatMap(({ targets }) => targets.map(({ path }) => path));
    this.#sources = new Sources(plan, options, this.#targets, new Names(foldersAbove(plan), taken));
    this.#entries = new Map(plan.entries);
  }

  async *run(): AsyncGenerator<MigratedFile, MigrationSummary> {
    const { tree, run } = this.#plan;
    const todo = this.#toCast();
    const casts = this.#casts(todo);
    let done = 0;
    try {
      for (const { path, reason } of tree.ignored)
        yield this.#told({ path, state: 'ignored', reason, rules: [], targets: [], diagnostics: [] });
      for (const { path, reason } of tree.closed) yield this.#told(closed(path, reason));
      const files = this.#options.bundle ? this.#bundle(casts, todo) : this.#each(casts, todo);
      for await (const [file, isCast] of files) {
        if (isCast) this.#options.onProgress?.(++done, todo.size);
        yield this.#told(file);
      }
      for (const entry of this.#plan.gone) yield* this.#leave(entry);
      this.#isDone = true;
    } finally {
      casts.end();
      this.#save();
    }
    const entries = run.files.flatMap(({ below }) => this.#entries.get(below) ?? []);
    return {
      ...countsOf(entries),
      files: this.#files,
      targets: this.#states,
      // How often the manifest was written is a matter of time; it counts once.
      changes: this.#disk.changes - this.#savings + Math.min(1, this.#savings),
      diagnostics: findingsAt('.rulecast', this.#diagnostics),
    };
  }

  /** One file after the other, each with its own targets. */
  async *#each(casts: Casts, todo: ReadonlySet<InputFile>): AsyncGenerator<[MigratedFile, boolean]> {
    for (const file of this.#plan.run.files) {
      await this.#rest();
      const isCast = todo.has(file);
      yield [await (isCast ? this.#convert(file, casts) : this.#pass(file)), isCast];
      if (performance.now() - this.#saved > pause) this.#save();
    }
  }

  async #pass(file: InputFile): Promise<MigratedFile> {
    const entry = this.#entries.get(file.below)!;
    this.#plan.run.pass(
      file,
      entry.rules.map(({ id }) => id),
    );
    const settled = await this.#sources.unchanged(entry);
    this.#note(settled.entry);
    return {
      path: file.below,
      state: 'unchanged',
      ...(entry.fidelity !== undefined && { fidelity: entry.fidelity }),
      rules: entry.rules.map(ruleKnown),
      targets: settled.targets,
      diagnostics: [],
    };
  }

  async #convert(file: InputFile, casts: Casts): Promise<MigratedFile> {
    const before = this.#before(file);
    const made = await casts.next(file, before?.day ?? this.#options.today);
    const { outcome, ignored, text } = made;
    const moved = this.#plan.moves.get(file.below);
    if (ignored) return this.#ignored(made, before);
    const settled = outcome.ok
      ? await this.#sources.converted(made, outcome.value, before)
      : this.#sources.failed(made, before);
    if (moved) this.#entries.delete(moved.source);
    this.#note(settled.entry);
    const outs = settled.entry.rules.map(({ target }) => target);
    this.#options.onConversion?.(made, outs);
    return {
      path: file.below,
      state: stateOf(settled.entry),
      ...(settled.entry.fidelity !== undefined && { fidelity: settled.entry.fidelity }),
      rules: outcome.ok ? rulesTold(outcome.value.rules, made, outs, settled.targets) : [],
      targets: settled.targets,
      diagnostics: findingsIn(made, outcome.diagnostics),
      text,
    };
  }

  /** What is no rule has no targets; if it was one, these are without a source. */
  #ignored(made: FileConversion, before: Entry | undefined): MigratedFile {
    const { file, outcome } = made;
    const found = passedOverAs(outcome);
    const gone = before === undefined ? [] : this.#leftOf(before);
    const reason = found.message.replace(/; it was passed over\.$/, '').replace(/^The file/, 'it');
    const diagnostics = findingsIn(made, [found]);
    return { path: file.below, state: 'ignored', reason, rules: [], targets: gone, diagnostics };
  }

  /** All in one file. Each of its rules may change it, so either all are cast or none is. */
  async *#bundle(casts: Casts, todo: ReadonlySet<InputFile>): AsyncGenerator<[MigratedFile, boolean]> {
    const made: FileConversion[] = [];
    for (const file of this.#plan.run.files) {
      await this.#rest();
      const before = this.#before(file);
      if (todo.has(file)) made.push(await casts.next(file, before?.day ?? this.#options.today));
      if (todo.has(file)) this.#options.onProgress?.(made.length, todo.size);
    }
    const path = `rules${formats.find(({ id }) => id === this.#options.to)!.extensions[0]}`;
    const last = [...this.#plan.entries.values()].flatMap(({ targets }) => targets)[0];
    const conversions = made.flatMap(({ outcome }): readonly Conversion[] =>
      outcome.ok ? [outcome.value] : [],
    );
    const written = conversions.filter(({ text }) => text !== '');
    const known = todo.size === 0 && last !== undefined ? this.#targets.lastOf(path, last.digest) : undefined;
    const theirs =
      known ?? (written.length === 0 ? undefined : together(written, convertOptionsOf(this.#options)));
    const digest = last?.digest ?? '';
    const settled =
      theirs === undefined
        ? undefined
        : await this.#targets.take({ source: '.', path, theirs, ...(digest && { digest }) });
    const targets = settled ? [targetTold(path, settled)] : [];
    const noted = settled && settled.digest !== '' ? [{ path, digest: settled.digest, of: '' }] : [];
    for (const entry of this.#plan.gone) this.#entries.delete(entry.source);
    let isTold = false;
    const once = () => {
      const all = isTold ? [] : targets;
      isTold = true;
      return all;
    };
    for (const one of made) {
      const { file, outcome, ignored, text } = one;
      const moved = this.#plan.moves.get(file.below);
      if (moved) this.#entries.delete(moved.source);
      if (ignored) {
        this.#entries.delete(file.below);
        yield [this.#ignored(one, undefined), false];
        continue;
      }
      const rules = outcome.ok ? outcome.value.rules : [];
      const entries = rules.map((rule) => ruleNoted(rule, rule.text === '' ? undefined : path));
      const entry = outcome.ok
        ? this.#sources.entryOf(one, outcome.value, entries, this.#before(file))
        : this.#sources.failed(one, undefined).entry;
      this.#note({ ...entry, ...(settled?.again && { digest: '' }), targets: noted });
      this.#options.onConversion?.(
        one,
        entries.map(({ target }) => target),
      );
      const file_: MigratedFile = {
        path: file.below,
        state: stateOf(entry),
        ...(entry.fidelity !== undefined && { fidelity: entry.fidelity }),
        rules: rulesTold(
          rules,
          one,
          entries.map(({ target }) => target),
          targets,
          true,
        ),
        targets: once(),
        diagnostics: findingsIn(one, outcome.diagnostics),
        text,
      };
      yield [file_, false];
    }
    if (todo.size > 0) return;
    for (const file of this.#plan.run.files) {
      const entry = this.#entries.get(file.below)!;
      const rules = entry.rules.map(ruleKnown);
      this.#note({ ...entry, ...(settled?.again && { digest: '' }), targets: noted });
      yield [{ path: file.below, state: 'unchanged', rules, targets: once(), diagnostics: [] }, false];
    }
  }

  *#leave(entry: Entry): Generator<MigratedFile> {
    const isBundled = this.#options.bundle;
    const targets = isBundled ? [] : this.#leftOf(entry);
    yield this.#told({ path: entry.source, state: 'gone', rules: [], targets, diagnostics: [] });
  }

  /** What is left of a source that is gone; as long as something is, it is remembered. */
  #leftOf(entry: Entry): MigratedFile['targets'] {
    const all = entry.targets.flatMap((target) => {
      const settled = this.#targets.leaveBehind(target.path, target.digest, this.#options.prune === true);
      return settled ? [[target, settled] as const] : [];
    });
    const stays = all.filter(([, { state }]) => state !== 'pruned').map(([target]) => target);
    if (stays.length === 0) this.#entries.delete(entry.source);
    else this.#note({ ...entry, targets: stays });
    return all.map(([{ path }, settled]) => targetTold(path, settled));
  }

  #before({ below }: InputFile): Entry | undefined {
    return this.#plan.moves.get(below) ?? this.#plan.entries.get(below);
  }

  #note(entry: Entry): void {
    this.#entries.set(entry.source, entry);
  }

  #toCast(): ReadonlySet<InputFile> {
    const { run } = this.#plan;
    const changed = run.files.filter((file) => !this.#isKnown(file));
    const isAll = this.#options.bundle && (changed.length > 0 || this.#plan.gone.length > 0);
    return new Set(isAll ? run.files : changed);
  }

  #isKnown({ below }: InputFile): boolean {
    const { again, onConversion } = this.#options;
    const entry = this.#plan.entries.get(below);
    if (again || onConversion || entry === undefined || entry.digest === '') return false;
    if (entry.digest !== this.#plan.digests.get(below) || entry.fidelity === 'failed') return false;
    return (entry.around ?? this.#plan.around) === this.#plan.around && this.#sources.isKnown(entry);
  }

  /** Threads are handed plain values: pipelines, what stands in other files and what reports want stay here. */
  #casts(todo: ReadonlySet<InputFile>): Casts {
    const { jobs = 1, bundle, onConversion, mappings = [] } = this.#options;
    const { run } = this.#plan;
    const isPlain = run.exclusions.length === 0 && !mappings.some((one) => 'transformations' in one);
    if (jobs < 2 || todo.size < 2 || bundle || onConversion || !isPlain) return castsHere(run);
    const todayOf = (file: InputFile) => this.#before(file)?.day ?? this.#options.today;
    return new CastsApart(
      run,
      run.files.filter((file) => todo.has(file)),
      todayOf,
      Math.min(jobs, todo.size),
    );
  }

  /** Lets others have their turn, who may want to stop this. */
  async #rest(): Promise<void> {
    this.#options.signal?.throwIfAborted();
    if (performance.now() - this.#rested < breath) return;
    await setImmediate();
    this.#rested = performance.now();
  }

  /** Notes what was done so far. If that can not be written, the copies still say it. */
  #save(): void {
    this.#saved = performance.now();
    const { head, namesBefore } = this.#plan;
    // As long as some have their old names, the next run has to look at all of them.
    const names = this.#isDone ? head.names : namesBefore;
    const text = printManifest({ head: { ...head, names }, entries: this.#entries });
    try {
      const there = this.#disk.at(manifestPath);
      const before = this.#disk.changes;
      if (there.kind !== 'text' || there.text !== text) this.#disk.write(manifestPath, text);
      this.#savings += this.#disk.changes - before;
    } catch (error) {
      const message = `${manifestPath} could not be written: ${(error as Error).message}; the next run looks at all anew.`;
      if (this.#diagnostics.length === 0) this.#diagnostics.push({ code: 'write/failed', message });
    }
  }

  #told(file: MigratedFile): MigratedFile {
    this.#files[file.state] += 1;
    for (const { state } of file.targets) this.#states[state] = (this.#states[state] ?? 0) + 1;
    return file;
  }
}

function closed(path: string, reason: string): MigratedFile {
  const message = `The folder could not be looked into: ${reason}; what stands in it was not read, and nothing of it counts as gone.`;
  const diagnostics = findingsAt(path, [{ code: 'read/failed', message }]);
  return { path: `${path}/`, state: 'failed', reason, rules: [], targets: [], diagnostics };
}

/** Folders of the source, which stand in the target as well. */
function foldersAbove({ tree }: Plan): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { below } of tree.files) {
    for (let at = below.lastIndexOf('/'); at > 0; at = below.lastIndexOf('/', at - 1))
      folders.add(below.slice(0, at));
  }
  return folders;
}
