/**
 * The script of the HTML report. What a rule says is laid out as text and never as markup; rows and texts are made
 * when they come into view, so that thousands of rules open at once.
 */
import type {
  PackedFinding,
  PackedLine,
  PackedRule,
  PackedRun,
  PackedSaid,
  PackedVerdict,
} from '../src/report/html/packed.ts';

type Child = Node | string | undefined | false | readonly Child[];

const run = JSON.parse(document.getElementById('run')?.textContent ?? '') as PackedRun;

/** Words that stand in files, and the tones in which they are shown. */
const tones: Readonly<Record<string, string>> = {
  ...{ identical: 'good', equivalent: 'good', equal: 'good', kept: 'good' },
  ...{ changed: 'plain', unknown: 'plain' },
  ...{ broader: 'amber', widened: 'amber', narrower: 'rust', narrowed: 'rust' },
  ...{ approximate: 'violet', approximated: 'violet', overlapping: 'violet' },
  ...{ carried: 'blue', refused: 'red', failed: 'red', dropped: 'red', disjoint: 'red' },
};
const becomings = ['kept', 'changed', 'widened', 'narrowed', 'approximated', 'dropped', 'carried'];
const grades = [
  ...['identical', 'equivalent', 'broader', 'narrower', 'approximate'],
  ...['carried', 'refused', 'failed'],
];
const verdicts = ['equal', 'broader', 'narrower', 'overlapping', 'disjoint', 'unknown'];
const formats: Readonly<Record<string, string>> = {
  elastic: 'Elastic',
  sigma: 'Sigma',
  kibana: 'Kibana',
  native: 'JSON',
};

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  append(element, children);
  return element;
}

function append(element: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === false) continue;
    if (typeof child === 'string') element.appendChild(document.createTextNode(child));
    else if (child instanceof Node) element.appendChild(child);
    else append(element, child);
  }
}

function button(className: string, onClick: () => void, ...children: readonly Child[]): HTMLButtonElement {
  const element = make('button', className, ...children);
  element.type = 'button';
  element.addEventListener('click', onClick);
  return element;
}

function badge(word: string, count?: number): HTMLElement {
  const text = count === undefined ? word : `${count} ${word}`;
  return make('span', `badge ${tones[word] ?? 'plain'}`, text);
}

const numbers = new Intl.NumberFormat('en');
const several = (count: number, word: string) => `${numbers.format(count)} ${word}${count === 1 ? '' : 's'}`;

/** How many of each there are, in this order; those of which there are none are left out. */
function counted(words: readonly string[], found: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of found) counts.set(word, (counts.get(word) ?? 0) + 1);
  return words.flatMap((word) => (counts.has(word) ? [[word, counts.get(word) ?? 0] as const] : []));
}

// What is looked for.

const wanted = {
  text: '',
  grade: new Set<string>(),
  verdict: new Set<string>(),
  became: new Set<string>(),
  kind: '',
};

const searched = new Map<PackedRule, string>();

function textOf(rule: PackedRule): string {
  const known = searched.get(rule);
  if (known !== undefined) return known;
  const found = rule.ledger.flatMap((line) => line.found ?? []);
  const parts = [
    ...[rule.title, rule.id ?? '', rule.path, rule.read, rule.written],
    ...found.map(({ code, message }) => `${code} ${message}`),
  ];
  const text = parts.join('\n').toLowerCase();
  searched.set(rule, text);
  return text;
}

function isWanted(rule: PackedRule): boolean {
  if (wanted.grade.size > 0 && !wanted.grade.has(rule.grade)) return false;
  if (wanted.verdict.size > 0 && !wanted.verdict.has(rule.verdict?.word ?? '')) return false;
  if (!hasConstruct(rule)) return false;
  return wanted.text === '' || textOf(rule).includes(wanted.text);
}

function hasConstruct({ ledger }: PackedRule): boolean {
  if (wanted.became.size === 0 && wanted.kind === '') return true;
  return ledger.some(
    ({ became, kind }) =>
      (wanted.became.size === 0 || wanted.became.has(became)) && (wanted.kind === '' || wanted.kind === kind),
  );
}

// The head of the page: totals, which are filters, and what closed a gate.

const search = make('input', 'search');
const status = make('p', 'status');
const reset = button('quiet', clearFilters, 'Clear filters');
const kinds = make('select', 'kinds');

