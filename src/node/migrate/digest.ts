import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Half of a SHA-256: enough to tell texts apart, short enough for a line each. */
export function digestOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** Undefined for a file that can not be read. */
export function digestOfFile(path: string): string | undefined {
  try {
    return digestOf(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** Of plain values, whatever the order of their keys. */
export function digestOfValue(value: unknown): string {
  return digestOf(JSON.stringify(value, plain) ?? '');
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  if (value instanceof Set) return [...value];
  if (value instanceof RegExp) return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
