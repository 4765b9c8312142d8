import { isPattern, plainText } from '../../query/pattern.ts';
import type { Value } from '../../query/query.ts';
import { equals, type ValueChange } from './change.ts';

/** Words that correspond: `Initiated: 'true'` ↔ `network.direction: egress`. */
export const words: ValueChange<'words'> = {
  toEcs(value, to, change) {
    const text = textOf(value)?.toLowerCase();
    const found = Object.entries(change.words).find(([sigma]) => sigma.toLowerCase() === text);
    if (!found) return change.closed ? undefined : { test: equals(to, value) };
    // Words of an enumeration have one spelling.
    return { test: equals({ ...to, caseSensitive: true }, asValue(found[1])) };
  },

  toSigma(value, to, change) {
    const text = textOf(value)?.toLowerCase();
    const found = Object.entries(change.words).find(([, ecs]) => String(ecs).toLowerCase() === text);
    if (!found) return change.closed ? undefined : { test: equals(to, value) };
    return { test: equals({ ...to, caseSensitive: false }, [found[0]]) };
  },
};

function textOf(value: Value): string | undefined {
  return isPattern(value) ? plainText(value) : String(value);
}

function asValue(word: string | number | boolean): Value {
  return typeof word === 'string' ? [word] : word;
}
