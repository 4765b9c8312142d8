import { isPattern, plainText } from '../../query/pattern.ts';
import { equals, placed, type ValueChange } from './change.ts';

/**
 * Nothing at all: an event log writes `''` or `-`, where ECS leaves the field out, or keeps some of these. A field that is
 * left out may as well be one that the event never has.
 */
export const empty: ValueChange<'empty'> = {
  toEcs(value, to, { keeps }) {
    const text = isPattern(value) ? plainText(value) : undefined;
    if (text === undefined || !nothings.includes(text)) return undefined;
    const test = keeps?.includes(text) ? equals(to, [text], null) : equals(to, null);
    return { test, effect: 'broader' };
  },

  toSigma(value, to, { keeps }) {
    if (value !== null) return undefined;
    return { test: equals(to, null, ...leftOut({ keeps }).map((text) => [text])) };
  },

  valueToEcs(held, field, { keeps }) {
    return typeof held === 'string' && leftOut({ keeps }).includes(held) ? placed(field, null) : undefined;
  },

  valueToSigma: () => undefined,
};

/** What a log writes for nothing. */
export const nothings: readonly string[] = ['', '-'];

/** What of it ECS leaves out. */
export function leftOut({ keeps }: { readonly keeps?: readonly string[] | undefined }): readonly string[] {
  return nothings.filter((text) => !keeps?.includes(text));
}
