import { isList, isObject, type Json, type JsonObject } from '../rule/json.ts';
import { type Violation, violations } from '../schema/check.ts';
import type { RowPlace } from './idle.ts';
import { frameSchema, type RowKind, rowKinds, rowSchemas } from './schema.ts';
import { nameOf } from './spell.ts';

/** So many are told; who mends these sees the others. */
const most = 50;

/** What keeps something from being a mapping table: each fault with the row it is in. */
export function faultsOf(table: Json): readonly Violation[] {
  const faults: Violation[] = [...violations(table, frameSchema)];
  for (const kind of rowKinds) {
    for (const [index, row] of rowsOf(table, kind).entries()) {
      if (faults.length > most) return faults.slice(0, most);
      for (const fault of violations(row, rowSchemas[kind])) faults.push(inRow(fault, row, [kind, index]));
    }
  }
  return faults;
}

function rowsOf(table: Json, kind: RowKind): readonly Json[] {
  const rows = isObject(table) && Object.hasOwn(table, kind) ? table[kind] : undefined;
  return isList(rows) ? rows : [];
}

function inRow({ path, message, what }: Violation, row: Json, place: RowPlace): Violation {
  const said = message.replace(/^It /, 'it ');
  return { path: [...place, ...path], what, message: `${rowName(row, place)}: ${said}` };
}

/** `Row 3 of fields (Image, process.name)`, counted as people count. */
export function rowName(row: Json, [kind, index]: RowPlace): string {
  const name = isObject(row) ? calledIn(row, kind) : '';
  return `Row ${index + 1} of ${kind}${name === '' ? '' : ` (${name})`}`;
}

function calledIn(row: JsonObject, kind: RowKind): string {
  const [sigma, ecs] = ['sigma', 'ecs'].map((side) => (Object.hasOwn(row, side) ? row[side] : undefined));
  if (kind === 'logSources') return isObject(sigma) ? nameOf(textsIn(sigma)) : '';
  return [sigma, ecs]
    .map((side) => (isList(side) ? side[0] : side))
    .filter((name) => typeof name === 'string')
    .join(', ');
}

function textsIn(keys: JsonObject): { readonly [key: string]: string } {
  const texts = Object.entries(keys).filter(([, word]) => typeof word === 'string');
  return Object.fromEntries(texts) as { readonly [key: string]: string };
}
