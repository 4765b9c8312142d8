import type { FileReport, LedgerLine, Range, RuleLedger, Run, Said } from '../run.ts';

/** A report for machines: a file a line, its rules within it. */
export function asJson({ to, files, summary, gates }: Run): string {
  const head = `"version": 1,\n"to": ${JSON.stringify(to)},\n"summary": ${JSON.stringify(summary)}`;
  const lines = files.map((file) => JSON.stringify(fileIn(file)));
  return `{${head},\n"gates": ${JSON.stringify(gates)},\n"files": [${lines.length > 0 ? `\n${lines.join(',\n')}\n` : ''}]}\n`;
}

function fileIn({ rules, ...others }: FileReport) {
  return { ...others, rules: rules.map(ruleIn) };
}

/** Findings stand in the ledger, each once. */
function ruleIn({ path: _, diagnostics: __, read, ledger, ...others }: RuleLedger) {
  return { ...others, line: read.line, ledger: ledger.map(lineIn) };
}

function lineIn({ source, target, ...others }: LedgerLine) {
  return { ...others, ...(source && { source: saidIn(source) }), ...(target && { target: saidIn(target) }) };
}

function saidIn({ places, ...others }: Said) {
  return { ...others, places: places.map(rangeIn) };
}

function rangeIn({ from, to }: Range) {
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
