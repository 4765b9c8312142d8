/** How often a line is written where none can be written over, in milliseconds. */
const seldom = 15_000;
const often = 200;

/**
 * How far a run has come: on a terminal a line that is written over, elsewhere one now and then, so that a run of minutes
 * can be told from one that hangs.
 */
export class Pace {
  readonly #isQuiet: boolean;
  readonly #isTerminal = process.stderr.isTTY === true;
  readonly #started = performance.now();
  #told = performance.now();
  #isShown = false;

  constructor(isQuiet: boolean) {
    this.#isQuiet = isQuiet;
  }

  tell(done: number, total: number): void {
    const now = performance.now();
    if (this.#isQuiet || total < 50 || now - this.#told < (this.#isTerminal ? often : seldom)) return;
    this.#told = now;
    const rate = done / ((now - this.#started) / 1000);
    const line = `${done} of ${total} files, ${rate.toFixed(0)} a second, ${timeOf((total - done) / rate)} left`;
    process.stderr.write(this.#isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    this.#isShown = this.#isTerminal;
  }

  /** Makes room for something else. */
  clear(): void {
    if (this.#isShown) process.stderr.write('\r\u001b[K');
    this.#isShown = false;
  }
}

function timeOf(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.ceil(seconds % 60)} s`;
}
