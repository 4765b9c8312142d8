// Makes docs/rosetta.md from rosetta/; with --print, on standard output. The output depends on the table alone: the same table, the same bytes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const names = ['eql', 'kuery', 'lucene', 'esql', 'sigma', 'dsl'];
const width = 8;

const pages = readdirSync(join(root, 'rosetta'))
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => parse(readFileSync(join(root, 'rosetta', name), 'utf8')));
const count = pages.reduce((sum, { ideas }) => sum + ideas.length, 0);

const anchor = (title) =>
  title
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');

const lines = [
  '# Rosetta',
  '',
  `What rules are made of, ${count} ideas, each as it is written in every query language. All texts of an idea were run on the events below it;`,
  'they find those that are said, and no others. Made from `rosetta/` by `npm run rosetta`.',
  '',
  ...pages.map(({ title, about }) => `- [${title}](#${anchor(title)}): ${about}`),
  ...pages.flatMap(({ title, about, ideas }) => ['', `## ${title}`, '', about, ...ideas.flatMap(pageOf)]),
];
const text = `${lines.join('\n')}\n`;
if (process.argv.includes('--print')) {
  process.stdout.write(text);
} else {
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(join(root, 'docs/rosetta.md'), text);
}

function pageOf({ idea, note, say, ...events }) {
  return [
    '',
    `### ${idea}`,
    '',
    ...(note ? [note.trim(), ''] : []),
    '```text',
    ...names.flatMap((name) => (say[name] === undefined ? [] : said(name, say[name]))),
    '```',
    '',
    ...eventLines(events),
  ];
}

function said(name, saying) {
  if (typeof saying === 'object' && 'cannot' in saying) return [`${name.padEnd(width)}(${saying.cannot})`];
  const { says, also = [], but } = typeof saying === 'string' ? { says: saying } : saying;
  const first = block(name, name === 'dsl' ? filters(says) : says);
  const told = but ? [`${''.padEnd(width)}(${but})`] : [];
  return [...first, ...told, ...also.flatMap((text) => block('  or', text))];
}

/** What the filters ask, without what Kibana shows of them. */
function filters(text) {
  return JSON.parse(text).map(filter).join('\n');
}

function filter({ meta, query }) {
  const asked = query ? JSON.stringify(query) : `${meta.relation} of ${meta.params.map(filter).join(', ')}`;
  return meta.negate ? `not ${asked}` : asked;
}

function block(name, text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line, index) => `${(index === 0 ? name : '').padEnd(width)}${line}`.trimEnd());
}

function eventLines({ matches = [], misses = [], events, finds = [] }) {
  if (events === undefined) return [list('Finds', matches), list('Not', misses)].flat();
  const found = finds.map((places) => places.map((place) => (place < 0 ? 'none' : place + 1)).join(', '));
  return [...list('In', events), found.length > 0 ? `Finds ${found.join('; ')}.` : 'Finds nothing.'];
}

function list(word, events) {
  return events.length === 0
    ? []
    : [`${word} ${events.map((event) => `\`${JSON.stringify(event)}\``).join(', ')}  `];
}
