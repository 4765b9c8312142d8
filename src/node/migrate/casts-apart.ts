import { Worker } from 'node:worker_threads';

import type { Conversion, ConvertOptions, Outcome } from '../../index.ts';
import type { CastingRun } from '../casting-run.ts';
import type { FileConversion } from '../file-conversion.ts';
import { type InputFile, readText } from '../files.ts';
import { type Casts, castsHere } from './casts.ts';

export interface Asked {
  readonly number: number;
  readonly text: string;
  readonly today?: string;
}

export interface Answered {
  readonly number: number;
  readonly outcome: Outcome<Conversion>;
}

interface Waiting {
  readonly text: string;
  readonly options: ConvertOptions;
  readonly outcome: Promise<Outcome<Conversion>>;
}

/** So many are handed to a thread before it answers, so that it never waits. */
const ahead = 4;
/** So much may lie ready that nobody has asked for. */
const most = 256;

/** Casts in several threads, each when one is free, and hands out in order. What takes the rest of the run is cast here. */
export class CastsApart implements Casts {
  readonly #run: CastingRun;
  readonly #here: Casts;
  readonly #threads: readonly Worker[];
  /** What is to be begun, the next one last. */
  readonly #todo: InputFile[];
  readonly #todayOf: (file: InputFile) => string | undefined;
  readonly #waiting = new Map<string, Waiting>();
  readonly #answers = new Map<number, (outcome: Outcome<Conversion> | Error) => void>();
  readonly #idle: Worker[] = [];
  #count = 0;

  constructor(
    run: CastingRun,
    files: readonly InputFile[],
    todayOf: (file: InputFile) => string | undefined,
    threads: number,
  ) {
    this.#run = run;
    this.#here = castsHere(run);
    this.#todo = files.filter((file) => !run.looksAround(file)).reverse();
    this.#todayOf = todayOf;
    const url = new URL('./casting-thread.js', import.meta.url);
    this.#threads = Array.from({ length: threads }, () => {
      const thread = new Worker(url, { workerData: run.shared });
      thread.on('message', ({ number, outcome }: Answered) => {
        this.#answered(number, outcome);
        this.#begin(thread);
      });
      // A fault of ours comes to light where the file is cast once more.
      thread.on('error', (error) => {
        for (const number of [...this.#answers.keys()]) this.#answered(number, error as Error);
        this.#todo.length = 0;
      });
      return thread;
    });
    for (let round = 0; round < ahead; round += 1) for (const thread of this.#threads) this.#begin(thread);
  }

  async next(file: InputFile, today: string | undefined): Promise<FileConversion> {
    const waiting = this.#waiting.get(file.path);
    if (waiting === undefined) {
      const at = this.#todo.indexOf(file);
      if (at >= 0) this.#todo.splice(at, 1);
      return this.#here.next(file, today);
    }
    this.#waiting.delete(file.path);
    const idle = this.#idle.pop();
    if (idle) this.#begin(idle);
    try {
      return this.#run.settle(file, waiting.text, await waiting.outcome, waiting.options);
    } catch {
      return this.#here.next(file, today);
    }
  }

  end(): void {
    for (const thread of this.#threads) void thread.terminate();
  }

  #begin(thread: Worker): void {
    if (this.#waiting.size >= most) {
      this.#idle.push(thread);
      return;
    }
    const file = this.#todo.pop();
    if (file === undefined) return;
    const source = readText(file.path);
    if (!source.ok) {
      this.#begin(thread);
      return;
    }
    const today = this.#todayOf(file);
    const number = this.#count++;
    const outcome = new Promise<Outcome<Conversion>>((resolve, reject) => {
      this.#answers.set(number, (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
    });
    outcome.catch(() => {}); // Told where it is asked for.
    const options = { ...this.#run.shared, ...(today !== undefined && { today }) };
    this.#waiting.set(file.path, { text: source.text, options, outcome });
    const asked: Asked = { number, text: source.text, ...(today !== undefined && { today }) };
    thread.postMessage(asked);
  }

  #answered(number: number, outcome: Outcome<Conversion> | Error): void {
    this.#answers.get(number)?.(outcome);
    this.#answers.delete(number);
  }
}
