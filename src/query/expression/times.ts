import type { Repeat } from './expression.ts';
import type { Reader } from './reader.ts';

/** How often a repeat may be repeated. */
export const mostRepeats = 30;

export type Times = Pick<Repeat, 'least' | 'most'>;

const counted = /\{(\d{1,9})(,(\d{1,9})?)?\}/y;

/** `?`, `*`, `+`, `{2,5}`: how many times over; undefined where nothing of this stands. */
export function readTimes(reader: Reader): Times | undefined {
  if (reader.accept('?')) return { least: 0, most: 1 };
  if (reader.accept('*')) return { least: 0 };
  if (reader.accept('+')) return { least: 1 };
  const found = reader.match(counted);
  if (!found) return undefined;
  const least = Number(found[1]);
  if (found[2] !== undefined && found[3] === undefined) return { least };
  const most = found[3] === undefined ? least : Number(found[3]);
  return most < least ? reader.fail('the lesser number first') : { least, most };
}
