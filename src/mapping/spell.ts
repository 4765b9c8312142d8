import type { LogSourceKeys } from './table.ts';

/** A log source in one word: `process_creation/windows`. */
export function nameOf({ category, product, service }: LogSourceKeys): string {
  return [category, product, service].filter((word) => word !== undefined).join('/') || 'without a name';
}
