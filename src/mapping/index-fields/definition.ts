import { isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { familyOf } from './family.ts';
import type { Dynamic, IndexField } from './model.ts';

/** Whether a normalizer of this name is known to lower case. */
export type Lowers = (normalizer: string) => boolean;

/** What a mapping says of one field, its sub-fields apart. */
export function fieldOf(said: JsonObject, type: string, lowers: Lowers): IndexField {
  const { path, normalizer, ignore_above: limit, value, format } = said;
  const dynamic = dynamicOf(said['dynamic']);
  const isText = familyOf(type) === 'text';
  const isIndexed = said['index'] !== false;
  const hasColumns = said['doc_values'] !== false && !isText;
  return {
    type,
    ...(type === 'alias' && typeof path === 'string' && { path }),
    ...(typeof normalizer === 'string' && lowers(normalizer) && { lowers: true }),
    ...(typeof limit === 'number' && { limit }),
    ...(type === 'constant_keyword' && typeof value === 'string' && { constant: value }),
    ...(!isIndexed && !hasColumns && { unsearchable: true }),
    ...(!hasColumns && said['fielddata'] !== true && { ungrouped: true }),
    ...(typeof format === 'string' && { formatted: true }),
    ...(dynamic !== undefined && { dynamic }),
    ...(said['enabled'] === false && { disabled: true }),
  };
}

const ways: readonly Dynamic[] = ['true', 'runtime', 'false', 'strict'];

export function dynamicOf(said: Json | undefined): Dynamic | undefined {
  return ways.find((way) => way === String(said));
}

/** The normalizers of an index that lower case: the one that is built in, and those of its settings that do. */
export function lowersIn(settings: Json | undefined): Lowers {
  const own = normalizersIn(settings);
  return (name) => name === 'lowercase' || own.has(name);
}

function normalizersIn(settings: Json | undefined): ReadonlySet<string> {
  const inner = isObject(settings) && isObject(settings['index']) ? settings['index'] : settings;
  const analysis = isObject(inner) ? inner['analysis'] : undefined;
  const said = isObject(analysis) ? analysis['normalizer'] : undefined;
  if (!isObject(said)) return new Set();
  return new Set(Object.keys(said).filter((name) => hasLowercase(said[name])));
}

function hasLowercase(normalizer: Json | undefined): boolean {
  const filters = isObject(normalizer) ? normalizer['filter'] : undefined;
  return [filters].flat().includes('lowercase');
}
