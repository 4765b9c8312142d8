import { isMap } from 'yaml';

import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type JsonObject } from '../../rule/json.ts';
import type { Pack, Rule, RuleFilter } from '../../rule/rule.ts';
import type { Span } from '../../source/source.ts';
import { emptyText } from '../empty.ts';
import { collected, type OwnDocument, type SigmaDocument } from './collection.ts';
import { readCorrelation } from './correlation.ts';
import { readDetection } from './detection.ts';
import { readEnvelope } from './envelope.ts';
import { readFilter } from './filter.ts';
import { readLogSource } from './log-source.ts';
import { pairOf, placeOf, spanOf } from './place.ts';
import { Saying } from './saying.ts';
import { documents } from './yaml.ts';

/** A document that could be read, and what it is. */
export type Part = { readonly document: SigmaDocument } & (
  | { readonly rule: Rule; readonly filter?: undefined }
  | { readonly filter: RuleFilter; readonly rule?: undefined }
);

/** A document that makes no sense costs itself; if none is left, nothing was read. */
export function read(text: string): Outcome<Pack> {
  return attempt((report) => {
    const findings: Diagnostic[] = [];
    const parts = [...partsOf(text, (finding) => findings.push(finding))];
    if (parts.length === 0) throw findings.length > 0 ? new Failure(findings) : emptyText(text);
    findings.forEach(report);
    return packOf(parts);
  });
}

export function packOf(parts: readonly Part[]): Pack {
  return {
    rules: parts.flatMap(({ rule }) => rule ?? []),
    filters: parts.flatMap(({ filter }) => filter ?? []),
    rest: [],
  };
}

/** Where the id of each rule stands; in a collection it may stand in another document. */
export function placesOfIds(text: string): readonly (Span | undefined)[] {
  const parts = [...partsOf(text, () => {})].filter(({ rule }) => rule !== undefined);
  return parts.map(({ document }) => {
    const value = pairOf(document.node, 'id')?.value;
    return value ? spanOf(value) : undefined;
  });
}

export function* partsOf(text: string, report: Report): Generator<Part> {
  for (const document of collected(maps(text, report), report)) {
    const outcome = attempt((report) => readPart(document, text, report));
    for (const finding of outcome.diagnostics) report(placed(finding, document));
    if (outcome.ok) yield outcome.value;
  }
}

function* maps(text: string, report: Report): Generator<OwnDocument> {
  for (const { value, node, references } of documents(text, report)) {
    if (isObject(value) && isMap(node)) yield { own: value, node, references };
    else report({ code: 'read/not-a-rule', message: noMap, span: spanOf(node) });
  }
}

const noMap = 'The document is no map with a title, a log source and a detection; it was not read.';

function readPart(document: SigmaDocument, text: string, report: Report): Part {
  const { map } = document;
  if (Object.hasOwn(map, 'correlation')) return { document, rule: readCorrelationRule(map, report) };
  if (Object.hasOwn(map, 'detection')) return { document, rule: readDetectionRule(document, text, report) };
  if (Object.hasOwn(map, 'filter'))
    return { document, filter: { ...readFilter(map, report), span: spanOf(document.node) } };
  throw new Failure({
    code: 'read/not-a-rule',
    message:
      'The document has no detection, no correlation and no filter, one of which makes it a rule; it was not read.',
  });
}

function readCorrelationRule(map: JsonObject, report: Report): Rule {
  const from = new Saying(map, '', report);
  const detection = readCorrelation(from, report);
  return { ...readEnvelope(from, undefined, report), detection };
}

/** All that is missing is said at once. */
function readDetectionRule(document: SigmaDocument, text: string, report: Report): Rule {
  const from = new Saying(document.map, '', report);
  from.leave('detection');
  const source = from.leave('logsource');
  const logSource = attempt(() => readLogSource(source, report));
  const detection = attempt(() => readDetection(document, text));
  const envelope = attempt(() => readEnvelope(from, logSource.ok ? logSource.value : undefined, report));
  if (logSource.ok && detection.ok && envelope.ok) return { ...envelope.value, detection: detection.value };
  const failed = [envelope, logSource, detection].filter(({ ok }) => !ok);
  throw new Failure(failed.flatMap(({ diagnostics }) => diagnostics));
}

/** Findings know their path; this gives them a place in the text. */
function placed(finding: Diagnostic, { node }: SigmaDocument): Diagnostic {
  if (finding.span !== undefined) return finding;
  return { ...finding, span: finding.path === undefined ? spanOf(node) : placeOf(node, finding.path) };
}
