import { isMany, isPattern, many, pattern } from '../../query/pattern.ts';
import { equals, type ValueChange } from './change.ts';

/** `process.args: x` → `CommandLine|contains: x`: a piece of the command line, somewhere in the whole. */
export const pieces: ValueChange<'arguments'> = {
  toEcs: () => undefined,

  toSigma(value, to) {
    if (!isPattern(value)) return undefined;
    const from = isMany(value[0]) ? 1 : 0;
    const end = value.length > 1 && isMany(value.at(-1)) ? value.length - 1 : value.length;
    const core = value.slice(from, end);
    return { test: equals(to, pattern([many, ...core, many])), effect: 'broader' };
  },

  // How a line is cut depends on who cuts it.
  valueToEcs: () => undefined,

  valueToSigma: (held) => pattern([many, String(held), many]),

  between: ' ',
};
