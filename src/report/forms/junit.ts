import { isUnwritten } from '../losses.ts';
import type { Finding } from '../report.ts';
import type { FileReport, RuleLedger, Run } from '../run.ts';
import { rulesOf } from '../totals.ts';
import { sentenceOf, shownLines } from '../verdict.ts';
import { element, escapeXml } from './xml.ts';

/**
 * A report for build servers: a suite for each file, a case for each rule. A rule that was not written fails, and so
 * does one that closes a gate; what was lost with leave is told of a case that passes.
 */
export function asJUnit(run: Run): string {
  const suites = run.files.map((file) => suiteOf(file, run));
  const all = [...suites, ...runSuite(run)];
  const sum = (count: (suite: Suite) => number) => all.reduce((most, suite) => most + count(suite), 0);
  const counts = {
    name: `rulecast to ${run.to}`,
    tests: sum(({ cases }) => cases.length),
    failures: sum((suite) => countOf(suite, 'failure')),
    errors: sum((suite) => countOf(suite, 'error')),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', counts, ['\n', ...all.map(print)])}\n`;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly classname: string;
  /** `error`: could not be read, or a fault of ours. */
  readonly fault?: {
    readonly kind: 'failure' | 'error';
    readonly type: string;
    readonly lines: readonly string[];
  };
  readonly told: readonly string[];
}

function suiteOf(file: FileReport, run: Run): Suite {
  const alone = file.fidelity === undefined ? [] : [fileCase(file, file.fidelity)];
  return { name: file.path, cases: [...alone, ...file.rules.map((rule) => ruleCase(rule, run))] };
}

function fileCase({ path, findings }: FileReport, fidelity: string): Case {
  const lines = findings.map(lineOf);
  const kind = fidelity === 'failed' ? 'error' : 'failure';
  const isFault = fidelity === 'failed' || fidelity === 'refused';
  return {
    name: path,
    classname: path,
    ...(isFault && { fault: { kind, type: fidelity, lines } }),
    told: isFault ? [] : lines,
  };
}

function ruleCase(rule: RuleLedger, run: Run): Case {
  const { path, id, title, fidelity, diagnostics } = rule;
  const stops = stopsOf(rule, run);
  const told = [...verdictLines(rule), ...diagnostics.filter(({ level }) => level !== 'note').map(lineOf)];
  const kind = fidelity === 'failed' ? 'error' : 'failure';
  const isFault = isUnwritten(fidelity) || stops.length > 0;
  return {
    name: title === '' ? (id ?? path) : title,
    classname: path,
    ...(isFault && {
      fault: { kind, type: isUnwritten(fidelity) ? fidelity : 'gate', lines: [...stops, ...told] },
    }),
    told: isFault ? [] : [fidelity, ...told],
  };
}

function stopsOf({ path, id, title }: RuleLedger, { gates }: Run): readonly string[] {
  return gates.flatMap(({ asked, stops }) =>
    stops
      .filter((stop) => stop.path === path && stop.id === id && stop.title === title)
      .map(({ message }) => `${asked}: ${message}`),
  );
}

/** A gate that is closed by the run as a whole. */
function runSuite(run: Run): readonly Suite[] {
  const known = new Set(rulesOf(run).map(({ path }) => path));
  const cases = run.gates.flatMap(({ asked, stops }) => {
    const lines = stops
      .filter(({ path }) => path === undefined || !known.has(path))
      .map(({ message }) => message);
    return lines.length === 0
      ? []
      : [
          {
            name: asked,
            classname: 'gates',
            fault: { kind: 'failure', type: 'gate', lines },
            told: [],
          } as const,
        ];
  });
  return cases.length === 0 ? [] : [{ name: 'gates', cases }];
}

function lineOf({ path, line, column, message, code }: Finding): string {
  const place = line === undefined ? path : `${path}:${line}:${column}`;
  return `${place}: ${message} [${code}]`;
}

function verdictLines({ proof }: RuleLedger): readonly string[] {
  if (proof === undefined) return [];
  return [`${proof.relation}: ${sentenceOf(proof)}`, ...shownLines(proof)];
}

function countOf({ cases }: Suite, kind: 'failure' | 'error'): number {
  return cases.filter(({ fault }) => fault?.kind === kind).length;
}

function print(suite: Suite): string {
  const { name, cases } = suite;
  const counts = {
    tests: cases.length,
    failures: countOf(suite, 'failure'),
    errors: countOf(suite, 'error'),
  };
  return `${element('testsuite', { name, ...counts }, ['\n', ...cases.map(printCase)])}\n`;
}

function printCase({ name, classname, fault, told }: Case): string {
  const parts = [
    ...(fault
      ? [element(fault.kind, { message: fault.lines[0], type: fault.type }, [textOf(fault.lines)])]
      : []),
    ...(told.length > 0 ? [element('system-out', {}, [textOf(told)])] : []),
  ];
  return `${element('testcase', { name, classname }, parts)}\n`;
}

function textOf(lines: readonly string[]): string {
  return lines.map(escapeXml).join('\n');
}
