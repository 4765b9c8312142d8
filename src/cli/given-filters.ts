import { concerned, type RuleFilter } from '../index.ts';
import type { FileConversion } from '../node/convert-files.ts';
import { tell } from './terminal.ts';

/** The filters that `--filter` names: one that no rule of the run is meant by is told of, as it did nothing. */
export class GivenFilters {
  readonly #given: readonly RuleFilter[];
  readonly #used = new Set<RuleFilter>();

  constructor(given: readonly RuleFilter[]) {
    this.#given = given;
  }

  /** The same conversions, as they come by. */
  *meeting(conversions: Iterable<FileConversion>): Generator<FileConversion> {
    for (const conversion of conversions) {
      const { outcome } = conversion;
      if (this.#given.length > 0 && outcome.ok) {
        const rules = outcome.value.rules.map(({ rule }) => rule);
        for (const one of concerned({ rules, filters: [] }, this.#given).keys()) this.#used.add(one);
      }
      yield conversion;
    }
  }

  tellUnused(): void {
    for (const { place = '', body } of this.#given.filter((one) => !this.#used.has(one))) {
      const message = `The filter "${String(body['title'] ?? '')}" is for no rule that was read; it did nothing.`;
      const found = { code: 'convert/alone', level: 'warning', message, path: place } as const;
      tell(found, '');
    }
  }
}
