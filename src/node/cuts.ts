/** A stretch of a file that begins with an object and ends before another one. */
export interface Cut {
  /** Its first byte in the file. */
  readonly start: number;
  readonly length: number;
  /** Absent for one object that is longer than is held. */
  readonly bytes?: Buffer;
  /** How many characters such an object takes, and how many lines. */
  readonly characters?: number;
  readonly lines?: number;
}

export interface CutOptions {
  /** The least that a cut holds, unless it is the last. */
  readonly size: number;
  /** What one object takes at most; what is longer is passed over, and its length is told. */
  readonly longest: number;
}

const [newline, opening, closing] = [10, 123, 125];

/**
 * Cuts a file of objects, one after the other, at lines that begin with one. The line before has to end with a brace,
 * as within an object no line does that another begins after; only where none of them does, the others are taken.
 */
export function* cuts(chunks: Iterable<Buffer>, { size, longest }: CutOptions): Generator<Cut> {
  let held = new Held(0);
  let solid: number | undefined;
  let isList: boolean | undefined;
  let atStart = true;
  const isEnough = () =>
    held.length >= size && (solid === closing || (!isList && held.length >= Math.max(2 * size, patience)));
  try {
    for (const chunk of chunks) {
      let from = 0;
      for (let at = 0; at < chunk.length; ) {
        if (atStart && chunk[at] === opening) {
          held.add(chunk.subarray(from, at));
          from = at;
          if (held.length > 0 && (held.isPassed || isEnough())) {
            yield held.cut();
            held = new Held(held.end);
          }
          held.begin();
        }
        const end = chunk.indexOf(newline, at);
        const until = end === -1 ? chunk.length : end;
        isList ??= beginsList(chunk.subarray(at, until));
        solid = lastSolid(chunk, at, until) ?? solid;
        atStart = end !== -1;
        at = until + 1;
      }
      held.add(chunk.subarray(from));
      if (!held.isPassed && held.lastLength > longest) {
        const [before, object] = held.apart();
        if (before.length > 0) yield before.cut();
        held = object;
      }
    }
  } catch (error) {
    if (held.length > 0) yield held.cut();
    throw error;
  }
  if (held.length > 0) yield held.cut();
}

/** How much is held at least before a line is taken for an object although none ended before it. */
const patience = 256 * 1024;

/** Whether a line begins a list; undefined for one that says nothing. */
function beginsList(line: Buffer): boolean | undefined {
  const [first] = line
    .toString('utf8', 0, 1000)
    .replace(/^\uFEFF/, '')
    .trimStart();
  return first === undefined ? undefined : first === '[';
}

/** The last byte of a stretch that is not blank. */
function lastSolid(bytes: Buffer, from: number, until: number): number | undefined {
  for (let at = until - 1; at >= from; at -= 1) if (!isBlank(bytes[at]!)) return bytes[at];
  return undefined;
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === newline || byte === 13 || byte === 9;
}

/** What has come since the last cut. */
class Held {
  readonly start: number;
  length = 0;
  /** Where its last object begins. */
  #last = 0;
  #parts: Buffer[] = [];
  /** Of an object that is passed over: its characters, those up to the last that is not blank, and its lines. */
  #passed: { all: number; solid: number; lines: number } | undefined;

  constructor(start: number) {
    this.start = start;
  }

  get end(): number {
    return this.start + this.length;
  }

  get isPassed(): boolean {
    return this.#passed !== undefined;
  }

  get lastLength(): number {
    return this.length - this.#last;
  }

  begin(): void {
    this.#last = this.length;
  }

  add(bytes: Buffer): void {
    this.length += bytes.length;
    if (this.#passed === undefined) {
      if (bytes.length > 0) this.#parts.push(bytes);
    } else {
      count(bytes, this.#passed);
    }
  }

  /** What stands before the last object, and the object, which is only counted from now on. */
  apart(): readonly [Held, Held] {
    const bytes = Buffer.concat(this.#parts);
    const [before, object] = [new Held(this.start), new Held(this.start + this.#last)];
    before.add(bytes.subarray(0, this.#last));
    object.#passed = { all: 0, solid: 0, lines: 0 };
    object.add(bytes.subarray(this.#last));
    return [before, object];
  }

  cut(): Cut {
    const { start, length } = this;
    if (this.#passed === undefined) return { start, length, bytes: Buffer.concat(this.#parts) };
    return { start, length, characters: this.#passed.solid, lines: this.#passed.lines };
  }
}

/** Characters as JavaScript counts them: those of four bytes are two, and all but the first byte of each are none. */
function count(bytes: Buffer, counts: { all: number; solid: number; lines: number }): void {
  for (const byte of bytes) {
    if ((byte & 0xc0) !== 0x80) counts.all += byte >= 0xf0 ? 2 : 1;
    if (byte === newline) counts.lines += 1;
    if (!isBlank(byte)) counts.solid = counts.all;
  }
}
