import { attempt } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { languageOf } from '../../languages/index.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Query } from '../../query/query.ts';
import type { Json } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Cast, Casting } from '../cast.ts';
import { parseText } from '../lower.ts';
import type { ConvertOptions } from '../options.ts';
import { withDerived, withValues } from './marks.ts';
import { packagesOf } from './packages.ts';
import { type Derivable, places } from './places.ts';
import { requiredFields } from './required-fields.ts';

/**
 * What rules for Elastic's engine leave to their build, derived where the user asks for it. A file of
 * detection-rules is given the names of its integrations, from which its build finds the versions.
 */
const derivables: ReadonlyMap<string, readonly Derivable[]> = new Map([
  ['elastic', ['required_fields', 'integration']],
  ['kibana', ['required_fields', 'related_integrations']],
]);

/** Whether something is to be derived, and can be. */
export function derives({ derive = false, to }: Pick<ConvertOptions, 'derive' | 'to'>): boolean {
  return derive && derivables.has(to);
}

/** Tells who asks for it where there is nothing to derive. */
export function reportUnderivable({ derive = false, to }: ConvertOptions, report: Report): void {
  if (!derive || derivables.has(to)) return;
  const message = `Rules of ${to} have no words for required fields and related integrations; nothing was derived.`;
  report({ code: 'convert/not-derived', message });
}

/** A rule as it was cast, with what can be derived of what it does not say. */
export function withDerivation(result: Cast, { target, mapping, options }: Casting): Cast {
  if (!derives(options)) return result;
  const found: Diagnostic[] = [];
  const rules = result.rules.map((rule) => {
    const wanted = (derivables.get(target.id) ?? []).filter((key) => places[key].read(rule) === undefined);
    const values = valuesOf(rule, wanted, mapping, (one) => found.push(one));
    if (values.size === 0) return rule;
    return isMarked(options) ? withDerived(rule, values, target.id) : withValues(rule, values);
  });
  return { ...result, rules, diagnostics: [...result.diagnostics, ...found] };
}

/** Where nothing travels, a mark does not either; a prebuilt rule is at home with what its build derives. */
function isMarked({ carry, shape }: ConvertOptions): boolean {
  return carry !== 'none' && shape !== 'asset';
}

function valuesOf(
  rule: Rule,
  wanted: readonly Derivable[],
  mapping: Mapping,
  report: Report,
): ReadonlyMap<Derivable, Json> {
  const values = new Map<Derivable, Json>();
  if (wanted.length === 0) return values;
  const asked = queryOf(rule);
  for (const key of wanted) {
    const { value, message } = findings[key](rule, asked, mapping);
    if (value !== undefined) values.set(key, value);
    const code = value === undefined ? 'convert/not-derived' : 'convert/derived';
    report({ code, path: places[key].path, message: `${places[key].path} ${message}` });
  }
  return values;
}

/** The query of a rule, or why nothing is known of it. */
type Asked = { readonly query?: Query; readonly because?: string };

function queryOf({ detection }: Rule): Asked {
  if (detection.kind === 'saved-query') return { because: 'its query is kept elsewhere' };
  const query = 'query' in detection ? detection.query : undefined;
  if (query === undefined) return { because: 'it has no query' };
  const { language = 'kuery' } = query;
  if (!languageOf(language)) return { because: `its query is in ${language}, which is not read here` };
  const outcome = attempt((report) => parseText(query, report));
  return outcome.ok ? { query: outcome.value } : { because: 'its query can not be read' };
}

/** A value, if there is one, and what is told of it. */
interface Finding {
  readonly value?: Json;
  readonly message: string;
}

const findings = {
  required_fields: (_, { query, because }, mapping) => {
    const fields = query ? requiredFields(query, mapping) : [];
    if (fields.length === 0)
      return {
        message: `of this rule is not known, since ${because ?? 'its query names no field'}; it went unsaid.`,
      };
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

const noPackage = 'of this rule is not known, since it names no data of an integration; it went unsaid.';
