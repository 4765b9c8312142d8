import { type Event, match, translate } from '../../src/index.ts';
import type { LanguageId } from '../../src/languages/language.ts';
import { cellsOf, codesIn, linkTo } from './tables.ts';

/** A page about a language, with its tables as a run makes them: which events are found, and what others can not say. */
export function languagePage(language: LanguageId, page: string): string {
  return withRows(
    withRows(page, '| what | query | in these events | finds |', (cells) => [
      ...cells.slice(0, 3),
      found(language, cells),
    ]),
    '| what | query |',
    ([what, query], targets) => [
      what!,
      query!,
      ...targets.map((to) => said(language, codesIn(query!)[0]!, to)),
    ],
  );
}

type Row = (cells: readonly string[], headings: readonly string[]) => readonly string[];

function withRows(page: string, start: string, row: Row): string {
  const tables = new RegExp(`^${start.replaceAll('|', '\\|')}.*\\n\\|[-|]+\\n(?:\\|.*\\n)+`, 'gm');
  return page.replace(tables, (table) => {
    if (start === '| what | query |' && table.startsWith('| what | query | in these')) return table;
    const [head, line, ...rows] = table.trimEnd().split('\n');
    const headings = cellsOf(head!).slice(2);
    return `${[head, line, ...rows.map((one) => `| ${row(cellsOf(one), headings).join(' | ')} |`)].join('\n')}\n`;
  });
}

function found(language: LanguageId, [, query, events]: readonly string[]): string {
  const all = codesIn(events!).map((text) => JSON.parse(text) as Event);
  const places = [...match({ language, text: codesIn(query!)[0]! }, all)].flatMap(({ events: positions }) =>
    positions.map((place) => place + 1).join(' and '),
  );
  return places.length === 0 ? 'nothing' : places.join(', ');
}

/** How a query fares in another language: `yes`, or the codes that tell what is lost. */
function said(from: LanguageId, text: string, to: string): string {
  const outcome = translate(text, { from, to });
  if (!outcome.ok) throw new Error(`${text}: ${outcome.diagnostics.map(({ message }) => message).join()}`);
  const { fidelity, diagnostics } = outcome.value;
  if (fidelity === 'identical' || fidelity === 'equivalent') return 'yes';
  const losses = diagnostics.filter(
    ({ code, effect }) => code.startsWith('loss/') && (fidelity === 'refused') === (effect === undefined),
  );
  const links = [...new Set(losses.map(({ code }) => linkTo(code)))];
  return [...(fidelity === 'refused' ? [] : [fidelity]), ...links].join(', ');
}
