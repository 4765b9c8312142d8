import { type Conversion, type ConvertedRule, type ConvertOptions, formats, type InParts } from '../index.ts';
import { textsOf } from './outputs.ts';

/** One text of rules that come one after the other. */
export class Composed {
  readonly #parts: InParts | undefined;
  /** How many texts it has so far. */
  #count = 0;

  /** `foreign`: the rules stood in files of another format. */
  constructor({ to, shape, carry, stack }: ConvertOptions, foreign?: boolean) {
    const target = formats.find(({ id }) => id === to);
    this.#parts = target?.inParts?.({
      ...(shape !== undefined && { shape }),
      ...(carry !== undefined && { carry }),
      ...(stack !== undefined && { stack }),
      ...(foreign !== undefined && { foreign }),
    });
  }

  get count(): number {
    return this.#count;
  }

  /** What these rules add to it. */
  rules(rules: readonly ConvertedRule[]): string {
    const texts = textsOf(rules);
    const before = this.#count === 0 ? '' : '\n';
    this.#count += texts.length;
    if (texts.length === 0) return '';
    if (this.#parts === undefined) return `${before}${texts.join('\n')}`;
    const outcome = this.#parts.rules(rules.flatMap(({ written }) => written));
    return outcome.ok ? outcome.value : `${before}${texts.join('\n')}`;
  }

  /** What stands behind all of them; nothing where there is nothing else. */
  end({ filters, rest }: Conversion['companions']): string {
    if (this.#parts === undefined || this.#count + filters.length === 0) return '';
    const outcome = this.#parts.end({ filters, rest });
    return outcome.ok ? outcome.value : '';
  }
}
