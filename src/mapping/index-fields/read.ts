import { attempt } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { lowersIn } from './definition.ts';
import { asObject, badMapping, objectAt, type Path } from './fault.ts';
import { fromFieldCaps } from './field-caps.ts';
import type { IndexFields } from './model.ts';
import { mappedIn } from './properties.ts';
import { fromTemplate, fromTemplates } from './templates.ts';

/**
 * What the JSON of Elasticsearch says of the fields of indices, in whichever way it was asked: `_mapping`, an index
 * whole, `_field_caps`, templates of indices and their components, or a bare `mappings` object.
 */
export function readIndexFields(answer: Json): Outcome<readonly IndexFields[]> {
  return attempt(() => {
    const found = fieldsIn(asObject(answer, []));
    if (found.length === 0) throw badMapping([], 'names no index');
    return found;
  });
}

function fieldsIn(answer: JsonObject): readonly IndexFields[] {
  const has = (key: string) => Object.hasOwn(answer, key);
  if (isObject(answer['error']) || typeof answer['error'] === 'string')
    throw badMapping([], 'is an error that Elasticsearch answered with, and no mapping');
  const names = Object.keys(answer);
  const areIndices = names.every((name) => isIndex(answer[name]));
  if (areIndices && names.join() !== 'template') return names.map((name) => ofIndex(name, answer));
  if (isObject(answer['properties']) || isObject(answer['runtime'])) return [bare(answer, {}, [])];
  if (isObject(answer['fields'])) return fromFieldCaps(answer);
  if (has('index_templates') || has('component_templates')) return fromTemplates(answer);
  if (has('index_patterns') || isObject(answer['template'])) return [fromTemplate(answer)];
  const mappings = objectAt(answer, 'mappings', []);
  if (mappings) return [bare(mappings, answer, ['mappings'])];
  return names.map((name) => ofIndex(name, answer));
}

/** What stands below the name of an index. */
function isIndex(value: Json | undefined): boolean {
  return isObject(value) && isObject(value['mappings']);
}

/** Mappings of nobody in particular, and what stands beside them. */
function bare(mappings: JsonObject, beside: JsonObject, path: Path): IndexFields {
  return {
    also: namesOfAliases(beside),
    ...mappedIn(mappings, lowersIn(beside['settings']), path),
    open: false,
  };
}

function ofIndex(name: string, answer: JsonObject): IndexFields {
  const body = answer[name];
  if (!isObject(body) || !isObject(body['mappings']))
    throw badMapping([name], 'is none of what Elasticsearch says of an index, a template or a field');
  if (Object.hasOwn(body, 'index_patterns')) return fromTemplate(body, [name], name);
  const stream = typeof body['data_stream'] === 'string' ? [body['data_stream']] : [];
  return {
    name,
    also: [...stream, ...namesOfAliases(body)],
    ...mappedIn(body['mappings'], lowersIn(body['settings']), [name, 'mappings']),
    open: false,
  };
}

function namesOfAliases({ aliases }: JsonObject): readonly string[] {
  return isObject(aliases) ? Object.keys(aliases) : [];
}
