import type { Code } from '../../diagnostic/codes.ts';
import { type Asked, isVerified, nameOf } from './asked.ts';

/** Why a field can not be asked in this way, as the beginning of a sentence; then what comes of it. */
export interface Complaint {
  readonly code: Code;
  readonly what: string;
  /** The whole search fails; what is asked never holds; nothing but what is said. */
  readonly end: 'fails' | 'never' | 'said';
  /** Only some of the values of a list are concerned. */
  readonly some?: true;
}

export function sentence({ what, end, some }: Complaint, asked: Asked): string {
  if (end === 'said') return `${what}.`;
  return `${what}, ${end === 'fails' ? failure(asked) : never(asked, some === true)}.`;
}

/** What comes of a query that Elasticsearch does not take. */
export function failure({ asks }: Asked): string {
  if (isVerified(asks)) return `so ${nameOf(asks)} refuses the whole query`;
  return 'so Elasticsearch refuses the search';
}

/** What comes of a test that nothing passes. */
export function never({ negated }: Asked, some = false): string {
  if (some) return 'so it is never found';
  return negated ? 'so its negation always holds' : 'so this test never holds';
}
