import { isPattern, many } from '../../query/pattern.ts';
import type { Value } from '../../query/query.ts';
import { asValue, equals, middle, placed, type ValueChange } from './change.ts';

/**
 * An object as one text: Sigma has it as JSON, ECS as Java spells a map. `*"name":"x"*` ↔ `*name=x*`; text that has
 * signs of neither is the same in both.
 */
export const entries: ValueChange<'entries'> = {
  toEcs(value, to) {
    const found = /^"([\w.-]+)": ?"?([^"]*)"?$/.exec(innerOf(value) ?? '');
    if (found) return { test: equals(to, [many, `${found[1]}=${found[2]}`, many]) };
    return { test: equals(to, value), ...(has(value, signs) && { effect: 'approximate' as const }) };
  },

  toSigma(value, to) {
    const found = /^([\w.-]+)=([^=]*)$/.exec(innerOf(value) ?? '');
    if (!found) {
      return { test: equals(to, value), ...(has(value, signs) && { effect: 'approximate' as const }) };
    }
    const [, name, text] = found;
    // Text stands in quotes, and numbers and truth values do not.
    const spelt = text === '' ? [`"${name}":`] : [`"${name}":"${text}`, `"${name}":${text}`];
    return { test: equals(to, ...spelt.map((one): Value => [many, one, many])) };
  },

  valueToEcs(held, field) {
    if (typeof held !== 'string') return placed(field, held);
    return placed(field, held.replace(/"([\w.-]+)": ?(?:"([^"]*)"|(?=[^"]|$))/g, '$1=$2'));
  },

  valueToSigma(held) {
    if (typeof held !== 'string') return asValue(held);
    return [held.replace(/(?<![\w.-])([\w.-]+)=([^={},]*)(?=[,}]|$)/g, spelledAsJson)];
  },
};

function spelledAsJson(_: string, name: string, text: string): string {
  return /^(?:-?\d+|true|false|null)$/.test(text) ? `"${name}":${text}` : `"${name}":"${text}"`;
}

/** What the two spellings write around names and texts. */
const signs = /["=:{},[\]]/;

function innerOf(value: Value): string | undefined {
  return isPattern(value) ? middle(value) : undefined;
}

function has(value: Value, signs: RegExp): boolean {
  return isPattern(value) && value.some((part) => typeof part === 'string' && signs.test(part));
}
