import { not } from '../../query/build.ts';
import { isAnything, isPattern, many, pattern, plainText } from '../../query/pattern.ts';
import type { Change } from '../table.ts';
import {
  beginning,
  ending,
  equals,
  middle,
  placed,
  type Renamed,
  type Target,
  type ValueChange,
} from './change.ts';

type Algorithm = Extract<Change, { kind: 'hash' }>['algorithm'];

/** `Hashes|contains: SHA256=…` ↔ `process.hash.sha256: …`: one of several in a text, and a field of its own. */
export const hash: ValueChange<'hash'> = {
  toEcs(value, to, { algorithm }) {
    if (!isPattern(value)) return undefined;
    // What the text ends with is whole; what it may go on after need not be.
    const whole = plainText(value) ?? ending(value);
    const text = whole ?? middle(value) ?? beginning(value);
    if (text === undefined) return undefined;
    const parts = text.split(',').map(readDigest);
    if (!parts.every((part) => part !== undefined)) return undefined;
    const index = parts.findIndex((part) => part.algorithms.includes(algorithm));
    const found = parts[index];
    if (!found) return undefined;
    const isCut = whole === undefined && index === parts.length - 1;
    const others = parts.length > 1 ? ({ effect: 'broader' } as const) : undefined;
    return { ...testOf(found, isCut, algorithm, to), ...others };
  },

  toSigma(value, to, { algorithm }) {
    const held = equals(to, [many, `${algorithm}=`, many]);
    if (value === null) return { test: not(held) };
    if (!isPattern(value)) return undefined;
    if (isAnything(value)) return { test: held };
    const text = plainText(value) ?? beginning(value);
    // Digits of a hash have no case; products write it either way.
    return text === undefined
      ? undefined
      : { test: equals({ ...to, caseSensitive: false }, [many, `${algorithm}=${text}`, many]) };
  },

  valueToEcs(held, field, { algorithm }) {
    const parts = typeof held === 'string' ? held.split(',').map(readDigest) : [];
    const own = parts.find((part) => part?.algorithms.includes(algorithm));
    if (!own) return undefined;
    return placed(field, algorithm === 'IMPHASH' && /^0+$/.test(own.digits) ? null : own.digits);
  },

  valueToSigma: (held, _, { algorithm }) => pattern([many, `${algorithm}=${held}`, many]),

  between: ',',
};

const lengths = { MD5: 32, SHA1: 40, SHA256: 64, IMPHASH: 32 } as const satisfies Record<Algorithm, number>;
const algorithms = Object.keys(lengths) as readonly Algorithm[];

interface Digest {
  readonly digits: string;
  /** What it may be: as it says, or by its length. */
  readonly algorithms: readonly Algorithm[];
}

function readDigest(text: string): Digest | undefined {
  const [, name, digits] = /^(?:(\w+)=)?([0-9a-f]*)$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const isOne = (one: Algorithm) =>
    name === undefined ? lengths[one] === digits.length : one === name.toUpperCase();
  return { digits, algorithms: algorithms.filter(isOne) };
}

function testOf({ digits, algorithms }: Digest, isCut: boolean, algorithm: Algorithm, to: Target): Renamed {
  const isWhole = !isCut || digits.length === lengths[algorithm];
  // What imports nothing has noughts in Sysmon's words, and no field in ECS.
  if (isWhole && algorithm === 'IMPHASH' && /^0+$/.test(digits)) {
    return { test: equals(to, null), effect: 'broader' };
  }
  const test = equals(to, isWhole ? [digits] : pattern([digits, many]));
  return algorithms.length > 1 ? { test, effect: 'narrower' } : { test };
}
