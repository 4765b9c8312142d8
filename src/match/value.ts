import type { FieldType } from '../query/facts.ts';
import { readNetwork } from '../query/network.ts';
import type { Scalar } from './event.ts';

/** The number that a value is, or stands for. */
export function numberOf(value: Scalar): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(value))
    return undefined;
  return Number(value);
}

const day =
  /^\d{4}-\d{2}(?:-\d{2}(?:T\d{2}(?::\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?:Z|[-+]\d{2}:?\d{2})?)?)?$/;

/** The moment that a text of ISO 8601 names, in milliseconds since 1970 and UTC. */
export function momentOf(value: Scalar): number | undefined {
  if (typeof value !== 'string' || !day.test(value)) return undefined;
  const hasZone = /(?:Z|T.*[-+]\d{2}:?\d{2})$/.test(value) || !value.includes('T');
  const moment = Date.parse(hasZone ? value : `${value}Z`);
  return Number.isNaN(moment) ? undefined : moment;
}

/** Whether two values are the same address in different spellings. */
export function sameAddress(a: string, b: string): boolean {
  const [left, right] = [readNetwork(a), readNetwork(b)];
  return left !== undefined && right !== undefined && left.address === right.address;
}

/**
 * What tells two values apart: as numbers, moments, versions, or as texts by their code points. Negative if `a` is
 * less; undefined for values that have no order.
 */
export function order(a: Scalar, b: Scalar, type?: FieldType): number | undefined {
  if (type === 'version') return versionOrder(String(a), String(b));
  if (type === 'date') return difference(dateOf(a), dateOf(b));
  const told = difference(numberOf(a), numberOf(b)) ?? difference(momentOf(a), momentOf(b));
  if (told !== undefined) return told;
  return typeof a === 'string' && typeof b === 'string' ? textOrder(a, b) : undefined;
}

function difference(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

/** A date may also be said in milliseconds. */
export function dateOf(value: Scalar): number | undefined {
  return momentOf(value) ?? numberOf(value);
}

function textOrder(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

const version = /^(\d+(?:\.\d+)*)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/;

/** As Elasticsearch keeps versions: numbers part by part, one that is not yet released before it, no version last. */
function versionOrder(a: string, b: string): number {
  const [left, right] = [version.exec(a), version.exec(b)];
  if (left === null || right === null) {
    return left === right ? textOrder(a, b) : left === null ? 1 : -1;
  }
  const [one, other] = [left[1]!.split('.').map(Number), right[1]!.split('.').map(Number)];
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    if (one[at] !== other[at]) return (one[at] ?? -1) - (other[at] ?? -1);
  }
  if (left[2] === right[2]) return 0;
  if (left[2] === undefined || right[2] === undefined) return left[2] === undefined ? 1 : -1;
  return textOrder(left[2], right[2]);
}