function head(): HTMLElement {
  const { rules, to } = run;
  const allGrades = [...rules.map(({ grade }) => grade), ...run.files.flatMap(({ grade }) => grade ?? [])];
  return make(
    'header',
    'head',
    make('h1', '', `${several(rules.length, 'rule')} to ${formats[to] ?? to}`),
    bar(counted(grades, allGrades)),
    gates(),
    files(),
    make(
      'div',
      'filters',
      chips(
        'Grade',
        wanted.grade,
        counted(
          grades,
          rules.map(({ grade }) => grade),
        ),
      ),
      chips(
        'Verdict',
        wanted.verdict,
        counted(
          verdicts,
          rules.flatMap(({ verdict }) => verdict?.word ?? []),
        ),
      ),
      chips(
        'Constructs',
        wanted.became,
        counted(
          becomings,
          rules.flatMap(({ ledger }) => ledger.map(({ became }) => became)),
        ),
      ),
    ),
  );
}

/** What share of the rules came to what. The numbers stand below it. */
function bar(counts: readonly (readonly [string, number])[]): HTMLElement {
  const parts = counts.map(([word, count]) => {
    const part = make('span', tones[word] ?? 'plain');
    part.style.flexGrow = String(count);
    part.title = `${count} ${word}`;
    return part;
  });
  const whole = make('div', 'bar', ...parts);
  whole.setAttribute('role', 'img');
  whole.setAttribute('aria-label', counts.map(([word, count]) => `${count} ${word}`).join(', '));
  return whole;
}

function gates(): HTMLElement | undefined {
  const closed = run.gates.filter(({ stops }) => stops.length > 0);
  if (closed.length === 0) return undefined;
  return make(
    'section',
    'notice red',
    ...closed.flatMap(({ asked, stops }) => [
      make('h2', '', make('code', '', asked), ' is not met'),
      listed(stops.map((stop) => [stop])),
    ]),
  );
}

function files(): HTMLElement | undefined {
  if (run.files.length === 0) return undefined;
  const lines = run.files.flatMap(({ path, grade, found }) => {
    const [first, ...more] = found;
    const place = (line: number | undefined) =>
      make('code', '', line === undefined ? path : `${path}:${line}`);
    const own = [
      grade === undefined ? undefined : badge(grade),
      ' ',
      place(first?.line),
      ' ',
      first?.message ?? '',
    ];
    return [own, ...more.map(({ message, line }) => [place(line), ' ', message])];
  });
  return make('section', 'notice', make('h2', '', 'About files as a whole'), listed(lines));
}

/** The first few; the rest when somebody asks. */
function listed(lines: readonly (readonly Child[])[]): HTMLElement {
  const list = make('ul', '', ...lines.slice(0, 5).map((line) => make('li', '', ...line)));
  if (lines.length <= 5) return list;
  const more = button(
    'quiet',
    () => {
      more.remove();
      append(
        list,
        lines.slice(5).map((line) => make('li', '', ...line)),
      );
    },
    `Show ${numbers.format(lines.length - 5)} more`,
  );
  return make('div', '', list, more);
}

const pressed: HTMLButtonElement[] = [];

function chips(
  name: string,
  chosen: Set<string>,
  counts: readonly (readonly [string, number])[],
): HTMLElement | undefined {
  if (counts.length === 0) return undefined;
  const all = counts.map(([word, count]) => {
    const chip = button(
      `chip ${tones[word] ?? 'plain'}`,
      () => {
        if (!chosen.delete(word)) chosen.add(word);
        chip.setAttribute('aria-pressed', String(chosen.has(word)));
        refresh();
      },
      make('span', 'dot'),
      word,
      ' ',
      make('span', 'count', numbers.format(count)),
    );
    chip.setAttribute('aria-pressed', 'false');
    pressed.push(chip);
    return chip;
  });
  const group = make('div', 'group', make('span', 'name', name), ...all.map((chip) => [' ', chip]));
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', name);
  return group;
}

function clearFilters(): void {
  for (const set of [wanted.grade, wanted.verdict, wanted.became]) set.clear();
  for (const chip of pressed) chip.setAttribute('aria-pressed', 'false');
  wanted.text = search.value = '';
  wanted.kind = kinds.value = '';
  refresh();
  search.focus();
}

function tools(): HTMLElement {
  search.type = 'search';
  search.placeholder = 'Search titles, paths, texts and findings';
  search.setAttribute('aria-label', 'Search');
  let waiting = 0;
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      wanted.text = search.value.trim().toLowerCase();
      refresh();
    }, 120);
  });
  kinds.setAttribute('aria-label', 'Kind of construct');
  const found = new Set(run.rules.flatMap(({ ledger }) => ledger.map(({ kind }) => kind)));
  kinds.append(
    new Option('All kinds of constructs', ''),
    ...[...found].sort().map((kind) => new Option(kind, kind)),
  );
  kinds.addEventListener('change', () => {
    wanted.kind = kinds.value;
    refresh();
  });
  status.setAttribute('role', 'status');
  return make('div', 'tools', search, kinds, status, reset);
}

