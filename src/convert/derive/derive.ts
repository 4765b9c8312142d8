import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Json } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Cast, Casting } from '../cast.ts';
import type { ConvertOptions } from '../options.ts';
import { askedBy, findings } from './findings.ts';
import { withDerived, withValues } from './marks.ts';
import { type Derivable, places } from './places.ts';

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
  const asked = askedBy(rule);
  for (const key of wanted) {
    const { value, message } = findings[key](rule, asked, mapping);
    if (value !== undefined) values.set(key, value);
    const code = value === undefined ? 'convert/not-derived' : 'convert/derived';
    report({ code, path: places[key].path, message: `${places[key].path} ${message}` });
  }
  return values;
}
