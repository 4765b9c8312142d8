import { visible } from '../../source/visible.ts';
import { isUnwritten } from '../losses.ts';
import type { FileReport, LedgerLine, RuleLedger, Run, Said } from '../run.ts';
import { becomingsIn, type Counts, gradesIn, inWords, rulesOf, verdictsIn } from '../totals.ts';
import { eventsOf, sentenceOf, whoFinds } from '../verdict.ts';
import { countOfRules, placeOf, rowIn, saidIn } from '../words.ts';

/** A report to be read where a change is talked over: what was lost in full, what was not as a number. */
export function asMarkdown(run: Run): string {
  const rules = rulesOf(run);
  const [told, whole] = [rules.filter(isTold), rules.filter((rule) => !isTold(rule))];
  const parts = [
    `# ${countOfRules(run)} to ${run.to}`,
    ...gates(run),
    table(['grade', 'rules'], gradesIn(run.summary).map(cells)),
    ...counts('verdict', 'rules', verdictsIn(rules)),
    ...counts('construct', 'times', becomingsIn(rules)),
    ...run.files.flatMap(fileParts),
    ...told.flatMap(ruleParts),
    ...(whole.length > 0 ? [wholeRules(whole)] : []),
  ];
  return visible(`${parts.join('\n\n')}\n`);
}

function isTold({ fidelity, proof }: RuleLedger): boolean {
  const isWhole = fidelity === 'identical' || fidelity === 'equivalent';
  return !isWhole || (proof !== undefined && proof.relation !== 'equal');
}

function gates({ gates }: Run): readonly string[] {
  return gates.flatMap(({ asked, stops }) => [
    `**${code(asked)}: ${stops.length === 0 ? 'met' : 'not met'}**`,
    ...(stops.length === 0
      ? []
      : [
          stops
            .map(({ path, title, message }) => {
              const rule = [path && code(path), title && plain(title)].filter(Boolean).join(', ');
              return `- ${rule === '' ? '' : `${rule}: `}${plain(message)}`;
            })
            .join('\n'),
        ]),
  ]);
}

function counts(what: string, of: string, found: Counts<string>): readonly string[] {
  return found.length === 0 ? [] : [table([what, of], found.map(cells))];
}

function cells([word, count]: readonly [string, number]): readonly string[] {
  return [word, String(count)];
}

function fileParts({ path, fidelity, findings }: FileReport): readonly string[] {
  if (findings.length === 0 && fidelity === undefined) return [];
  const lines = findings.map((found) => `- ${plain(found.message)} ${code(found.code)}`);
  return [
    `## ${code(path)}${fidelity === undefined ? '' : `: ${fidelity}`}`,
    ...(lines.length > 0 ? [lines.join('\n')] : []),
  ];
}

function ruleParts(rule: RuleLedger): readonly string[] {
  const kept = rule.ledger.filter(({ became }) => became === 'kept').length;
  const others = rule.ledger.filter((line) => isTelling(line, rule));
  return [
    `## ${plain(rule.title === '' ? rule.path : rule.title)}: ${rule.fidelity}`,
    [code(`${rule.path}:${rule.read.line}`), ...(rule.id === undefined ? [] : [code(rule.id)])].join(', '),
    ...verdictParts(rule),
    ...(others.length > 0 ? [table(['became', 'read', 'written', 'why'], others.map(lineCells))] : []),
    ...(kept > 0 ? [`${kept} ${kept === 1 ? 'construct was' : 'constructs were'} kept as they are.`] : []),
  ];
}

/** Of a rule that was not written, only what was found: all else of it is gone, too. */
function isTelling({ became, findings }: LedgerLine, { fidelity }: RuleLedger): boolean {
  return isUnwritten(fidelity) ? findings.length > 0 : became !== 'kept';
}

function verdictParts({ proof }: RuleLedger): readonly string[] {
  if (proof === undefined) return [];
  const events = (proof.shown ?? []).flatMap((shown) => {
    const { read, written } = eventsOf(shown);
    const texts = written === undefined ? [fenced(read)] : [fenced(read), 'As written:', fenced(written)];
    return [whoFinds(shown), ...texts];
  });
  return [`**${proof.relation}**: ${plain(sentenceOf(proof))}`, ...events];
}

function lineCells({ became, source, target, rows, findings }: LedgerLine): readonly string[] {
  const why = [
    ...findings.map((found) => `${plain(found.message)} ${code(found.code)}`),
    ...rows.map((row) => plain(rowIn(row))),
  ];
  return [became, cellOf(source), cellOf(target), why.join('<br>')];
}

function cellOf(said: Said | undefined): string {
  if (said === undefined) return '';
  const place = placeOf(said);
  const words = saidIn(said, 120);
  return [...(place === '' ? [] : [place]), ...(words === '' ? [] : [code(words)])].join(' ');
}

function wholeRules(rules: readonly RuleLedger[]): string {
  const lines = rules.map(({ path, title, fidelity }) => `- ${code(path)} ${plain(title)}: ${fidelity}`);
  const count = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} without a loss`;
  return `<details>\n<summary>${count}: ${inWords(gradeCounts(rules))}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

function gradeCounts(rules: readonly RuleLedger[]): Counts<string> {
  return (['identical', 'equivalent'] as const)
    .map((grade) => [grade, rules.filter(({ fidelity }) => fidelity === grade).length] as const)
    .filter(([, count]) => count > 0);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** Text of a rule as text: nothing in it is a tag, a link, a mention or the end of a cell. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#!~$]/g, '\\$&')
    .replace(/[&|@]/g, entity)
    .replaceAll('://', ':&#47;/');
}

/** Text as it is. What would end the code, or the cell that it stands in, is said as HTML. */
function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return /[|`]/.test(flat)
    ? `<code>${flat.replace(/[&<>|`*_~\\[\]{}@$!#/]/g, entity)}</code>`
    : `\`${flat}\``;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}
