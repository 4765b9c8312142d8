import type { Json, JsonObject } from '../../rule/json.ts';
import { familyOf } from './family.ts';
import { asObject, badMapping, type Path, textsIn } from './fault.ts';
import type { IndexField, IndexFields } from './model.ts';

/** The answer to `GET index/_field_caps?fields=*`: per field and type, which indices have it so. */
export function fromFieldCaps(answer: JsonObject): readonly IndexFields[] {
  const fields = asObject(answer['fields'] ?? {}, ['fields']);
  const named = [...new Set([...textsIn(answer['indices']), ...namedIn(fields)])];
  const ways: ReadonlyMap<string, Map<string, IndexField>> = new Map(named.map((name) => [name, new Map()]));
  const alone = new Map<string, IndexField>();
  const all = named.length === 0 ? [alone] : [...ways.values()];
  for (const name of Object.keys(fields)) {
    const types = asObject(fields[name]!, ['fields', name]);
    for (const type of Object.keys(types)) {
      if (type === 'unmapped') continue;
      const path: Path = ['fields', name, type];
      const said = asObject(types[type]!, path);
      const field = capableField(said, type, path);
      const having = holders(said['indices'], ways) ?? withoutUnmapped(types, ways) ?? all;
      for (const one of having) one.set(name, field);
    }
  }
  for (const one of all) addWhole(one);
  if (named.length === 0) return [{ also: [], fields: alone, open: false }];
  return named.map((name) => ({ name, also: [], fields: ways.get(name)!, open: false }));
}

function namedIn(fields: JsonObject): readonly string[] {
  return Object.values(fields).flatMap((types) =>
    typeof types === 'object' && types !== null
      ? Object.values(types as JsonObject).flatMap((said) =>
          textsIn((said as JsonObject | null)?.['indices']),
        )
      : [],
  );
}

function holders<Way>(indices: Json | undefined, ways: ReadonlyMap<string, Way>): readonly Way[] | undefined {
  if (indices === undefined || indices === null) return undefined;
  return textsIn(indices).flatMap((name) => ways.get(name) ?? []);
}

/** With `include_unmapped`, indices without the field are named under a type of their own. */
function withoutUnmapped<Way>(types: JsonObject, ways: ReadonlyMap<string, Way>): readonly Way[] | undefined {
  const said = types['unmapped'];
  if (typeof said !== 'object' || said === null) return undefined;
  const unmapped = new Set(textsIn((said as JsonObject)['indices']));
  return [...ways].flatMap(([name, way]) => (unmapped.has(name) ? [] : [way]));
}

function capableField(said: JsonObject, type: string, path: Path): IndexField {
  const { searchable, aggregatable } = said;
  if (typeof searchable !== 'boolean' && typeof aggregatable !== 'boolean')
    throw badMapping(path, 'should say what the field can do ("searchable", "aggregatable")');
  const isField = !['object', 'nested', 'passthrough'].includes(type);
  return {
    type,
    ...(isField && searchable === false && { unsearchable: true }),
    ...(isField && aggregatable === false && { ungrouped: true }),
  };
}

/** Below a field of words stand its multi-fields: nothing else can stand there. */
function addWhole(fields: Map<string, IndexField>): void {
  for (const [name, { type }] of fields) {
    if (familyOf(type) !== 'keyword') continue;
    const above = name.slice(0, Math.max(name.lastIndexOf('.'), 0));
    const parent = fields.get(above);
    if (!parent || familyOf(parent.type) !== 'text') continue;
    fields.set(above, { ...parent, whole: [...(parent.whole ?? []), name] });
  }
}
