import { ecsNames, ecsVersion, knownField } from '../ecs.ts';
import { anyField, type Mapping } from '../mapping.ts';
import type { IndexField, KnownFields } from './model.ts';

/** ECS as an index would keep it, with what the tables know of fields beside it. */
export function ecsFields(mapping: Mapping): KnownFields {
  const fields = new Map<string, IndexField>();
  for (const [name, type] of mapping.types) fields.set(name, { type });
  for (const name of [...ecsNames(), ...mapping.byEcs.keys()]) {
    // A row for all fields below a name says that they are there, and no more.
    if (name.endsWith(`.${anyField}`)) fields.set(name.slice(0, -2), { type: 'object' });
    else if (!fields.has(name)) fields.set(name, { type: knownField(name, mapping).type });
  }
  return { of: 'ecs', indices: [{ name: `ECS ${ecsVersion()}`, also: ['*'], fields, open: false }] };
}
