/**
 * An event as JSON. Names may be nested (`{"process": {"name": "x"}}`), dotted (`{"process.name": "x"}`), or both;
 * either way the field is `process.name`.
 */
export type Event = { readonly [key: string]: unknown };

/** What a field can hold. Null and the empty list are no value. */
export type Scalar = string | number | boolean;

/** The values of every field of an event. A field that is not there has none. */
export type Fields = ReadonlyMap<string, readonly Scalar[]>;

/** Objects inside one another; nothing that is logged comes near. */
const deepest = 200;

/**
 * The fields of an event with all their values: those of lists, and of objects in lists, side by side. Those of
 * an object within an event have the path to it before their names.
 */
export function fieldsOf(event: Event, path = ''): Fields {
  const fields = new Map<string, Scalar[]>();
  addFields(event, path, fields, 0);
  return fields;
}

function addFields(event: Event, path: string, fields: Map<string, Scalar[]>, depth: number): void {
  if (depth > deepest) return;
  for (const key of Object.keys(event)) {
    addValue(event[key], path === '' ? key : `${path}.${key}`, fields, depth);
  }
}

function addValue(value: unknown, path: string, fields: Map<string, Scalar[]>, depth: number): void {
  if (isScalar(value)) {
    const known = fields.get(path);
    if (known) known.push(value);
    else fields.set(path, [value]);
  } else if (Array.isArray(value)) {
    for (const part of value) addValue(part, path, fields, depth + 1);
  } else if (isEvent(value)) {
    addFields(value, path, fields, depth + 1);
  }
}

/** The objects that stand at a path, for tests that ask all of one of them. */
export function objectsAt(event: Event, path: string): readonly Event[] {
  const found: Event[] = [];
  for (const key of Object.keys(event)) {
    if (key === path) for (const one of objectsIn(event[key])) found.push(one);
    else if (path.startsWith(`${key}.`)) {
      const rest = path.slice(key.length + 1);
      for (const inner of objectsIn(event[key])) for (const one of objectsAt(inner, rest)) found.push(one);
    }
  }
  return found;
}

function objectsIn(value: unknown): readonly Event[] {
  if (Array.isArray(value)) return value.filter(isEvent);
  return isEvent(value) ? [value] : [];
}

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isEvent(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
