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
  readonly #texts = new Map<string, string>();
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

  /** Keeps what a file came to, and says where each of its rules will stand. */
  take(input: InputFile, conversion: Conversion): readonly (string | undefined)[] {
    if (this.folder === undefined) {
      this.#together.push(conversion);
      return conversion.rules.map((rule) => (rule.text === '' ? undefined : this.#file));
    }
    if (holdsMany(this.#target, this.#options)) {
      if (conversion.text === '') return conversion.rules.map(() => undefined);
      const path = this.#place(input.below, '', conversion.text);
      return conversion.rules.map((rule) => (rule.text === '' ? undefined : path));
    }
    const many = conversion.rules.filter((rule) => rule.text !== '').length > 1;
    return conversion.rules.map((rule, index) =>
      rule.text === '' ? undefined : this.#place(input.below, many ? `.${index + 1}` : '', rule.text),
    );
  }

  /** Writes everything, now that all of it is known. */
  finish(toFile: (path: string, text: string) => void, toOutput: (text: string) => void): void {
    for (const [path, text] of this.#texts) toFile(path, text);
    if (this.folder !== undefined) return;
    const text = this.#allTogether();
    if (this.#file !== undefined) toFile(this.#file, text);
    else if (!this.#json) toOutput(text);
  }

  #place(below: string, suffix: string, text: string): string {
    const [ending = ''] = this.#target.extensions;
    const stem = join(this.folder!, below.replace(/\.[^./\\]+$/, ''));
    let path = `${stem}${suffix}${ending}`;
    // Two inputs of one name but for their endings: the later one says which it was.
    for (let count = 2; this.#texts.has(path); count += 1) path = `${stem}${suffix}-${count}${ending}`;
    this.#texts.set(path, text);
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
    const outcome = write({ rules: written, filters: [], rest: [] }, { format: this.#target.id, ...options });
    return outcome.ok ? outcome.value : texts(rules).join('\n');
  }
}

function texts(rules: readonly ConvertedRule[]): readonly string[] {
  return rules.map((rule) => rule.text).filter((text) => text !== '');
}

function holdsMany({ id }: Format, { shape }: ConvertOptions): boolean {
  return id !== 'elastic' && shape !== 'asset';
}
