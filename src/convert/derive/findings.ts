import { attempt } from '../../diagnostic/attempt.ts';
import { languageOf } from '../../languages/index.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Query } from '../../query/query.ts';
import type { Json } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { parseText } from '../parse-text.ts';
import { packagesOf } from './packages.ts';
import type { Derivable } from './places.ts';
import { requiredFields } from './required-fields.ts';

/** The query of a rule, or why nothing is known of it. */
export type Asked = { readonly query?: Query; readonly because?: string };

export function askedBy({ detection }: Rule): Asked {
  if (detection.kind === 'saved-query') return { because: 'the query is kept elsewhere' };
  const query = 'query' in detection ? detection.query : undefined;
  if (query === undefined) return { because: 'the rule has no query' };
  const { language = 'kuery' } = query;
  if (!languageOf(language)) return { because: `the query is in ${language}, which is not read here` };
  const outcome = attempt((report) => parseText(query, report));
  return outcome.ok ? { query: outcome.value } : { because: notRead };
}

const notRead = 'the query can not be read';

/** A value, if there is one, and what is told of it. */
export interface Finding {
  readonly value?: Json;
  readonly message: string;
}

const noPackage = failed('the rule names no data of an integration');

/** What each comes to. */
export const findings = {
  required_fields: (_, { query, because }, mapping) => {
    const fields = query && requiredFields(query, mapping);
    if (fields === undefined) return { message: failed(because ?? notRead) };
    if (fields.length === 0) return { message: failed('the query names no field') };
    const unknown = fields.filter(({ type }) => type === 'unknown').map(({ name }) => name);
    const but = unknown.length === 0 ? '' : ` No table knows the type of ${unknown.join(', ')}.`;
    return { value: fields.map((field) => ({ ...field })), message: `was derived from the query.${but}` };
  },
  related_integrations: (rule, { query }, mapping) => {
    const packages = packagesOf(rule, query, mapping);
    if (packages.length === 0) return { message: noPackage };
    // A range of versions that all are in: which the rule needs is known to the registry of packages alone.
    const value = packages.map((name) => ({ package: name, version: '*' }));
    const message = `was derived (${packages.join(', ')}); the versions it needs are not known here, so any will do.`;
    return { value, message };
  },
  integration: (rule, { query }, mapping) => {
    const packages = packagesOf(rule, query, mapping);
    if (packages.length === 0) return { message: noPackage };
    return { value: packages, message: `was derived (${packages.join(', ')}).` };
  },
} as const satisfies Record<Derivable, (rule: Rule, asked: Asked, mapping: Mapping) => Finding>;

function failed(why: string): string {
  return `could not be derived, since ${why}; it went unsaid.`;
}
