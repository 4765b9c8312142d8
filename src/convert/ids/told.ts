import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { isObject } from '../../rule/json.ts';
import type { Pack, Rule } from '../../rule/rule.ts';
import type { Conversion, ConvertedRule } from '../conversion.ts';
import type { Renaming } from './renaming.ts';

/** What became of a rule, with what there is to say of its ids. Where they changed, it is not what it was. */
export function withIdsTold(result: ConvertedRule, target: string, renaming: Renaming): ConvertedRule {
  const found = result.written.flatMap((rule) => idsOf(rule, target).flatMap((id) => changed(id, renaming)));
  const named = result.written.flatMap((rule) => namedIn(rule, renaming).map(left));
  const isOther = found.length > 0 && result.fidelity === 'identical';
  return {
    ...result,
    ...(isOther && { fidelity: 'equivalent' }),
    diagnostics: [...result.diagnostics, ...found, ...named],
  };
}

/** What became of a pack: its rules as they were read, and what there is to say of the ids of its filters. */
export function asRead(
  { rules, ...conversion }: Conversion,
  pack: Pack,
  renaming: Renaming,
  report: Report,
): Conversion {
  for (const { body } of conversion.companions.filters) {
    if (typeof body['id'] === 'string') changed(body['id'], renaming).forEach(report);
  }
  return { ...conversion, rules: rules.map((result, index) => ofRule(result, pack.rules[index]!)) };
}

function ofRule({ id: _, ...result }: ConvertedRule, rule: Rule): ConvertedRule {
  return { ...result, ...(rule.id !== undefined && { id: rule.id }), rule };
}

/** What a rule is known by: its id, and in Kibana that of its object as well. */
function idsOf({ id, carry }: Rule, target: string): readonly string[] {
  const places = target === 'kibana' ? [carry['kibana']?.['fields'], carry['kibana']?.['envelope']] : [];
  const objects = places.map((place) => (isObject(place) ? place['id'] : undefined));
  return [id, ...objects].filter((one) => typeof one === 'string');
}

function changed(id: string, { before }: Renaming): readonly Diagnostic[] {
  const old = before(id);
  if (old === undefined) return [];
  return [
    { code: 'convert/new-id', message: `What had the id ${old} is written with the id ${id}.`, path: 'id' },
  ];
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Rules over the alerts of others name them in their queries, which stay what they are. */
function namedIn({ detection }: Rule, { idOf }: Renaming): readonly string[] {
  if (!('query' in detection) && !('filters' in detection)) return [];
  const text = `${detection.query?.text ?? ''} ${JSON.stringify(detection.filters ?? [])}`;
  return [...new Set(text.match(uuid))].filter((id) => idOf(id) !== undefined);
}

function left(id: string): Diagnostic {
  const message = `The query asks for alerts of a rule by its id ${id}, and that rule has another now; the query was left as it is.`;
  return { code: 'convert/id-in-query', message, path: 'query' };
}
