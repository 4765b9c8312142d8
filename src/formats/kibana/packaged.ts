import type { Report } from '../../diagnostic/diagnostic.ts';
import { isList, isObject, type Json, type JsonObject, objectOf, sameJson } from '../../rule/json.ts';
import { joinLines, lined, splitNote } from '../engine/index.ts';

/**
 * The fields as elastic/detection-rules packages them from its TOML: texts on one line, a list of
 * techniques in every threat, the section on setup in a field of its own.
 */
export function asPackaged(fields: JsonObject, report: Report): JsonObject {
  const { threat, note, setup, ...others } = joinedWithin(fields);
  const apart = typeof note === 'string' && (setup ?? '') === '' ? splitNote(note) : undefined;
  const packaged: JsonObject = {
    ...others,
    ...(threat !== undefined && { threat: isList(threat) ? threat.map(withTechniques) : threat }),
    ...(note !== undefined && { note }),
    ...(setup !== undefined && { setup }),
    ...apart,
  };
  const changed = Object.keys(packaged).filter((key) => !sameJson(packaged[key], fields[key]));
  if (changed.length > 0) {
    const message = `Prebuilt rules have a spelling of their own, so it was changed in ${changed.join(', ')}.`;
    report({ code: 'style/respelled', message });
  }
  return packaged;
}

function joinedWithin(object: JsonObject): JsonObject {
  return objectOf(
    Object.entries(object).map(([key, value]) => [key, lined.has(key) ? value : joined(value)]),
  );
}

function joined(value: Json): Json {
  if (typeof value === 'string') return joinLines(value);
  if (isList(value)) return value.map(joined);
  return isObject(value) ? joinedWithin(value) : value;
}

function withTechniques(threat: Json): Json {
  return isObject(threat) && !Object.hasOwn(threat, 'technique') ? { ...threat, technique: [] } : threat;
}
