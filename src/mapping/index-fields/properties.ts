import type { JsonObject } from '../../rule/json.ts';
import { dynamicOf, fieldOf, type Lowers } from './definition.ts';
import { familyOf } from './family.ts';
import { asObject, badMapping, objectAt, type Path } from './fault.ts';
import type { Dynamic, IndexField } from './model.ts';

const deepest = 100;

/** The fields of a `mappings` object, by their whole names. */
export interface Mapped {
  readonly fields: Map<string, IndexField>;
  readonly dynamic?: Dynamic;
}

export function mappedIn(mappings: JsonObject, lowers: Lowers, path: Path): Mapped {
  const fields = new Map<string, IndexField>();
  const within = { fields, lowers, passed: new Map<string, string>() };
  const properties = objectAt(mappings, 'properties', path);
  if (properties) addProperties(properties, '', [...path, 'properties'], within);
  addNamed(mappings, path, within);
  addPassed(within);
  const runtime = objectAt(mappings, 'runtime', path);
  if (runtime) addRuntime(runtime, [...path, 'runtime'], within);
  const dynamic = dynamicOf(mappings['dynamic']);
  return { fields, ...(dynamic !== undefined && { dynamic }) };
}

interface Within {
  readonly fields: Map<string, IndexField>;
  readonly lowers: Lowers;
  /** Names that the parts of passthrough objects have beside their own. */
  readonly passed: Map<string, string>;
}

function addProperties(properties: JsonObject, prefix: string, path: Path, within: Within): void {
  if (path.length > 2 * deepest) throw badMapping([], `nests fields more than ${deepest} deep`);
  for (const key of Object.keys(properties)) {
    const own = [...path, key];
    addField(`${prefix}${key}`, asObject(properties[key]!, own), own, within);
  }
}

function addField(name: string, said: JsonObject, path: Path, within: Within): void {
  const type = typeOf(said, path);
  const properties = objectAt(said, 'properties', path);
  const parts = objectAt(said, 'fields', path);
  const field = fieldOf(said, type, within.lowers);
  within.fields.set(
    name,
    parts ? { ...field, ...addParts(parts, name, [...path, 'fields'], within) } : field,
  );
  if (!properties) return;
  addProperties(properties, `${name}.`, [...path, 'properties'], within);
  if (type === 'passthrough')
    for (const key of Object.keys(properties)) within.passed.set(key, `${name}.${key}`);
}

/** What has no type is an object. */
function typeOf({ type }: JsonObject, path: Path): string {
  if (type === undefined) return 'object';
  if (typeof type === 'string') return type;
  throw badMapping([...path, 'type'], 'should be the name of a type');
}

function addParts(parts: JsonObject, name: string, path: Path, within: Within): Pick<IndexField, 'whole'> {
  const whole: string[] = [];
  for (const key of Object.keys(parts)) {
    const own = [...path, key];
    const said = asObject(parts[key]!, own);
    const field = fieldOf(said, typeOf(said, own), within.lowers);
    within.fields.set(`${name}.${key}`, field);
    if (familyOf(field.type) === 'keyword') whole.push(`${name}.${key}`);
  }
  return whole.length > 0 ? { whole } : {};
}

/** The parts of a passthrough object go by their own names as well, where no field of the index has these. */
function addPassed({ fields, passed }: Within): void {
  for (const [name, path] of passed) if (!fields.has(name)) fields.set(name, { type: 'alias', path });
}

/** A computed field takes the place of one that is mapped. */
function addRuntime(runtime: JsonObject, path: Path, { fields }: Within): void {
  for (const name of Object.keys(runtime)) {
    const own = [...path, name];
    const said = asObject(runtime[name]!, own);
    const type = typeof said['type'] === 'string' ? said['type'] : 'keyword';
    fields.set(name, { type: type === 'composite' ? 'object' : type, runtime: true });
    const parts = objectAt(said, 'fields', own);
    for (const part of Object.keys(parts ?? {})) {
      const inner = asObject(parts![part]!, [...own, 'fields', part]);
      fields.set(`${name}.${part}`, { type: typeOf(inner, [...own, 'fields', part]), runtime: true });
    }
  }
}

/** `GET index/_mapping/field/*` gives each field under its whole name. */
function addNamed(mappings: JsonObject, path: Path, within: Within): void {
  for (const key of Object.keys(mappings)) {
    const said = mappings[key];
    if (typeof said !== 'object' || said === null || Array.isArray(said)) continue;
    const { full_name: name, mapping } = said as JsonObject;
    if (typeof name !== 'string' || mapping === undefined) continue;
    const own = [...path, key, 'mapping'];
    const inner = asObject(mapping, own);
    const [leaf] = Object.keys(inner);
    if (leaf !== undefined) addField(name, asObject(inner[leaf]!, [...own, leaf]), [...own, leaf], within);
  }
}
