import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome, Report } from '../../diagnostic/diagnostic.ts';
import { list, map } from '../../rule/check.ts';
import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type { Pack, RuleFilter } from '../../rule/rule.ts';
import { filter } from '../../rule/schema.ts';
import type { Span } from '../../source/source.ts';
import { emptyText } from '../empty.ts';
import { elements, members, placesIn } from '../json-scan.ts';
import { placing, values } from '../json-values.ts';
import { checkLength, isTooLong } from '../length.ts';
import { readRule } from './rule.ts';

/** The edition of the model that a pack says it follows, under this key. */
export const mark = 'rulecast';
export const edition = 1;

export function read(text: string): Outcome<Pack> {
  return attempt((report) => {
    if (text.trim() === '') throw emptyText(text);
    const { object, span } = packIn(text, report);
    const outcome = attempt((report) => readPack(object, lengthsIn(text, span), report));
    const findings = outcome.diagnostics.map(placing(text, span));
    if (!outcome.ok) throw new Failure(findings);
    findings.forEach(report);
    return outcome.value;
  });
}

/** Where the id of each rule stands. What makes no rule has none. */
export function placesOfIds(text: string): readonly (Span | undefined)[] {
  const { object, span } = packIn(text, () => {});
  const { rules = [] } = object;
  const placeOf = placesIn(text, span);
  return (isList(rules) ? rules : []).flatMap((rule, at) =>
    attempt(() => readRule(rule, '')).ok ? [placeOf(['rules', at, 'id'])] : [],
  );
}

const opening = /^\uFEFF?\s*\{\s*"rulecast"\s*:/;

/** By its mark, which others may have deeper within. What begins with it is a pack, even where it is broken. */
export function detect(text: string): boolean {
  if (opening.test(text)) return true;
  if (!/^\uFEFF?\s*\{/.test(text) || !text.includes(`"${mark}"`)) return false;
  const [first] = values(text, () => {});
  return isObject(first?.value) && Object.hasOwn(first.value, mark);
}

/** The one object of the text, which has to be a pack of this edition. */
export function packIn(text: string, report: Report): { readonly object: JsonObject; readonly span: Span } {
  const [first, second] = values(text, report);
  if (second !== undefined)
    throw notAPack('A pack is one object, and here a second one begins.', second.span);
  const { value, span } = first ?? { value: null, span: { start: 0, end: 0 } };
  if (!isObject(value) || !Object.hasOwn(value, mark))
    throw notAPack(`A pack says "${mark}"; this says none.`, span);
  if (value[mark] !== edition)
    throw notAPack(`Packs of edition ${edition} are read here; this is another.`, span);
  return { object: value, span };
}

/** A rule or filter that is not what the model wants costs itself, unless it is all there is. */
function readPack(
  { [mark]: _, rules = [], filters = [], rest = [], ...unknown }: JsonObject,
  checkLength: (rule: number) => void,
  report: Report,
): Pack {
  for (const key of Object.keys(unknown)) {
    const message = `A pack has no ${JSON.stringify(key)}; it was left out.`;
    report({ code: 'schema/wrong-type', message, path: key });
  }
  const read = (value: Json, path: string, at: number) => {
    checkLength(at);
    return readRule(value, path);
  };
  return {
    rules: readEach(rules, 'rules', read, report),
    filters: readEach(filters, 'filters', readFilter, report),
    rest: readEach(rest, 'rest', readCompanion, report),
  };
}

/** Fails on a rule that is too long; where the whole pack is not, none is. */
function lengthsIn(text: string, span: Span): (rule: number) => void {
  if (!isTooLong(span)) return () => {};
  const rules = members(text, span.start).findLast(({ key }) => key === 'rules');
  const places = rules && text.charAt(rules.value.start) === '[' ? elements(text, rules.value.start) : [];
  return (at) => {
    if (places[at] !== undefined) checkLength(places[at]);
  };
}

type Read<T> = (value: Json, path: string, at: number) => T;

function readEach<T>(value: Json, path: string, read: Read<T>, report: Report): T[] {
  list(value, path);
  const outcomes = (isList(value) ? value : []).map((part, at) =>
    attempt(() => read(part, `${path}.${at}`, at)),
  );
  const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.diagnostics));
  if (failures.length > 0 && !outcomes.some((outcome) => outcome.ok)) throw new Failure(failures);
  failures.forEach(report);
  return outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
}

function readFilter(value: Json, path: string): RuleFilter {
  filter(value, path);
  // The check has just seen to it.
  return value as unknown as RuleFilter;
}

function readCompanion(value: Json, path: string): JsonObject {
  map(value, path);
  return value as JsonObject;
}

function notAPack(message: string, span: Span): Failure {
  return new Failure({ code: 'read/not-a-rule', message, span });
}
