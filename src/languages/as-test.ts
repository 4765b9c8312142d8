import { and } from '../query/build.ts';
import type { Cidr, Equals, Filter, Predicate, Value } from '../query/query.ts';

/** For languages that have no words of their own for the category of events and for networks. */

/** A filter's condition with its category among the rest: a field like others. */
export function withCategory({ category, where }: Filter): Predicate {
  if (category === undefined) return where;
  const test = equals('event.category', [[category]]);
  return where.kind === 'constant' && where.value ? test : and([test, where]);
}

/** The networks as values: a field of addresses reads them as what they are. */
export function networkValues({ field, networks, span }: Cidr): Equals {
  const test = equals(
    field,
    networks.map((network) => [network]),
  );
  return span ? { ...test, span } : test;
}

function equals(field: string, values: readonly Value[]): Equals {
  return { kind: 'equals', field, values, quantifier: 'any', caseSensitive: true };
}
