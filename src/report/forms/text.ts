import { inLine } from '../../source/visible.ts';
import type { RuleReport } from '../report.ts';
import type { FileReport, LedgerLine, RuleLedger, Run } from '../run.ts';
import { becomingsIn, gradesIn, inWords, rulesOf, verdictsIn } from '../totals.ts';
import { eventsOf, sentenceOf, whoFinds } from '../verdict.ts';
import { countOfRules, placeOf, rowIn, saidIn } from '../words.ts';

/** A report to be read in a terminal, and searched: a line for each construct, the totals last. */
export function asText(run: Run): string {
  const parts = [...run.files.flatMap(fileLines), totals(run)];
  return parts.map((lines) => `${lines.map(inLine).join('\n')}\n`).join('\n');
}

function fileLines({ path, fidelity, findings, rules }: FileReport): readonly (readonly string[])[] {
  const found = findings.map(({ code, message }) => `  ! ${message} [${code}]`);
  const whole = fidelity === undefined && found.length === 0 ? [] : [[titleOf(path, fidelity), ...found]];
  return [...whole, ...rules.map(ruleLines)];
}

function titleOf(path: string, fidelity: string | undefined): string {
  return fidelity === undefined ? path : `${path}: ${fidelity}`;
}

function ruleLines(rule: RuleLedger): readonly string[] {
  return [
    `${rule.path}:${rule.read.line}: ${named(rule)}: ${rule.fidelity}`,
    ...verdictLines(rule),
    ...rule.ledger.flatMap(constructLines),
  ];
}

function named({ title, id }: RuleReport): string {
  return [title === '' ? 'a rule' : title, ...(id === undefined ? [] : [`(${id})`])].join(' ');
}

function verdictLines({ proof }: RuleLedger): readonly string[] {
  if (proof === undefined) return [];
  const events = (proof.shown ?? []).flatMap((shown) => {
    const { read, written } = eventsOf(shown);
    return [
      `  ${whoFinds(shown)}`,
      ...indented(read),
      ...(written === undefined ? [] : ['    as written:', ...indented(written)]),
    ];
  });
  return [`  ${proof.relation}: ${sentenceOf(proof)}`, ...events];
}

function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => `    ${line}`);
}

function constructLines({ became, source, target, rows, findings }: LedgerLine): readonly string[] {
  const from = source && [placeOf(source), saidIn(source)].join(' ').trim();
  const isSaid = source !== undefined && source.words === target?.words;
  const to = target && [placeOf(target), isSaid ? (target.path ?? '') : saidIn(target)].join(' ').trim();
  return [
    `  ${became.padEnd(12)} ${[from ?? 'nothing', ...(to ? [to] : [])].join('  ->  ')}`,
    ...rows.map((row) => `${' '.repeat(15)}row ${rowIn(row)}`),
    ...findings.map(({ code, message }) => `${' '.repeat(15)}! ${message} [${code}]`),
  ];
}

function totals(run: Run): readonly string[] {
  const rules = rulesOf(run);
  const [verdicts, constructs] = [verdictsIn(rules), becomingsIn(rules)];
  return [
    `${countOfRules(run)} to ${run.to}: ${inWords(gradesIn(run.summary))}.`,
    ...(verdicts.length > 0 ? [`Verdicts: ${inWords(verdicts)}.`] : []),
    ...(constructs.length > 0 ? [`Constructs: ${inWords(constructs)}.`] : []),
    ...run.gates.map(({ asked, stops }) => `${asked}: ${stops.length === 0 ? 'met' : 'not met'}.`),
    ...run.gates.flatMap(({ stops }) =>
      stops.map(({ path, title, message }) => `  ! ${[path, title].filter(Boolean).join(': ')}: ${message}`),
    ),
  ];
}