// The rules, as many as are in view.

const list = make('ol', 'rules');
const end = make('div', 'end');
const none = make('p', 'none', 'No rule is like that.');
const together = 50;
let shown: readonly PackedRule[] = [];
let drawn = 0;
const made = new Map<PackedRule, HTMLLIElement>();

function refresh(): void {
  shown = run.rules.filter(isWanted);
  drawn = 0;
  list.replaceChildren();
  const isAll = shown.length === run.rules.length;
  status.textContent = isAll
    ? several(shown.length, 'rule')
    : `${numbers.format(shown.length)} of ${several(run.rules.length, 'rule')}`;
  reset.hidden = isAll && wanted.text === '';
  draw();
}

function draw(): void {
  const next = shown.slice(drawn, drawn + together);
  drawn += next.length;
  list.append(...next.map(rowOf));
  end.hidden = drawn >= shown.length;
  none.hidden = shown.length > 0 || run.rules.length === 0;
}

function rowOf(rule: PackedRule): HTMLLIElement {
  const known = made.get(rule);
  if (known) return known;
  const row = make('li', 'rule');
  const id = `rule-${made.size}`;
  const open = button('open', () => toggle(rule, row, open, id), ...titleOf(rule));
  open.setAttribute('aria-expanded', 'false');
  row.append(make('h2', '', open));
  made.set(rule, row);
  return row;
}

function titleOf(rule: PackedRule): readonly Child[] {
  const lost = counted(
    becomings.slice(2),
    rule.ledger.map(({ became }) => became),
  );
  const isWritten = rule.grade !== 'refused' && rule.grade !== 'failed';
  return [
    make('span', 'grade', badge(rule.grade)),
    make(
      'span',
      'what',
      make('span', 'title', rule.title === '' ? (rule.id ?? 'A rule without a title') : rule.title),
      make('span', 'path', rule.path),
    ),
    make(
      'span',
      'tally',
      rule.verdict && make('span', `verdict ${tones[rule.verdict.word] ?? ''}`, rule.verdict.word),
      isWritten && lost.map(([word, count]) => make('span', `few ${tones[word]}`, `${count} ${word}`)),
      !isWritten && reasonsOf(rule).map((code) => make('span', 'few red', code)),
    ),
  ];
}

/** Why a rule was not written: the codes of its worst findings. */
function reasonsOf({ ledger }: PackedRule): readonly string[] {
  const found = ledger.flatMap((line) => line.found ?? []).filter(({ level }) => level !== 'note');
  const errors = found.filter(({ level }) => level === 'error');
  return [...new Set((errors.length > 0 ? errors : found).map(({ code }) => code))].slice(0, 3);
}

function toggle(rule: PackedRule, row: HTMLElement, open: HTMLElement, id: string): void {
  const isOpen = open.getAttribute('aria-expanded') === 'true';
  open.setAttribute('aria-expanded', String(!isOpen));
  row.classList.toggle('is-open', !isOpen);
  const detail = row.querySelector<HTMLElement>('.detail');
  if (detail) {
    detail.hidden = isOpen;
    return;
  }
  const made = detailOf(rule);
  made.id = id;
  open.setAttribute('aria-controls', id);
  row.append(made);
  for (const pane of made.querySelectorAll<HTMLElement>('pre.text')) showTests(pane, rule);
}

/** Texts begin with what few people look for: the first test comes into view. */
function showTests(pane: HTMLElement, { ledger }: PackedRule): void {
  const tests = ledger.flatMap(({ kind }, entry) => (kind === 'test' ? [entry] : []));
  const found = tests.map((entry) => pane.querySelector<HTMLElement>(`[data-entries~="${entry}"]`));
  const tops = found.flatMap((mark) => (mark ? [mark.getBoundingClientRect().top] : []));
  const top = Math.min(...tops) - pane.getBoundingClientRect().top;
  if (Number.isFinite(top) && top > pane.clientHeight / 2) pane.scrollTop = top - pane.clientHeight / 4;
}

// One rule: its verdict, both of its texts, its ledger.

