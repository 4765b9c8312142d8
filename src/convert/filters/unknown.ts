import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { JsonObject } from '../../rule/json.ts';
import type { RuleFilter } from '../../rule/rule.ts';
import { namesIn } from './concern.ts';
import type { Findings } from './findings.ts';
import type { Families } from './hosts.ts';
import { nameOf } from './lists.ts';

/** Says of Sigma filters that they name rules which are neither in the text nor in the others of the run. */
export function reportUnknown(
  filters: readonly RuleFilter[],
  { served, others }: Families,
  findings: Findings,
): void {
  if (filters.length === 0) return;
  const rules = [...served.map(({ rule }) => rule), ...others];
  const known = new Set(rules.flatMap(({ id, name }) => [id, name]));
  for (const one of filters) {
    const names = namesIn(one.body);
    const unknown = names === 'any' ? [] : names.filter((name) => !known.has(name));
    if (unknown.length > 0) findings.tell([], notHere(one.body, unknown), one);
  }
}

function notHere(body: JsonObject, names: readonly string[]): Diagnostic {
  const message = `The filter "${nameOf(body)}" names rules that are not here: ${names.join(', ')}.`;
  return { code: 'schema/unknown-reference', message };
}
