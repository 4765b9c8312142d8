import { digestOf } from './digest.ts';
import type { Standing } from './disk.ts';

/** What is known of a target. */
export interface Known {
  /** What stands there. */
  readonly ours: Standing;
  /** What was taken over from the source last. */
  readonly base?: string;
  /** What the source says now. */
  readonly theirs: string;
  /** Of what was written last, where there is no copy of it. */
  readonly digest?: string;
}

/** What is to be done about it. Only `write` changes what stands there. */
export type Decision =
  | { readonly does: 'write'; readonly state: 'written' | 'updated' | 'restored' }
  | { readonly does: 'leave'; readonly state: 'same' | 'taken' | 'adopted' | 'kept' | 'deleted' }
  | { readonly does: 'refuse'; readonly what: string }
  | { readonly does: 'weigh'; readonly ours: string; readonly base?: string };

/** Nothing that anybody else wrote is ever written over. */
export function decide({ ours, base, theirs, digest }: Known, restores: boolean): Decision {
  const isOurs = base !== undefined || digest !== undefined;
  if (ours.kind === 'nothing') {
    if (!isOurs) return { does: 'write', state: 'written' };
    return restores ? { does: 'write', state: 'restored' } : { does: 'leave', state: 'deleted' };
  }
  if (ours.kind === 'other') return { does: 'refuse', what: ours.what };
  const { text } = ours;
  const known = base ?? (digest === digestOf(text) ? text : undefined);
  if (text === theirs) {
    if (!isOurs) return { does: 'leave', state: 'adopted' };
    return { does: 'leave', state: known === theirs ? 'same' : 'taken' };
  }
  if (!isOurs) return { does: 'refuse', what: 'another file' };
  if (known === text) return { does: 'write', state: 'updated' };
  if (known === theirs) return { does: 'leave', state: 'kept' };
  return { does: 'weigh', ours: text, ...(known !== undefined && { base: known }) };
}
