import type { Conversion, ConvertOptions } from '../index.ts';
import { Composed } from './composed.ts';
import { eachOnce } from './outputs.ts';

/**
 * The one text that the files of a run come to, as they come. A file that is alone in its run has its own; of several,
 * what stands beside the rules comes behind the rules of all.
 */
export class GrowingText {
  readonly #composed: Composed;
  readonly #isAlone: boolean;
  readonly #put: (text: string) => void;
  readonly #beside: Conversion['companions'][] = [];
  #count = 0;

  constructor(options: ConvertOptions, isAlone: boolean, put: (text: string) => void) {
    this.#composed = new Composed(options);
    this.#isAlone = isAlone;
    this.#put = put;
  }

  /** How many rules stand in it. */
  get count(): number {
    return this.#count;
  }

  take({ text, rules, companions }: Conversion): void {
    this.#count += rules.filter((rule) => rule.text !== '').length;
    if (this.#isAlone) {
      this.#put(text);
      return;
    }
    this.#put(this.#composed.rules(rules));
    if (companions.filters.length + companions.rest.length > 0) this.#beside.push(companions);
  }

  end(): void {
    if (this.#isAlone) return;
    const filters = eachOnce(this.#beside.flatMap((one) => one.filters));
    this.#put(this.#composed.end({ filters, rest: this.#beside.flatMap(({ rest }) => rest) }));
  }
}