function detailOf(rule: PackedRule): HTMLElement {
  const detail = make('div', 'detail');
  const light = (entry: number | undefined) => {
    for (const lit of detail.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (entry === undefined) return;
    for (const part of detail.querySelectorAll(`[data-entries~="${entry}"]`)) part.classList.add('lit');
  };
  const { out, id, path, line } = rule;
  append(detail, [
    make(
      'p',
      'meta',
      make('code', '', `${path}:${line}`),
      out !== undefined && [' written to ', make('code', '', out)],
      id !== undefined && [', id ', make('code', '', id)],
    ),
    rule.verdict && verdictOf(rule.verdict),
    make(
      'div',
      'texts',
      textPane('Read', rule.read, rule.line, marksOf(rule.ledger, 'from'), detail),
      textPane('Written', rule.written, 1, marksOf(rule.ledger, 'to'), detail),
    ),
    ledgerOf(rule, detail, light),
  ]);
  return detail;
}

function verdictOf({ word, says, shown }: PackedVerdict): HTMLElement {
  return make(
    'section',
    `proof ${tones[word] ?? 'plain'}`,
    make('h3', '', badge(word), ' ', says),
    ...shown.map(({ says, read, written }) =>
      make(
        'div',
        'shown',
        make('p', '', says),
        make(
          'div',
          'texts',
          eventPane('As the rule read names it', read),
          written !== undefined && eventPane('As the written rule names it', written),
        ),
      ),
    ),
  );
}

function eventPane(name: string, lines: string): HTMLElement {
  const events = lines
    .split('\n')
    .map((line) => (line.length > 72 ? JSON.stringify(JSON.parse(line), null, 2) : line));
  return make('figure', 'pane', make('figcaption', '', name), make('pre', 'event', events.join('\n')));
}

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly entry: number;
  readonly became: string;
}

/** The query as a whole has no mark, nor what is said of it as a whole: each of its tests has one. */
function marksOf(ledger: readonly PackedLine[], side: 'from' | 'to'): readonly Mark[] {
  const whole = String(ledger.find(({ kind }) => kind === 'query')?.[side]?.at?.[0]);
  return ledger.flatMap((line, entry) =>
    String(line[side]?.at?.[0]) === whole
      ? []
      : (line[side]?.at ?? []).map(([from, to]) => ({ from, to, entry, became: line.became })),
  );
}

function textPane(
  name: string,
  text: string,
  first: number,
  marks: readonly Mark[],
  detail: HTMLElement,
): HTMLElement {
  const body =
    text === ''
      ? make('p', 'none', 'Nothing was written.')
      : make('pre', 'text', ...linesOf(text, first, marks));
  body.addEventListener('click', (event) => {
    const entries =
      event.target instanceof Element ? event.target.closest('mark')?.getAttribute('data-entries') : null;
    const [entry] = (entries ?? '').split(' ');
    if (entry) goTo(detail.querySelector(`.entry[data-entries="${entry}"]`));
  });
  body.tabIndex = 0;
  body.setAttribute('aria-label', `${name}: the text`);
  if (text !== '') body.setAttribute('role', 'region');
  return make('figure', 'pane', make('figcaption', '', name), body);
}

function linesOf(text: string, first: number, marks: readonly Mark[]): readonly HTMLElement[] {
  const cuts = new Set(marks.flatMap(({ from, to }) => [from, to]));
  const lines: HTMLElement[] = [];
  let line = make('code', '');
  const flush = () => {
    const number = make('span', 'number', String(first + lines.length));
    number.setAttribute('aria-hidden', 'true');
    lines.push(make('span', 'line', number, line, '\n'));
    line = make('code', '');
  };
  const say = (part: string, around: readonly Mark[]) => {
    if (part === '') return;
    line.append(around.length === 0 ? part : markOf(part, around));
  };
  const ends = [...cuts, text.length].sort((a, b) => a - b);
  const ahead = [...marks].sort((a, b) => b.from - a.from);
  let around: Mark[] = [];
  let start = 0;
  for (const stop of ends) {
    const from = start;
    around = around.filter(({ to }) => to > from);
    for (let next = ahead.at(-1); next && next.from <= from; next = ahead.at(-1)) {
      if (next.to > from) around.push(next);
      ahead.pop();
    }
    const [own = '', ...more] = text.slice(start, stop).split(/\r\n|\n|\r/);
    say(own, around);
    for (const part of more) {
      flush();
      say(part, around);
    }
    start = stop;
  }
  if (line.hasChildNodes()) flush();
  return lines;
}

