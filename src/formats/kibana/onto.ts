import { attempt } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { apartKey, carryKey } from '../../rule/carry.ts';
import { isObject, type JsonObject, sameJson } from '../../rule/json.ts';
import type { Pack, Rule } from '../../rule/rule.ts';
import { type Edit, edit } from '../../source/edit.ts';
import type { Span } from '../../source/source.ts';
import type { WriteOptions } from '../format.ts';
import { edits } from '../json-edit.ts';
import { isRequest } from './api.ts';
import { type Part, packOf, partsOf } from './parts.ts';
import { asset, line } from './shape.ts';
import { plain } from './spelling.ts';

/**
 * The text that a pack was read from, with what has changed since, and not a byte else. Undefined where
 * that cannot be: the text is of another shape than is asked for, parts came or went, or a rule cannot be
 * written any more.
 */
export function writeOnto(
  pack: Pack,
  text: string,
  shape: string | undefined,
  how: WriteOptions,
  report: Report,
) {
  const parts = partsOf(text, silent);
  if (!isIn(shape, parts, text) || !sameCounts(packOf(parts), pack)) return undefined;
  const outcome = attempt((report) => edit(text, editsOf(pack, text, parts, how, report)));
  if (!outcome.ok) return undefined;
  outcome.diagnostics.forEach(report);
  return outcome.value;
}

/** The n-th rule of the pack belongs where the n-th rule of the text stands; so do the others. */
function editsOf(
  pack: Pack,
  text: string,
  parts: readonly Part[],
  how: WriteOptions,
  report: Report,
): Edit[] {
  const rules = pack.rules.values();
  const filters = pack.filters.values();
  const rest = pack.rest.values();
  return parts.flatMap((part) => {
    switch (part.shape.part) {
      case 'rule':
        return editsOfRule(text, part, rules.next().value, how, report);
      case 'filter':
        return editsOfObject(text, part, filters.next().value?.body);
      case 'companion':
        return editsOfObject(text, part, rest.next().value);
      case 'details':
      case 'nothing':
        return [];
      default:
        return part.shape.part satisfies never;
    }
  });
}

function editsOfRule(
  text: string,
  part: Part,
  rule: Rule | undefined,
  how: WriteOptions,
  report: Report,
): Edit[] {
  const holder = part.shape.rule;
  if (holder === undefined || part.rule === undefined || rule === undefined) return [];
  const findings: Diagnostic[] = [];
  const note: Report = (finding) => findings.push(finding);
  const isItself = holder.put !== undefined || how.stack !== undefined || hasApart(part.object);
  const before = isItself ? part.object : holder.write(part.rule, how, silent);
  const after = holder.put
    ? holder.put(part.object, part.rule, rule, how, note)
    : holder.write(rule, how, note);
  if (sameJson(before, after)) return [];
  findings.forEach(report);
  return edits(text, part.span, { before, after }, { print: holder.print, indent: '' });
}

/** Whether what a rule means stands in its object otherwise than it is written. */
function hasApart({ meta }: JsonObject): boolean {
  const travelling = isObject(meta) ? meta[carryKey] : undefined;
  return isObject(travelling) && Object.hasOwn(travelling, apartKey);
}

function editsOfObject(text: string, { object, span }: Part, after: JsonObject | undefined): Edit[] {
  return after === undefined
    ? []
    : edits(text, span, { before: object, after }, { print: plain, indent: '' });
}

function sameCounts(was: Pack, pack: Pack): boolean {
  const own = pack.filters.every(({ format }) => format === 'kibana');
  return own && (['rules', 'filters', 'rest'] as const).every((key) => was[key].length === pack[key].length);
}

function isIn(shape: string | undefined, parts: readonly Part[], text: string): boolean {
  if (shape === undefined) return true;
  const holders = parts.flatMap((part) => part.shape.rule ?? []);
  if (shape === 'asset') return holders.every((holder) => holder === asset);
  if (shape === 'api') return parts.every(({ shape, object }) => shape.rule === line && isRequest(object));
  if (shape === 'saved-object') {
    return parts.every(
      ({ shape, span }) => (shape.part !== 'rule' || shape.id === 'saved-rule') && isLine(text, span),
    );
  }
  return holders.every((holder) => holder === line) && parts.every(({ span }) => isLine(text, span));
}

/** Whether it has one line, and has it to itself. */
function isLine(text: string, { start, end }: Span): boolean {
  let before = start - 1;
  while (isBlank(text.charAt(before))) before -= 1;
  let behind = end;
  while (isBlank(text.charAt(behind))) behind += 1;
  const alone = ['\n', ''].includes(text.charAt(before)) && ['\n', ''].includes(text.charAt(behind));
  return alone && !text.slice(start, end).includes('\n');
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\uFEFF';
}

function silent(): void {}
