import { attempt } from '../../diagnostic/attempt.ts';
import type { FormatId } from '../../formats/format.ts';
import { languageOf } from '../../languages/index.ts';
import { mergeQueries } from '../../query/change/merge-queries.ts';
import { respelled, spellerOf } from '../../query/change/respelled.ts';
import { normal, spell } from '../../query/normal.ts';
import type { Query } from '../../query/query.ts';
import { sameTree } from '../../query/walk.ts';
import type { QueryText } from '../../rule/rule.ts';
import type { Versions } from '../../source/merge-pieces.ts';
import { clauseOf } from '../clause.ts';
import { parseText } from '../parse-text.ts';
import { printQuery } from '../print.ts';
import type { Tell } from './conflict.ts';
import { guarded } from './guard.ts';
import { bothSpellings, proposedTexts } from './proposed.ts';
import { clashSentence } from './query-sentences.ts';

/** Three texts of one query. What only one side changed is its text; the changes of both are put into the text of ours. */
export function mergedQuery(
  three: Versions<QueryText>,
  where: string,
  format: FormatId,
  tell: Tell,
): QueryText {
  const { base, ours, theirs } = three;
  if (ours.text === theirs.text || base.text === theirs.text) return ours;
  if (base.text === ours.text) return anew(theirs);
  const said = { base: base.text, ours: ours.text, theirs: theirs.text };
  const conflict = (message: string) => tell({ where, message, ...said });
  const trees = treesOf(three);
  if (typeof trees === 'string') {
    conflict(both(trees));
    return ours;
  }
  return mergedTrees(three, trees, format, conflict);
}

/** What the trees of three texts come to, as a text. */
function mergedTrees(
  three: Versions<QueryText>,
  trees: Versions<Query>,
  format: FormatId,
  conflict: (message: string) => void,
): QueryText {
  const { ours, theirs } = three;
  const said = { base: three.base.text, ours: ours.text, theirs: theirs.text };
  const [b, o, t] = [trees.base, trees.ours, trees.theirs].map((tree) => spell(normal(tree)));
  if (o === t) return ours;
  // Upstream only says it otherwise: names of columns, comments, another layout.
  if (b === t) return first([bothSpellings(said)], ours, normal(trees.ours)) ?? ours;
  const isRespelled = b === o;
  const meant = isRespelled ? normal(trees.theirs) : meantBy(trees, conflict);
  if (meant === undefined || spell(meant) === o) return ours;
  const found =
    first(proposedTexts(said, ours.language ?? 'kuery'), ours, meant) ??
    (isRespelled ? anew(theirs) : first(printedTexts(meant, trees, ours, format), ours, meant));
  if (found === undefined) conflict(both('their language has no words for both'));
  return found ?? ours;
}

/** Both changes in one tree, which keeps to both; undefined where it does not. */
function meantBy(trees: Versions<Query>, conflict: (message: string) => void): Query | undefined {
  const { query, clashes } = mergeQueries(trees);
  const spelled = spellerOf([trees.ours, trees.theirs, trees.base]);
  for (const found of clashes) conflict(clashSentence(found, spelled));
  const unlike = clashes.length === 0 ? guarded(trees, query) : undefined;
  if (unlike !== undefined) conflict(both(unlike));
  return unlike === undefined ? query : undefined;
}

function both(why: string): string {
  return `Upstream changed the query, and here it was changed as well, and ${why}; it stays as it is here.`;
}

/** Where it stood, and what was read of it, is no longer so. */
function anew({ language, text }: QueryText): QueryText {
  return { ...(language !== undefined && { language }), text };
}

/** What the texts ask; or why that can not be told, as a clause. */
function treesOf(three: Versions<QueryText>): Versions<Query> | string {
  const outcomes = [three.base, three.ours, three.theirs].map((query) =>
    attempt(() => parseText(query, () => {})),
  );
  const which = ['before', 'here', 'upstream'];
  const failed = outcomes.findIndex((outcome) => !outcome.ok);
  if (failed >= 0)
    return `as it is ${which[failed]} it can not be read (${clauseOf(outcomes[failed]!.diagnostics[0]?.message)})`;
  const [base, ours, theirs] = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  return { base: base!, ours: ours!, theirs: theirs! };
}

/** The first of some texts that says what is meant; how it says it is its authors' choice. */
function first(texts: Iterable<string | undefined>, ours: QueryText, meant: Query): QueryText | undefined {
  for (const text of texts) {
    const query = text === undefined ? undefined : anew({ ...ours, text });
    if (query && says(query, meant)) return query;
  }
  return undefined;
}

/** The parts of a stage have no order. */
function says(query: QueryText, { stages, ...meant }: Query): boolean {
  const outcome = attempt(() => normal(parseText(query, () => {})));
  if (!outcome.ok) return false;
  const { stages: said, ...rest } = outcome.value;
  return sameTree(said, stages) && spell({ ...rest, stages: [] }) === spell({ ...meant, stages: [] });
}

/** In the words of the language: as the authors spelled each test, or in normal form. */
function* printedTexts(
  query: Query,
  trees: Versions<Query>,
  { language: id = 'kuery', text: here }: QueryText,
  to: FormatId,
): Generator<string> {
  const language = languageOf(id);
  if (language === undefined) return;
  for (const one of [respelled(query, [trees.ours, trees.theirs, trees.base]), query]) {
    const outcome = attempt((report) => printQuery(one, language, { to }, report).text);
    if (!outcome.ok || outcome.diagnostics.some(({ effect }) => effect !== undefined)) continue;
    const [before, behind] = [/^\s*/.exec(here)![0], /\s*$/.exec(here)![0]];
    yield id === 'sigma' ? outcome.value : `${before}${outcome.value.trim()}${behind}`;
  }
}
