import { sourceKey } from '../../mapping/mapping.ts';
import { isList, type JsonObject } from '../../rule/json.ts';
import type { LogSource, Rule } from '../../rule/rule.ts';
import type { Served } from './cast-filters.ts';
import type { ExceptionList } from './lists.ts';

/** Rules of one log source: one filter serves them all, as their fields have the same names. */
export interface Audience {
  readonly source: LogSource;
  /** As filters may call them. */
  readonly names: 'any' | readonly string[];
  readonly rules: readonly Rule[];
}

/** A rule of several events is served in each of its parts; filters are not for correlations. */
export function audiencesOf(served: readonly Served[]): readonly Audience[] {
  const audiences = new Map<string, Audience & { readonly names: string[]; readonly rules: Rule[] }>();
  for (const { rule, written } of served) {
    for (const { id, name, logSource = {}, detection } of written) {
      const called = id ?? name;
      if (detection.kind !== 'query' || called === undefined) continue;
      const source = bare(logSource);
      const key = sourceKey(source);
      const audience = audiences.get(key) ?? { source, names: [], rules: [] };
      audience.names.push(called);
      audience.rules.push(rule);
      audiences.set(key, audience);
    }
  }
  return [...audiences.values()];
}

/** Any rules of the systems that an exception is for, as far as that is known. */
export function anyRules({ os_types: own }: JsonObject, { list }: ExceptionList): readonly Audience[] {
  const systems = isList(own) && own.length > 0 ? own : list?.body['os_types'];
  return (isList(systems) ? systems : [])
    .filter((product): product is string => typeof product === 'string' && product !== '')
    .map((product): Audience => ({ source: { product }, names: 'any', rules: [] }));
}

/** What decides which events a log source means. */
function bare({ category, product, service }: LogSource): LogSource {
  return {
    ...(category !== undefined && { category }),
    ...(product !== undefined && { product }),
    ...(service !== undefined && { service }),
  };
}
