import type {
  Comparison,
  Conditions,
  Difference,
  NamedCounterexample,
  Pair,
  Relation,
  Rule,
} from '../index.ts';
import { inLine, type PackComparison, relations, visibleJson } from '../index.ts';
import { type Label, lineFor, type Manner, print, printJson } from './tell-match.ts';
import { paint, say } from './terminal.ts';

export type Labels = (rule: Rule) => Label;

/** What the relation of a second rule to a first says, as a sentence. */
const sentences: Readonly<Record<Relation, string>> = {
  equal: 'Both match the same events.',
  broader: 'The second matches all that the first does, and more.',
  narrower: 'The second matches less: nothing that the first does not, and not all that it does.',
  overlapping: 'Each matches events that the other does not, and there are some that both match.',
  disjoint: 'No event is matched by both.',
  unknown: 'How the two stand to one another is not known',
};

/** How two rules stand to one another, with events that show it, and what else they say differently. */
export function tellRules(comparison: Comparison, first: Label, second: Label, { json }: Manner): void {
  if (json) {
    const { relation, event, taxonomy, ...more } = comparison;
    printJson({ relation, ...(event && { event }), ...(taxonomy && { taxonomy }), ...more, first, second });
    return;
  }
  const { relation, because, conditions, differences, counterexamples } = comparison;
  printLines([
    `${bold(relation)}: ${inLine(sentenceOf(relation, because))}`,
    `  first   ${lineFor(first)}`,
    `  second  ${lineFor(second)}`,
    ...(relation === 'equal' || !conditions ? [] : titled('The second', conditionLines(conditions))),
    ...counterexamples.flatMap(shownLines),
    ...titled('They differ in what stands beside the queries', differences.flatMap(differenceLines)),
  ]);
}

function sentenceOf(relation: Relation, because: string | undefined): string {
  const sentence = sentences[relation];
  if (because === undefined) return relation === 'unknown' ? `${sentence}.` : sentence;
  return relation === 'unknown'
    ? `${sentence}: ${because}.`
    : `${sentence} No event shows it, as ${because}.`;
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines];
}

/** What stands before each of the conditions. */
const beginnings = {
  asks: 'also asks that',
  omits: 'does not ask that',
  takes: 'also matches where',
  leaves: 'does not match where',
} as const satisfies Record<keyof Conditions, string>;

function conditionLines(conditions: Conditions): readonly string[] {
  return (['asks', 'omits', 'takes', 'leaves'] as const).flatMap((kind) =>
    conditions[kind].map((clause) => `  ${beginnings[kind]} ${inLine(clause)}`),
  );
}

const names = { ecs: 'ECS', sigma: 'Sigma' } as const;

function shownLines({ matches, events, taxonomy, also }: NamedCounterexample): readonly string[] {
  const what = events.length === 1 ? 'An event' : `${events.length} events, in order,`;
  const head = `${what} that the ${matches} alone matches, in the names of ${names[taxonomy]}:`;
  const pretty = (all: NamedCounterexample['events']) => all.map((event) => visibleJson(event, 2));
  const again = also ? [`The same in the names of ${names[also.taxonomy]}:`, ...pretty(also.events)] : [];
  return ['', head, ...pretty(events), ...again];
}

function differenceLines(difference: Difference): readonly string[] {
  const said = (side: 'first' | 'second') =>
    Object.hasOwn(difference, side) ? visibleJson(difference[side]) : 'says nothing';
  return [`  ${difference.field}`, `    first   ${said('first')}`, `    second  ${said('second')}`];
}

/** Groups of pairs, in the order in which they are told. */
const groups: readonly { readonly title: string; readonly relations: readonly Relation[] }[] = [
  { title: 'Equal', relations: ['equal'] },
  { title: 'The second is broader, and covers the first', relations: ['broader'] },
  { title: 'The second is narrower, and is covered by the first', relations: ['narrower'] },
  { title: 'Near', relations: ['overlapping', 'unknown', 'disjoint'] },
];

