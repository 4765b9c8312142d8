import { knownField } from '../../mapping/ecs.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { fieldsOfQuery } from '../../query/fields.ts';
import type { Query } from '../../query/query.ts';

export interface RequiredField {
  readonly name: string;
  readonly type: string;
  readonly ecs: boolean;
}

/**
 * The fields that a query needs, by name, as the build of Elastic's rules finds them: optional ones and keys of
 * sequences are among them, what a threshold counts or new terms are made of is not. Undefined where a part of
 * the query is text that nobody reads.
 */
export function requiredFields(query: Query, mapping: Mapping): readonly RequiredField[] | undefined {
  const names = fieldsOfQuery(query)?.filter((name) => name !== '' && name !== '*');
  return names?.sort().map((name) => ({ name, ...knownField(name, mapping) }));
}
