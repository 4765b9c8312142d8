import type { Scalar } from '../match/event.ts';
import { momentOf } from '../match/value.ts';
import { printNetwork, readNetwork } from '../query/network.ts';

/** How many values beside one are tried. */
const mostTried = 60;
/** Longer texts are cut or added to, and not spelled otherwise. */
const mostLetters = 5000;

/** Values that are near to one, the nearest first: a letter is another, a number is one more or one less. */
export function* near(value: Scalar, ends: readonly Scalar[] = []): Generator<Scalar> {
  if (typeof value === 'boolean') yield !value;
  else if (typeof value === 'number') yield* nearNumber(value, ends);
  else {
    yield* nearAddress(value);
    if (/^-?\d+$/.test(value) && Number.isSafeInteger(Number(value)))
      for (const number of nearNumber(Number(value), [])) yield String(number);
    const moment = /^\d{4}-\d\d-\d\d/.test(value) ? momentOf(value) : undefined;
    if (moment !== undefined) for (const step of [-1000, 1000]) yield new Date(moment + step).toISOString();
    yield* nearText(value);
  }
}

function* nearNumber(value: number, ends: readonly Scalar[]): Generator<number> {
  const numbers = ends.filter((end) => typeof end === 'number').flatMap((end) => [end, end - 1, end + 1]);
  const all = [value - 1, value + 1, ...numbers].filter((number) => number !== value);
  const isCounted = value >= 0 && Number.isInteger(value);
  const distance = (number: number) => Math.abs(number - value) + (isCounted && number < 0 ? 1e9 : 0);
  yield* [...new Set(all)].sort((a, b) => distance(a) - distance(b)).slice(0, mostTried);
}

function* nearAddress(value: string): Generator<string> {
  const network = /^[\d.]+$|:/.test(value) ? readNetwork(value) : undefined;
  if (network === undefined || value.includes('/')) return;
  const { version, address } = network;
  const bits = version === 6 ? 128 : 32;
  // Beside it, and just beyond each network that it stands in.
  for (let free = 0; free < bits; free += 1) {
    const first = (address >> BigInt(free)) << BigInt(free);
    for (const other of [first - 1n, first + (1n << BigInt(free))]) {
      if (other < 0n || other >= 1n << BigInt(bits)) continue;
      yield printNetwork({ version, address: other, prefix: bits }).replace(/\/\d+$/, '');
    }
  }
}

/** One letter is another: the last of a name before its ending, then those before it, then those behind. */
function* nearText(value: string): Generator<string> {
  if (value.length > mostLetters) {
    yield value.slice(0, -1);
    yield `${value}x`;
    return;
  }
  const letters = [...value];
  const ending = /\.\w{1,4}$/.exec(value);
  const from = ending ? [...value.slice(0, ending.index)].length - 1 : letters.length - 1;
  const places = letters.map((_, at) => at).sort((a, b) => distanceOf(a, from) - distanceOf(b, from));
  const isLetter = (at: number) => /[\p{L}\p{N}]/u.test(letters[at]!);
  const best = [...places.filter(isLetter), ...places.filter((at) => !isLetter(at))].slice(0, mostTried);
  for (const at of best) yield letters.with(at, otherThan(letters[at]!)).join('');
  for (const at of best.slice(0, 8)) yield letters.toSpliced(at, 1).join('');
  yield `${value}x`;
}

function distanceOf(at: number, from: number): number {
  return at <= from ? from - at : from + at;
}

function otherThan(letter: string): string {
  if (/\d/.test(letter)) return letter === '9' ? '0' : String(Number(letter) + 1);
  return /x/i.test(letter) ? 'y' : 'x';
}