/** Where constructs lie within one another, the innermost says the tone. */
function markOf(part: string, around: readonly Mark[]): HTMLElement {
  const [inner] = [...around].sort((a, b) => a.to - a.from - (b.to - b.from));
  const mark = make('mark', tones[inner?.became ?? ''] ?? 'plain', part);
  mark.classList.add(inner?.became ?? '');
  mark.dataset['entries'] = around.map(({ entry }) => entry).join(' ');
  mark.title = inner?.became ?? '';
  return mark;
}

function ledgerOf(
  rule: PackedRule,
  detail: HTMLElement,
  light: (entry: number | undefined) => void,
): HTMLElement {
  const kept = rule.ledger.filter(({ became }) => became === 'kept').length;
  const rows = make(
    'tbody',
    '',
    ...rule.ledger.map((line, entry) => lineOf(rule, line, entry, detail, light)),
  );
  const columns = ['Became', 'Read', 'Written', 'Why'].map((name) => {
    const column = make('th', '', name);
    column.scope = 'col';
    return column;
  });
  const table = make('table', 'ledger', make('thead', '', make('tr', '', ...columns)), rows);
  const isMore = kept > 0 && kept < rule.ledger.length;
  table.classList.toggle('less', isMore && !wanted.became.has('kept'));
  const label = () => (table.classList.contains('less') ? `Show ${kept} kept` : `Hide ${kept} kept`);
  const more = button(
    'quiet',
    () => {
      table.classList.toggle('less');
      more.textContent = label();
    },
    label(),
  );
  return make('section', '', make('h3', 'ledger-head', 'What became of each part ', isMore && more), table);
}

function lineOf(
  rule: PackedRule,
  line: PackedLine,
  entry: number,
  detail: HTMLElement,
  light: (entry: number | undefined) => void,
): HTMLTableRowElement {
  const why = [
    ...(line.found ?? []).map(findingOf),
    ...(line.rows ?? []).map((row) => make('p', 'row', run.rows[row] ?? '')),
  ];
  const went = make('td', 'became', badge(line.became), make('span', 'kind', line.kind));
  const row = make(
    'tr',
    `entry ${line.became}`,
    went,
    saidIn('Read', line.from, rule.read, rule.line, 0, entry, detail),
    saidIn('Written', line.to, rule.written, 1, 1, entry, detail),
    make('td', 'why', ...why),
  );
  row.dataset['entries'] = String(entry);
  row.addEventListener('mouseenter', () => light(entry));
  row.addEventListener('mouseleave', () => light(undefined));
  row.addEventListener('focusin', () => light(entry));
  return row;
}

function findingOf({ code, level, message }: PackedFinding): HTMLElement {
  return make('p', `found ${level}`, message, ' ', make('code', '', code));
}

function saidIn(
  name: string,
  said: PackedSaid | undefined,
  text: string,
  first: number,
  pane: number,
  entry: number,
  detail: HTMLElement,
): HTMLTableCellElement {
  const cell = make('td', 'said');
  cell.dataset['name'] = name;
  if (said === undefined) {
    cell.classList.add('empty');
    return cell;
  }
  const { path = '', at = [] } = said;
  const [from, to] = at[0] ?? [0, 0];
  const words = said.words ?? text.slice(from, to);
  const line = first + (text.slice(0, from).match(/\r\n|\n|\r/g)?.length ?? 0);
  const find = () => {
    const place = detail.querySelectorAll(':scope > .texts > .pane')[pane];
    goTo(place?.querySelector(`[data-entries~="${entry}"]`) ?? place);
  };
  append(cell, [
    at.length > 0 && button('place', find, `line ${line}`),
    path !== '' && !words.includes(path) && make('span', 'key', path),
    words !== '' && make('code', 'words', words),
  ]);
  return cell;
}

const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)');

function goTo(element: Element | null | undefined): void {
  if (!element) return;
  element.scrollIntoView({ block: 'center', behavior: isCalm.matches ? 'auto' : 'smooth' });
  element.classList.add('lit');
}

// Keys: / searches, the arrows go from rule to rule.

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  const isTyping = target === search || target instanceof HTMLSelectElement;
  if (key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    return;
  }
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(target instanceof HTMLElement) || !target.classList.contains('open')) return;
  event.preventDefault();
  const index = [...list.children].indexOf(target.closest('li') as HTMLLIElement) + step;
  if (index >= list.children.length) draw();
  list.children[index]?.querySelector<HTMLElement>('.open')?.focus();
});

document.body.append(head(), make('main', '', tools(), list, none, end));
new IntersectionObserver(([entry]) => entry?.isIntersecting && draw(), { rootMargin: '800px' }).observe(end);
refresh();
if (run.rules.length === 1) list.querySelector<HTMLElement>('.open')?.click();
