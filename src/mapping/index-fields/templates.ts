import type { Json, JsonObject } from '../../rule/json.ts';
import { lowersIn } from './definition.ts';
import { asObject, badMapping, objectAt, type Path, textsIn } from './fault.ts';
import type { IndexField, IndexFields } from './model.ts';
import { mappedIn } from './properties.ts';

/** The templates of an answer; those of indices take in the component templates that stand beside them. */
export function fromTemplates(answer: JsonObject): readonly IndexFields[] {
  const parts = new Map(
    named(answer, 'component_templates', 'component_template').map(({ name, body, path }) => [
      name,
      templateOf(body, path),
    ]),
  );
  const whole = named(answer, 'index_templates', 'index_template').map(({ name, body, path }) =>
    composed(name, body, templateOf(body, path), parts),
  );
  const taken = whole.length > 0 ? [] : [...parts].map(([name, part]) => ({ ...part, name }));
  return [...whole, ...taken];
}

/** One template, as it is sent to Elasticsearch or as `_simulate` gives it; `patterns` of the old kind, too. */
export function fromTemplate(body: JsonObject, path: Path = [], name?: string): IndexFields {
  return composed(name, body, templateOf(body, path), new Map());
}

function named(answer: JsonObject, list: string, key: string) {
  const said = answer[list];
  if (said === undefined) return [];
  if (!Array.isArray(said)) throw badMapping([list], 'should be a list of templates');
  return (said as readonly Json[]).map((one, index) => {
    const path = [list, String(index)];
    const { name, ...rest } = asObject(one, path);
    if (typeof name !== 'string') throw badMapping([...path, 'name'], 'should be the name of a template');
    return { name, body: asObject(rest[key] ?? null, [...path, key]), path: [...path, key] };
  });
}

/** Old templates say mappings and settings themselves, newer ones below `template`. */
function templateOf(body: JsonObject, path: Path): IndexFields {
  const template = objectAt(body, 'template', path);
  const [inner, own] = template ? [template, [...path, 'template']] : [body, path];
  const mappings = objectAt(inner, 'mappings', own) ?? {};
  const mapped = mappedIn(mappings, lowersIn(inner['settings']), [...own, 'mappings']);
  return { also: [], ...mapped, open: true };
}

/** Later parts win over earlier ones, and the template over all of them. */
function composed(
  name: string | undefined,
  body: JsonObject,
  own: IndexFields,
  known: ReadonlyMap<string, IndexFields>,
): IndexFields {
  const composedOf = textsIn(body['composed_of']);
  const parts = [...composedOf.flatMap((one) => known.get(one) ?? []), own];
  const missing = composedOf.filter((one) => !known.has(one));
  const dynamic = parts.flatMap((one) => one.dynamic ?? []).at(-1);
  return {
    ...(name !== undefined && { name }),
    also: textsIn(body['index_patterns']),
    fields: new Map<string, IndexField>(parts.flatMap(({ fields }) => [...fields])),
    ...(dynamic !== undefined && { dynamic }),
    open: true,
    ...(missing.length > 0 && { missing }),
  };
}
