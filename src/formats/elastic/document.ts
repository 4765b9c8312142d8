import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { apartKey, packCarry, staysBehind, Telling, withoutCarrying } from '../../rule/carry.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { apartOf, engineFields } from '../engine/index.ts';
import type { WriteOptions } from '../format.ts';
import { checkFit, elasticRules, fitted } from '../schemas/index.ts';
import { loadable } from './fit.ts';
import { spelledGuide } from './guide.ts';
import { isAsItIs } from './leaving.ts';
import { metadataFields } from './metadata.ts';
import { nest } from './new-terms.ts';
import { putNotes } from './notes.ts';
import { withoutNulls } from './nulls.ts';
import { stepsOf } from './pointer.ts';
import type { Document } from './print.ts';
import { spelled } from './spelling.ts';

/** The file of a rule, before it is spelled. What the model says wins over what was carried. */
export function documentOf(rule: Rule, { carry, stack, foreign }: WriteOptions, tellAll: Report): Document {
  const carries = carry !== 'none';
  const report = carries ? tellAll : withoutCarrying(tellAll);
  const own = rule.carry['elastic'] ?? {};
  const tell = new Telling(rule);
  const carried = tableIn(own, 'metadata');
  const metadata = metadataFields(tell, carried);
  const said = objectOf(engineFields(tell, report));
  const sayable = foreign && !isAsItIs(rule) ? loadable(said, report) : said;
  const fields = stack ? fitted(sayable, { stack, rulesOf: elasticRules, carries }, report) : sayable;
  const apart = fields === said ? undefined : apartOf(said, fields);
  const whole = laidUnder(tableIn(own, 'rule'), fields);
  const guide = spelledGuide(whole, tableIn(own, 'transform'), tableIn(own, 'guide'), carries);
  const body = spelled(nest(guide.rule), textsIn(own, 'spelling'));
  if (stack) checkFit(body.rule, stack, elasticRules);
  const table = objectOf([
    ...Object.entries(tableIn(own, 'sections')),
    ...(Object.keys(guide.transform).length > 0 ? [['transform', guide.transform] as [string, Json]] : []),
    ...(metadata.length > 0 ? [['metadata', objectOf(metadata)] as [string, Json]] : []),
    ['rule', body.rule],
  ]);
  const packed = withApartIn(packCarry('elastic', rule, tell.untold()), apart);
  if (packed && !carries) staysBehind('Nothing was to travel', packed).forEach(report);
  const { plugins } = guide.noted;
  const verbatim = [...body.verbatim, ...guide.noted.verbatim];
  if (!carries && guide.noted.verbatim.length > 0) report(sectioned);
  return {
    table: carries ? putNotes(table, { verbatim, plugins, packed }, report) : leaveNulls(table, report),
    literals: textsIn(own, 'literals'),
  };
}

/** What was carried, and over it what the model says. */
function laidUnder(carried: JsonObject, said: JsonObject): JsonObject {
  if (Object.keys(carried).length === 0) return said;
  return objectOf([...Object.entries(carried), ...Object.entries(said)]);
}

function withApartIn(packed: JsonObject | undefined, apart: JsonObject | undefined): JsonObject | undefined {
  return apart === undefined ? packed : { ...packed, [apartKey]: apart };
}

const sectioned: Diagnostic = {
  code: 'style/respelled',
  message: 'The guide has a section headed Setup, which is a text of its own when it is read from this file.',
  path: 'rule.note',
};

function leaveNulls(table: JsonObject, report: Report): JsonObject {
  const { table: sayable, nulls } = withoutNulls(table);
  for (const pointer of nulls) {
    const message = `TOML has no null, so the one at ${pointer} was left out.`;
    report({ code: 'loss/null', message, effect: 'dropped', path: stepsOf(pointer).join('.') });
  }
  return sayable;
}

function tableIn(table: JsonObject, key: string): JsonObject {
  const value = table[key];
  return isObject(value) ? value : {};
}

function textsIn(table: JsonObject, key: string): ReadonlyMap<string, string> {
  const entries = Object.entries(tableIn(table, key));
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
