import { join } from 'node:path';

import {
  type Conversion,
  type ConvertedRule,
  type ConvertOptions,
  type Format,
  type Rule,
  write,
} from '../index.ts';
import type { InputFile } from '../node/files.ts';
import { type Unwritten, Writer } from '../node/writer.ts';
import { UsageError } from './usage.ts';

/**
 * Where a run writes to: a folder with a file for each of its inputs, one file for all, or standard
 * output. Paths come from the paths of the inputs, never from what stands in a rule.
 */
export class Destination {
  readonly folder: string | undefined;
  readonly #file: string | undefined;
  readonly #target: Format;
  readonly #options: ConvertOptions;
  readonly #json: boolean;
  readonly #writer = new Writer();
  readonly #taken = new Set<string>();
  readonly #together: Conversion[] = [];

  constructor(
    out: string | undefined,
    target: Format,
    options: ConvertOptions,
    inputs: number,
    json: boolean,
  ) {
    const isFile = out !== undefined && target.extensions.some((ending) => out.endsWith(ending));
    if (isFile && inputs > 1 && !holdsMany(target, options)) {
      throw new UsageError(
        `A file of this kind holds one rule, and there are ${inputs} inputs; name a folder with --out.`,
      );
    }
    this.folder = out !== undefined && !isFile ? out : undefined;
    this.#file = isFile ? out : undefined;
    this.#target = target;
    this.#options = options;
    this.#json = json;
  }

  /** Writes what a file came to, or keeps it for the end, and says where each of its rules will stand. */
  take(input: InputFile, conversion: Conversion): readonly (string | undefined)[] {
    if (this.folder === undefined) {
      // With --json the texts go out rule by rule.
      if (this.#file !== undefined || !this.#json) this.#together.push(conversion);
      return conversion.rules.map((rule) => (rule.text === '' ? undefined : this.#file));
    }
    const written = conversion.rules.filter((rule) => rule.text !== '');
    if (written.length === 0) return [];
    if (written.length === 1 || holdsMany(this.#target, this.#options)) {
      const path = this.#place(input.below, '');
      this.#writer.write(path, conversion.text);
      return conversion.rules.map((rule) => (rule.text === '' ? undefined : path));
    }
    const places = conversion.rules.map((rule, index) =>
      rule.text === '' ? undefined : this.#place(input.below, `.${index + 1}`),
    );
    places.forEach((path, index) => {
      if (path !== undefined) this.#writer.write(path, conversion.rules[index]!.text);
    });
    return places;
  }

  /** Writes what was kept for the end, and waits for all that is under way. Gives what could not be written. */
  async finish(): Promise<readonly Unwritten[]> {
    if (this.#file !== undefined) this.#writer.write(this.#file, this.#allTogether());
    else if (this.folder === undefined && !this.#json) process.stdout.write(this.#allTogether());
    return this.#writer.end();
  }

  /** A path that no other input has; of two inputs of one name but for their endings, the later one is counted. */
  #place(below: string, suffix: string): string {
    const [ending = ''] = this.#target.extensions;
    const stem = join(this.folder!, below.replace(/\.[^./\\]+$/, ''));
    let path = `${stem}${suffix}${ending}`;
    for (let count = 2; this.#taken.has(path); count += 1) path = `${stem}${suffix}-${count}${ending}`;
    this.#taken.add(path);
    return path;
  }

  #allTogether(): string {
    const [only, ...more] = this.#together;
    if (only !== undefined && more.length === 0) return only.text;
    const rules = this.#together.flatMap((conversion) => conversion.rules);
    if (!holdsMany(this.#target, this.#options)) return texts(rules).join('\n');
    const written = rules.flatMap((rule): readonly Rule[] => rule.written);
    const { shape, carry } = this.#options;
    const options = { ...(shape !== undefined && { shape }), ...(carry !== undefined && { carry }) };
    const filters = this.#together.flatMap(({ companions }) => companions.filters);
    const rest = this.#together.flatMap(({ companions }) => companions.rest);
    const outcome = write({ rules: written, filters, rest }, { format: this.#target.id, ...options });
    return outcome.ok ? outcome.value : texts(rules).join('\n');
  }
}

function texts(rules: readonly ConvertedRule[]): readonly string[] {
  return rules.map((rule) => rule.text).filter((text) => text !== '');
}

function holdsMany({ id }: Format, { shape }: ConvertOptions): boolean {
  return id !== 'elastic' && shape !== 'asset';
}
