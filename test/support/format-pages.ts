import type { FormatId } from '../../src/formats/format.ts';
import { convert, type Detection } from '../../src/index.ts';
import { becomes, type Example } from './format-tables.ts';
import { cellsOf, codesIn, linkTo } from './tables.ts';

/** A page with the cells of its tables as a run makes them: what stands in the first two columns is the page's own. */
export function withTables(format: FormatId, page: string): string {
  const rule = /^```\w+ rule\.\S+\n([\s\S]*?)^```$/m.exec(page)![1]!;
  return page.replace(/^\| what \| for example \|.*\n\|[-|]+\n(?:\|.*\n)+/gm, (table) => {
    const [head, line, ...rows] = table.trimEnd().split('\n');
    const headings = cellsOf(head!).slice(2);
    return `${[head, line, ...rows.map((row) => rowOf(format, rule, headings, cellsOf(row)))].join('\n')}\n`;
  });
}

/** The table of Sigma's correlations, each as Elastic has it. */
export function withCorrelations(page: string): string {
  return page.replace(/(?<=^\| type \| condition \| elastic \|\n\|[-|]+\n)(?:\|.*\n)+/m, (rows) =>
    rows.replace(/^\| (\w+) \|(.*?)\|.*\|$/gm, (_, type: string, condition: string) => {
      const [said] = codesIn(condition);
      return `| ${type} | ${said === undefined ? '' : `\`${said}\` `}| ${correlated(type, said)} |`;
    }),
  );
}

function correlated(type: string, condition: string | undefined): string {
  const of = type.startsWith('temporal') ? ['first', 'second'] : ['first'];
  const rules = of.map(
    (name) =>
      `title: ${name}\nname: ${name}\nlogsource: {category: process_creation, product: linux}\n` +
      `detection: {selection: {Image|endswith: /${name}}, condition: selection}\n---\n`,
  );
  const said = condition === undefined ? '' : `, condition: ${condition}`;
  const whole = `title: Whole\ncorrelation: {type: ${type}, rules: [${of}], group-by: [User], timespan: 5m${said}}\n`;
  const outcome = convert(`${rules.join('')}${whole}`, { to: 'elastic', today: '2026-01-01' });
  const rule = outcome.ok ? outcome.value.rules.at(-1) : undefined;
  const losses = (rule?.diagnostics ?? []).filter(({ code }) => /^(loss|proof)\//.test(code));
  const links = [...new Set(losses.map(({ code }) => linkTo(code)))];
  const detection = rule?.written.at(-1)?.detection;
  return [detection === undefined ? 'refused' : kindOf(detection), ...links].join(', ');
}

function kindOf(detection: Detection): string {
  if (detection.kind !== 'query') return `a ${detection.kind} rule`;
  const [word] = (detection.query?.text ?? '').split(/\s/);
  return `${detection.query?.language}: ${word === 'from' ? 'a count' : `a ${word}`}`;
}

function rowOf(
  format: FormatId,
  rule: string,
  headings: readonly string[],
  [what, example]: readonly string[],
): string {
  const says = exampleOf(example!, format === 'elastic' || format === 'sigma' ? '\n' : ',');
  const cells = headings.map((heading) => becomes(format, rule, says, heading));
  return `| ${[what, example, ...cells].join(' | ')} |`;
}

/** What an example says: its pieces of code, and what stands behind "without". */
function exampleOf(cell: string, joint: string): Example {
  const codes = [...cell.matchAll(/(without )?`([^`]+)`/g)];
  const of = (isOut: boolean) =>
    codes
      .filter(([, out]) => (out !== undefined) === isOut)
      .map(([, , code]) => code!.replaceAll('\\|', '|'));
  return { says: of(false).join(joint), without: of(true) };
}
