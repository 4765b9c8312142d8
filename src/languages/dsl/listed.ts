import type { ListEntry } from './entry.ts';

/** That a value stands in a list of the site, without the operator, which the tree tells. */
export type Listed = Pick<ListEntry, 'field' | 'list'>;

/** As the tree keeps it: text of this language alone. */
export function printListed({ field, list: { id, type } }: Listed): string {
  return JSON.stringify({ field, list: { id, type } });
}

/** The way back; undefined for any other text. */
export function readListed(text: string): Listed | undefined {
  const { field, list } = asObject(readJson(text));
  const { id, type } = asObject(list);
  if (typeof field !== 'string' || typeof id !== 'string' || typeof type !== 'string') return undefined;
  return { field, list: { id, type } };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