/** Which rules of two packs have to do with one another. Says whether each of either has an equal one in the other. */
export function tellPacks(
  found: PackComparison,
  [first, second]: readonly [number, number],
  labels: Labels,
  manner: Manner,
): boolean {
  const { pairs, alone } = found;
  const counts = Object.fromEntries(
    relations.map((relation) => [relation, pairs.filter((pair) => pair.relation === relation).length]),
  );
  const summary = {
    rules: { first, second },
    pairs: pairs.length,
    ...counts,
    alone: { first: alone.first.length, second: alone.second.length },
    unread: found.unread.length,
  };
  if (manner.json) {
    for (const pair of pairs) printJson(pairObject(pair, labels));
    const named = { first: alone.first.map(labels), second: alone.second.map(labels) };
    const unread = found.unread.map(({ rule, because }) => ({ ...labels(rule), because }));
    printJson({ summary, alone: named, unread });
  } else {
    for (const group of groups) {
      tellGroup(
        group.title,
        pairs.filter(({ relation }) => group.relations.includes(relation)),
        labels,
      );
    }
    tellAlone('first', alone.first, labels, manner);
    tellAlone('second', alone.second, labels, manner);
    tellUnread(found, labels, manner);
    say(`${paint(totals(first, second), 'bold')}: ${counted(counts)}.`);
  }
  const equal = new Set(
    pairs.flatMap((pair) => (pair.relation === 'equal' ? [pair.first, pair.second] : [])),
  );
  return equal.size === first + second;
}

function pairObject({ relation, nearness, first, second, ...more }: Pair, labels: Labels) {
  const event = more.counterexamples.find(({ events }) => events.length === 1)?.events[0];
  return {
    relation,
    ...(event && { event }),
    nearness,
    first: labels(first),
    second: labels(second),
    ...more,
  };
}

function tellGroup(title: string, pairs: readonly Pair[], labels: Labels): void {
  if (pairs.length === 0) return;
  printLines([bold(`${title}: ${pairs.length}`), ...pairs.flatMap((pair) => pairLines(pair, labels)), '']);
}

function pairLines({ first, second, relation, nearness, because, conditions }: Pair, labels: Labels) {
  const [a, b] = [labels(first), labels(second)];
  const isNear = relation === 'overlapping' || relation === 'unknown' || relation === 'disjoint';
  return [
    `  ${lineFor(a)}`,
    `  ${relation === 'equal' ? '=' : '|'} ${lineFor(b)}`,
    ...(isNear ? [`    ${relation}, ${Math.round(nearness * 100)} % of the tests are shared`] : []),
    ...(because === undefined ? [] : [inLine(`    as ${because}`)]),
    ...(conditions ? conditionLines(conditions).map((line) => `  ${line}`) : []),
  ];
}

/** As many are named unless all are asked for. */
const shortest = 10;

function tellAlone(side: string, rules: readonly Rule[], labels: Labels, { verbose }: Manner): void {
  const lines = rules.map((rule) => lineFor(labels(rule)));
  tellSome(`Of the ${side}, without a partner`, lines, verbose);
}

function tellUnread({ unread }: PackComparison, labels: Labels, { verbose }: Manner): void {
  const lines = unread.map(({ rule, because }) => `${lineFor(labels(rule))}: ${inLine(because)}`);
  tellSome('Compared word by word alone', lines, verbose);
}

/** The first of some lines, unless all are asked for. */
function tellSome(title: string, lines: readonly string[], all: boolean): void {
  if (lines.length === 0) return;
  const shown = all ? lines : lines.slice(0, shortest);
  const more = lines.length - shown.length;
  printLines([
    bold(`${title}: ${lines.length}`),
    ...shown.map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more; --verbose names them`] : []),
    '',
  ]);
}

function totals(first: number, second: number): string {
  return `${first} and ${second} rules`;
}

function counted(counts: Readonly<Record<string, number>>): string {
  const found = relations.filter((relation) => counts[relation]! > 0);
  return found.length === 0
    ? 'no pairs'
    : found.map((relation) => `${counts[relation]} ${relation}`).join(', ');
}

function bold(text: string): string {
  return paint(text, 'bold', process.stdout);
}

function printLines(lines: readonly string[]): void {
  print(`${lines.join('\n')}\n`);
}
