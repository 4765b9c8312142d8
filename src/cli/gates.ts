import { existsSync } from 'node:fs';

import {
  type Baseline,
  baselineGate,
  type ConvertOptions,
  type Fidelity,
  type Gate,
  type Graded,
  goneSince,
  type MaxLoss,
  maxLossGate,
  nearest,
  passing,
  printBaseline,
  readBaseline,
} from '../index.ts';
import { readText } from '../node/files.ts';
import { loaded, UsageError } from './usage.ts';

export interface GateFlags {
  readonly maxLoss?: string | undefined;
  readonly baseline?: string | undefined;
  readonly updateBaseline: boolean;
}

/** What a run must hold to, beside that rules are written. */
export class Gates {
  readonly #most: MaxLoss | undefined;
  readonly #path: string | undefined;
  readonly #baseline: Baseline | undefined;
  readonly #to: ConvertOptions['to'];

  constructor({ maxLoss, baseline, updateBaseline }: GateFlags, { to }: ConvertOptions) {
    if (updateBaseline && baseline === undefined) {
      throw new UsageError('--update-baseline writes the file that --baseline names; name one.');
    }
    this.#most = maxLoss === undefined ? undefined : maxLossOf(maxLoss);
    this.#path = baseline;
    this.#to = to;
    if (baseline !== undefined && !updateBaseline) this.#baseline = knownLosses(baseline, to);
  }

  /** Whether losses have to be counted at all. */
  get areThere(): boolean {
    return this.#most !== undefined || this.#path !== undefined;
  }

  /** Rules that were not written are known losses, too: the baseline says whether they fail the run. */
  get knowsRefusals(): boolean {
    return this.#path !== undefined;
  }

  asked(rules: readonly Graded[]): readonly Gate[] {
    const baseline =
      this.#baseline === undefined ? [] : [baselineGate(`--baseline ${this.#path}`, rules, this.#baseline)];
    return [...(this.#most === undefined ? [] : [maxLossGate(this.#most, rules)]), ...baseline];
  }

  /** The file to write, where the baseline is to be brought up to date. */
  update(rules: readonly Graded[]): { readonly path: string; readonly text: string } | undefined {
    if (this.#path === undefined || this.#baseline !== undefined) return undefined;
    return { path: this.#path, text: printBaseline(this.#to, rules) };
  }

  /** How many known losses are no more. */
  gone(rules: readonly Graded[]): number {
    return this.#baseline === undefined ? 0 : goneSince(rules, this.#baseline);
  }
}

export function maxLossOf(word: string): MaxLoss {
  if (/^\d+$/.test(word)) return Number(word);
  const grade = passing.find((one) => one === word);
  if (grade !== undefined) return grade satisfies Fidelity;
  const meant = nearest(word, passing);
  throw new UsageError(
    `--max-loss knows numbers and the grades ${passing.join(', ')}, and not "${word}".${meant ? ` Did you mean ${meant}?` : ''}`,
  );
}

function knownLosses(path: string, to: string): Baseline {
  if (!existsSync(path)) {
    throw new UsageError(`There is no baseline at ${path}; --update-baseline writes one.`);
  }
  const file = readText(path);
  if (!file.ok) throw new UsageError(`${path}: ${file.message}`);
  const baseline = loaded(readBaseline(file.text), path);
  if (baseline.to !== to) {
    throw new UsageError(
      `The baseline at ${path} is of rules written --to ${baseline.to}, and not --to ${to}.`,
    );
  }
  return baseline;
}
