import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { type Conversion, type ConvertOptions, type Format, formats } from '../index.ts';
import type { FilePart } from '../node/file-conversion.ts';
import type { InputFile } from '../node/files.ts';
import { GrowingFile } from '../node/growing-file.ts';
import { GrowingText } from '../node/growing-text.ts';
import { writeOut } from '../node/output.ts';
import { holdsMany, outputsOf, textsOf, together } from '../node/outputs.ts';
import { type Unwritten, Writer } from '../node/writer.ts';
import { UsageError } from './usage.ts';

/**
 * Where a run writes to: a folder with a file for each of its inputs, one file for all, or standard
 * output. Paths come from the paths of the inputs, never from what stands in a rule.
 */
export class Destination {
  readonly folder: string | undefined;
  /** False once nobody reads standard output any more. */
  isRead = true;
  readonly #file: string | undefined;
  readonly #target: Format;
  readonly #options: ConvertOptions;
  readonly #json: boolean;
  readonly #inputs: ReadonlySet<string>;
  /** Folders of inputs, and where they really are. */
  readonly #folders = new Map<string, string>();
  /** Where the output really is, whatever links lead there. */
  readonly #root: string;
  readonly #writer = new Writer();
  readonly #taken = new Set<string>();
  readonly #together: Conversion[] = [];
  /** Where a run with long files writes as it goes: to one file or standard output, or to a file for each of them. */
  readonly #growing: GrowingText | undefined;
  readonly #growingFiles = new Map<string, GrowingFile>();
  readonly #placesOfLong = new Map<string, string>();

  /** What stands where an input does is never written over, unless it is what became of that input. */
  constructor(
    out: string | undefined,
    target: Format,
    options: ConvertOptions,
    inputs: readonly InputFile[],
    json: boolean,
    hasLong = false,
  ) {
    const isFile =
      out !== undefined && (target.extensions.some((ending) => out.endsWith(ending)) || isDevice(out));
    const other = formats.find(({ extensions }) => extensions.some((ending) => out?.endsWith(ending)));
    if (!isFile && other !== undefined && isNoFolder(out!)) {
      throw new UsageError(`${out} is a name for files of ${other.id}, and --to is ${target.id}.`);
    }
    if (isFile && inputs.length > 1 && !target.holdsMany(options.shape))
      throw tooMany(inputs.length, 'inputs');
    this.folder = out !== undefined && !isFile ? out : undefined;
    this.#root = this.folder === undefined ? '' : realPath(this.folder);
    this.#inputs = new Set(this.folder === undefined ? [] : inputs.map(({ path }) => this.#placeOf(path)));
    this.#file = isFile ? out : undefined;
    this.#target = target;
    this.#options = options;
    this.#json = json;
    if (hasLong && this.folder === undefined && (isFile || !json)) {
      const put = (text: string) => {
        if (isFile) this.#fileAt(out).append(text);
        else this.isRead &&= writeOut(text);
      };
      this.#growing = new GrowingText(options, inputs.length < 2, put);
    }
  }

