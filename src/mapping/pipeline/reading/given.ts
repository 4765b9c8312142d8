import { attempt, Failure } from '../../../diagnostic/attempt.ts';
import type { Diagnostic } from '../../../diagnostic/diagnostic.ts';
import type { Entry, MapNode, Node } from '../../../languages/sigma/node.ts';
import { nearest } from '../../../source/near.ts';
import type { Span } from '../../../source/source.ts';

/** Takes a value of one kind out of the text, or fails at its place. */
export type Reader<T> = (node: Node) => T;

/** A mistake in a pipeline, at its place. */
export function mistake(what: string, { start, end }: Span): Failure {
  const message = `${shortened(what)}; the pipeline was not loaded.`;
  return new Failure({ code: 'mapping/bad-pipeline', message, span: { start, end } });
}

const longest = 300;

/** As much of a text that a pipeline says as a message can bear. */
export function shortened(text: string, most = longest): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The name that was probably meant, as the end of a message. */
export function hint(name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
}

/** A map that is read key by key, and what nobody asked for: a mistake. */
export class Given {
  readonly span: Span;
  readonly #what: string;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #asked = new Set<string>();

  /** `what` names the map in messages: `A pipeline`, `"add_condition"`. */
  constructor(map: MapNode, what: string) {
    this.span = map.span;
    this.#what = what;
    this.#entries = new Map(map.entries.map((entry) => [entry.key, entry]));
  }

  has(key: string): boolean {
    this.#asked.add(key);
    return this.#entries.has(key);
  }

  /** The place of a key. */
  at(key: string): Span {
    return this.#entries.get(key)?.keyNode.span ?? this.span;
  }

  need<T>(key: string, read: Reader<T>): T {
    this.#asked.add(key);
    const entry = this.#entries.get(key);
    if (entry) return read(entry.value);
    const misspelt = [...this.#entries.keys()].find((name) => nearest(name, [key]) !== undefined);
    if (misspelt !== undefined && !this.#asked.has(misspelt)) throw this.#unknown(misspelt);
    throw mistake(`${this.#what} needs "${key}"`, this.span);
  }

  may<T>(key: string, read: Reader<T>): T | undefined {
    this.#asked.add(key);
    const entry = this.#entries.get(key);
    return entry && read(entry.value);
  }

  /** Fails for each key that was not asked for. */
  finish(): void {
    const strange = [...this.#entries.keys()].filter((key) => !this.#asked.has(key));
    if (strange.length > 0) throw new Failure(strange.flatMap((key) => this.#unknown(key).diagnostics));
  }

  #unknown(key: string): Failure {
    return mistake(`${this.#what} has no "${key}"${hint(key, this.#asked)}`, this.at(key));
  }
}

/** Several works that may each fail, so that all mistakes are told at once. */
export class Faults {
  readonly #found: Diagnostic[] = [];

  /** What comes of a work; undefined where it failed. */
  in<T>(work: () => T): T | undefined {
    const outcome = attempt(work);
    if (outcome.ok) return outcome.value;
    for (const one of outcome.diagnostics) this.#found.push(one);
    return undefined;
  }

  /** Fails with all that failed. */
  tell(): void {
    if (this.#found.length > 0) throw new Failure(this.#found);
  }
}

/** What comes of every work, or all that failed in any. */
export function together<T>(works: readonly (() => T)[]): readonly T[] {
  const faults = new Faults();
  const made = works.map((work) => faults.in(() => [work()] as const));
  faults.tell();
  return made.flatMap((one) => one ?? []);
}
