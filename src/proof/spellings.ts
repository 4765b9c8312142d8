import { isOfSource } from './broken.ts';
import type { Moment } from './judge.ts';
import { withValues } from './lifelike.ts';
import type { Scene } from './scene.ts';
import { said } from './telling.ts';

/** The same events in other case, with paths spelled otherwise, and with several values in a field. */
export function addSpellings(scene: Scene, first: readonly Moment[], most: number): void {
  const texts = textsIn(first);
  let left = most;
  for (const spell of [inOtherCase, withOtherSlashes, onOtherDrive, amongOthers]) {
    let share = Math.ceil(most / 2);
    for (const [field, value] of texts) {
      if (left <= 0 || share <= 0) break;
      const other = spell(field, value);
      if (other === undefined) continue;
      const [shows, changed] = other;
      if (!scene.add('variant', shows, withValues(first, field, new Map([[value, changed]])))) continue;
      left -= 1;
      share -= 1;
    }
  }
}

function textsIn(stream: readonly Moment[]): readonly (readonly [field: string, value: string])[] {
  const kinds = new Set(stream.map(({ event }) => event));
  const texts = [...kinds].flatMap((event) =>
    Object.entries(event).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const each = [...new Map(texts.map((entry) => [JSON.stringify(entry), entry])).values()];
  return each.filter(([field]) => !isOfSource(field));
}

type Spelling = readonly [shows: string, value: string | readonly string[]] | undefined;

function inOtherCase(field: string, value: string): Spelling {
  const [upper, lower] = [value.toUpperCase(), value.toLowerCase()];
  if (value !== upper) return [`${field} in upper case`, upper];
  return value === lower ? undefined : [`${field} in lower case`, lower];
}

function withOtherSlashes(field: string, value: string): Spelling {
  return /^([a-z]:)?\\./i.test(value)
    ? [`${field} with forward slashes`, value.replaceAll('\\', '/')]
    : undefined;
}

function onOtherDrive(field: string, value: string): Spelling {
  if (!/^[a-z]:[\\/]/i.test(value)) return undefined;
  const drive = /^d/i.test(value) ? 'E' : 'D';
  return [`${field} on drive ${drive}`, drive + value.slice(1)];
}

function amongOthers(field: string, value: string): Spelling {
  const isAddress = /^\d+(\.\d+){3}$/.test(value);
  const other = isAddress ? '192.0.2.99' : value === 'other' ? 'another' : 'other';
  return [`${field} has two values, ${said([other, value])}`, [other, value]];
}
