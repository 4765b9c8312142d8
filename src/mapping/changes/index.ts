import type { Scalar } from '../../query/event.ts';
import type { Value } from '../../query/query.ts';
import type { Change } from '../table.ts';
import { account } from './account.ts';
import { pieces } from './arguments.ts';
import {
  asValue,
  equals,
  type Held,
  type Placed,
  placed,
  type Renamed,
  type Target,
  type ValueChange,
} from './change.ts';
import { directory } from './directory.ts';
import { empty } from './empty.ts';
import { entries } from './entries.ts';
import { extension } from './extension.ts';
import { fileName } from './file-name.ts';
import { hash } from './hash.ts';
import { hexadecimal } from './hexadecimal.ts';
import { mailbox } from './mailbox.ts';
import { number } from './number.ts';
import { otherwise } from './otherwise.ts';
import { prefix } from './prefix.ts';
import { presence } from './presence.ts';
import { registryNumber } from './registry-number.ts';
import { registryHive, registryKey, registryPath } from './registry-path.ts';
import { words } from './words.ts';

/** Every change that a row of the tables may name. */
export const changes = {
  'file-name': fileName,
  extension,
  directory,
  arguments: pieces,
  account,
  hash,
  words,
  number,
  prefix,
  presence,
  mailbox,
  otherwise,
  entries,
  empty,
  hexadecimal,
  'registry-path': registryPath,
  'registry-key': registryKey,
  'registry-hive': registryHive,
  'registry-number': registryNumber,
} as const satisfies { [Kind in Change['kind']]: ValueChange<Kind> };

/** A value under another name, by a row's change or as it is. */
export function changeValue(
  value: Value,
  to: Target,
  change: Change | undefined,
  direction: 'toEcs' | 'toSigma',
): Renamed | undefined {
  if (value === null && direction === 'toEcs' && isPiece(change)) return undefined;
  if (change === undefined || (value === null && !asksForNothing(change, direction))) {
    return { test: equals(to, value) };
  }
  const rule = changes[change.kind][direction] as (
    value: Value,
    to: Target,
    change: Change,
  ) => Renamed | undefined;
  return rule(value, to, change);
}

/** What the fields of ECS hold in an event, by a row's change or as it is; undefined where it has no words for the value. */
export function valueToEcs(
  held: Held,
  field: string,
  change: Change | undefined,
): readonly Placed[] | undefined {
  if (change === undefined) return placed(field, held);
  const move = changes[change.kind].valueToEcs as (
    held: Held,
    field: string,
    change: Change,
  ) => readonly Placed[] | undefined;
  return move(held, field, change);
}

/** What Sigma's field holds in an event, with wildcards for what is not told of it. */
export function valueToSigma(held: Scalar, field: string, change: Change | undefined): Value | undefined {
  if (change === undefined) return asValue(held);
  const move = changes[change.kind].valueToSigma as (
    held: Scalar,
    field: string,
    change: Change,
  ) => Value | undefined;
  return move(held, field, change);
}

/** No piece is not nothing at all: a path may have no name, and hashes may be of other algorithms. */
function isPiece(change: Change | undefined): boolean {
  return (
    change?.kind === 'mailbox' ||
    change?.kind === 'hash' ||
    change?.kind === 'file-name' ||
    change?.kind === 'extension'
  );
}

/** Whether a change has words of its own for an absent field. */
function asksForNothing(change: Change, direction: 'toEcs' | 'toSigma'): boolean {
  if (direction === 'toEcs') return change.kind === 'presence' || change.kind === 'otherwise';
  return change.kind === 'presence' || change.kind === 'empty' || change.kind === 'hash';
}
