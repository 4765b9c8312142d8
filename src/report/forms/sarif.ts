import { type Code, codes, type Level } from '../../diagnostic/codes.ts';
import { relations } from '../../proof/relation.ts';
import { digest } from '../../source/digest.ts';
import type { Finding } from '../report.ts';
import type { FileReport, RuleLedger, Run } from '../run.ts';
import { rulesOf } from '../totals.ts';
import { sentenceOf, shownLines, tellsApart } from '../verdict.ts';

/** A report for code scanning, in SARIF 2.1.0. Notes are left out: each result is an alert that somebody looks at. */
export function asSarif(run: Run): string {
  const results = resultsOf(run);
  const ids = [...new Set(results.map(({ id }) => id))].sort();
  const known = new Map<string, number>();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'rulecast', rules: ids.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        properties: { to: run.to, summary: run.summary },
        results: results.map((result) => resultIn(result, ids.indexOf(result.id), known)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 1)}\n`;
}

/** Something that is told, before it is put in SARIF's words. */
interface Result {
  readonly id: string;
  readonly level: Level;
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly also?: Finding['also'];
  readonly effect?: string;
  readonly rule?: RuleLedger;
}

function resultsOf(run: Run): readonly Result[] {
  const stops = run.gates.flatMap(({ asked, stops }) =>
    stops.map(({ path, title = '', message }): Result => {
      const text = `${asked}: ${title === '' ? '' : `${title}: `}${message}`;
      return { id: 'gate', level: 'error', message: text, ...(path !== undefined && { path }) };
    }),
  );
  return [...run.files.flatMap(fileResults), ...rulesOf(run).flatMap(ruleResults), ...stops];
}

function fileResults({ findings }: FileReport): readonly Result[] {
  return findings.filter(isTold).map((found) => ({ ...found, id: found.code }));
}

function ruleResults(rule: RuleLedger): readonly Result[] {
  const { path, read, diagnostics, proof } = rule;
  const found = diagnostics
    .filter(isTold)
    .map((one) => ({ line: read.line, ...one, id: one.code, rule }) satisfies Result);
  if (!tellsApart(proof)) return found;
  const [id, message] = [`verdict/${proof.relation}`, [sentenceOf(proof), ...shownLines(proof)].join('\n')];
  return [...found, { id, level: 'warning', message, path, line: read.line, rule }];
}

function isTold({ level }: Finding): boolean {
  return level !== 'note';
}

function descriptor(id: string) {
  const { title, level } = Object.hasOwn(codes, id) ? codes[id as Code] : described(id);
  return { id, shortDescription: { text: title }, defaultConfiguration: { level } };
}

function described(id: string): { readonly title: string; readonly level: Level } {
  const relation = relations.find((one) => id === `verdict/${one}`);
  if (relation) return { title: sentenceOf({ relation }), level: 'warning' };
  return { title: 'What was asked of the run as a whole is not met.', level: 'error' };
}

function resultIn(result: Result, ruleIndex: number, known: Map<string, number>) {
  const { id, level, message, path, effect, rule, also } = result;
  const properties = { ...(effect && { effect }), ...(rule && { fidelity: rule.fidelity }) };
  return {
    ruleId: id,
    ruleIndex,
    level,
    message: { text: message },
    ...(path !== undefined && { locations: [{ ...placeIn(path, result), ...logical(rule) }] }),
    ...(also && { relatedLocations: [placeIn(also.path, also)] }),
    partialFingerprints: { 'rulecast/v1': fingerprint(result, known) },
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

function placeIn(path: string, { line, column }: { readonly line?: number; readonly column?: number }) {
  const region =
    line === undefined ? {} : { region: { startLine: line, ...(column && { startColumn: column }) } };
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, ...region } };
}

function logical(rule: RuleLedger | undefined) {
  if (rule === undefined || (rule.title === '' && rule.id === undefined)) return {};
  const { id, title } = rule;
  return { logicalLocations: [{ name: title, ...(id !== undefined && { fullyQualifiedName: id }) }] };
}

/** A path is taken letter by letter: what means something in a URI is escaped. */
function uriOf(path: string): string {
  const plain = path.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\\', '/');
  const parts = plain.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(plain)) return `file:///${plain.slice(0, 2)}${parts.slice('C%3A'.length)}`;
  return plain.startsWith('/') ? `file://${parts}` : parts;
}

/** The same finding of the same rule, wherever its lines are by now. */
function fingerprint({ id, message, path, rule }: Result, known: Map<string, number>): string {
  const words = JSON.stringify([rule?.id ?? path, id, message]);
  const count = (known.get(words) ?? 0) + 1;
  known.set(words, count);
  return digest(count === 1 ? words : `${words} ${count}`);
}