  /**
   * Writes what a file came to, or keeps it for the end, and says where each of its rules will stand; of a file
   * without rules, where that does.
   */
  take(input: InputFile, conversion: Conversion, part?: FilePart): readonly (string | undefined)[] {
    if (this.#growing !== undefined) {
      this.#growing.take(conversion);
      return placesOf(conversion, this.#file);
    }
    if (this.folder === undefined) {
      // With --json the texts go out rule by rule.
      if (this.#file !== undefined || !this.#json) this.#together.push(conversion);
      return placesOf(conversion, this.#file);
    }
    const places = [...placesOf(conversion, undefined)];
    const isGrowing = part !== undefined && this.#target.holdsMany(this.#options.shape);
    for (const { suffix, text, rules } of outputsOf(conversion, this.#options, part)) {
      const path = isGrowing ? this.#placeOfLong(input) : this.#place(input, suffix);
      if (isGrowing) this.#fileAt(path).append(text);
      else this.#writer.write(path, text);
      if (conversion.rules.length === 0) return [path];
      for (const index of rules) places[index] = path;
    }
    return places;
  }

  /** Writes what was kept for the end, and waits for all that is under way. Gives what could not be written. */
  async finish(): Promise<readonly Unwritten[]> {
    if (this.#growing !== undefined) {
      const { count } = this.#growing;
      if (this.#file !== undefined && count > 1 && !this.#target.holdsMany(this.#options.shape))
        throw tooMany(count, 'rules');
      this.#growing.end();
    }
    const unwritten = [...this.#growingFiles.values()].flatMap((one) => one.finish() ?? []);
    return this.#growing ? unwritten : [...unwritten, ...(await this.#finishOthers())];
  }

  async #finishOthers(): Promise<readonly Unwritten[]> {
    const file = this.#file === undefined ? '' : this.#allTogether();
    if (file !== '') this.#writer.write(this.#file!, file);
    else if (this.folder === undefined && this.#file === undefined && !this.#json)
      process.stdout.write(this.#allTogether());
    return this.#writer.end();
  }

  /** Whether a rule stands there that this run has written to its folder. */
  holds(path: string): boolean {
    if (this.folder === undefined) return false;
    const [root, there] = [realPath(this.folder), join(realPath(dirname(path)), basename(path))];
    return [...this.#taken].some((name) => join(root, name) === there);
  }

  /** One file for all parts of a long one. */
  #placeOfLong(input: InputFile): string {
    const path = this.#placesOfLong.get(input.path) ?? this.#place(input, '');
    this.#placesOfLong.set(input.path, path);
    return path;
  }

  #fileAt(path: string): GrowingFile {
    const file = this.#growingFiles.get(path) ?? new GrowingFile(path);
    this.#growingFiles.set(path, file);
    return file;
  }

  /** A path that no other input has; of two inputs of one name but for their endings, the later one is counted. */
  #place({ path, below }: InputFile, suffix: string): string {
    const [ending = ''] = this.#target.extensions;
    const stem = below.replace(/\.[^./\\]+$/, '');
    let name = `${stem}${suffix}${ending}`;
    for (let count = 2; this.#isTaken(name, path); count += 1) name = `${stem}${suffix}-${count}${ending}`;
    this.#taken.add(name);
    return join(this.folder!, name);
  }

  #isTaken(name: string, input: string): boolean {
    if (this.#taken.has(name)) return true;
    const there = join(this.#root, name);
    return this.#inputs.has(there) && there !== this.#placeOf(input);
  }

  /** Where an input really stands; a link that is one stands where it is, and not where it leads. */
  #placeOf(path: string): string {
    const folder = dirname(path);
    const real = this.#folders.get(folder) ?? realPath(folder);
    this.#folders.set(folder, real);
    return join(real, basename(path));
  }

  #allTogether(): string {
    const [only, ...more] = this.#together;
    if (holdsMany(this.#options)) return together(this.#together, this.#options);
    if (only !== undefined && more.length === 0 && textsOf(only.rules).length === 1) return only.text;
    const all = this.#together.flatMap(({ rules }) => textsOf(rules));
    if (this.#file !== undefined && all.length > 1) throw tooMany(all.length, 'rules');
    return all.join('\n');
  }
}

function tooMany(count: number, what: string): UsageError {
  return new UsageError(
    `A file of this kind holds one rule, and there are ${count} ${what}; name a folder with --out.`,
  );
}

/** All that was written stands at one place. */
function placesOf({ rules, text }: Conversion, path: string | undefined): readonly (string | undefined)[] {
  const texts = rules.length > 0 ? rules.map((rule) => rule.text) : [text];
  return texts.map((one) => (one === '' ? undefined : path));
}

/** A device or a pipe: what is written there stands in one place, whatever it is called. */
function isDevice(path: string): boolean {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    return there !== undefined && !there.isFile() && !there.isDirectory();
  } catch {
    return false; // Writing tells.
  }
}

function isNoFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true;
}

/** The path without links and detours, as far as it is there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
