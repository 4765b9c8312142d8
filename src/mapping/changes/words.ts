import { isPattern, plainText } from '../../query/pattern.ts';
import type { Value } from '../../query/query.ts';
import { asValue, equals, placed, type ValueChange } from './change.ts';

/** Words that correspond: `Initiated: 'true'` ↔ `network.direction: egress`. */
export const words: ValueChange<'words'> = {
  toEcs(value, to, change) {
    const text = textOf(value)?.toLowerCase();
    const words = Object.entries(change.words);
    const found = words.find(([sigma]) => sigma.toLowerCase() === text);
    if (!found) return change.closed ? undefined : { test: equals(to, value) };
    const isShared = !change.alike && words.filter(([, ecs]) => ecs === found[1]).length > 1;
    // Words of an enumeration have one spelling. One that stands for several of Sigma's says more than each.
    const test = equals({ ...to, caseSensitive: true }, asValue(found[1]));
    return { test, ...(isShared && { effect: 'broader' as const }) };
  },

  toSigma(value, to, change) {
    const text = textOf(value)?.toLowerCase();
    const found = Object.entries(change.words).filter(([, ecs]) => String(ecs).toLowerCase() === text);
    if (found.length === 0) return change.closed ? undefined : { test: equals(to, value) };
    const all = found.map(([word]) => sigmas(word));
    return { test: equals({ ...to, caseSensitive: false }, ...all) };
  },

  valueToEcs(held, field, change) {
    const text = String(held).toLowerCase();
    const found = Object.entries(change.words).find(([sigma]) => sigma.toLowerCase() === text);
    return placed(field, found ? found[1] : change.closed ? undefined : held);
  },

  valueToSigma(held, _, change) {
    const text = String(held).toLowerCase();
    const found = Object.entries(change.words).find(([, ecs]) => String(ecs).toLowerCase() === text);
    if (!found) return change.closed ? undefined : asValue(held);
    return sigmas(found[0]);
  },
};

/** A word of Sigma's; numbers are written as such. */
function sigmas(word: string): Value {
  return /^(?:0|[1-9]\d{0,14})$/.test(word) ? Number(word) : [word];
}

function textOf(value: Value): string | undefined {
  return isPattern(value) ? plainText(value) : String(value);
}
