import { attempt } from '../../diagnostic/attempt.ts';
import type { FormatId } from '../../formats/format.ts';
import { languageOf } from '../../languages/index.ts';
import { mergeQueries } from '../../query/change/merge-queries.ts';
import { respelled, spellerOf } from '../../query/change/respelled.ts';
import { normal, spell } from '../../query/normal.ts';
import type { Query } from '../../query/query.ts';
import { sameTree } from '../../query/walk.ts';
import type { QueryText } from '../../rule/rule.ts';
import { type MergedPieces, mergePieces, type Versions } from '../../source/merge-pieces.ts';
import { clauseOf } from '../clause.ts';
import { parseText } from '../parse-text.ts';
import { printQuery } from '../print.ts';
import type { Tell } from './conflict.ts';
import { guarded } from './guard.ts';
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
    conflict(
      `Upstream changed the query, and here it was changed as well, and ${trees}; it stays as it is here.`,
    );
    return ours;
  }
  const [b, o, t] = [trees.base, trees.ours, trees.theirs].map((tree) => spell(normal(tree)));
  if (o === t) return ours;
  // Upstream only says it otherwise: names of columns, comments, another layout.
  if (b === t) return respelledHere(three, normal(trees.ours)) ?? ours;
  const merged = b === o ? { query: normal(trees.theirs), clashes: [] } : mergeQueries(trees);
  const spelled = spellerOf([trees.ours, trees.theirs, trees.base]);
  for (const found of merged.clashes) conflict(clashSentence(found, spelled));
  const meant = merged.query;
  if (spell(meant) === o) return ours;
  const unlike = merged.clashes.length === 0 && b !== o ? guarded(trees, merged.query) : undefined;
  if (unlike !== undefined) {
    conflict(
      `Upstream changed the query, and here it was changed as well, and ${unlike}; it stays as it is here.`,
    );
    return ours;
  }
  const text = proposed(three, meant) ?? (b === o ? theirs.text : printed(merged.query, trees, ours, format));
  if (text !== undefined) return anew({ ...ours, text });
  conflict(
    'Upstream changed the query, and here it was changed as well, and their language has no words for both; it stays as it is here.',
  );
  return ours;
}

function respelledHere(three: Versions<QueryText>, meant: Query): QueryText | undefined {
  const { pieces, isClean } = piecesOf(three, words);
  const text = pieces.join('');
  return isClean && says(anew({ ...three.ours, text }), meant) ? anew({ ...three.ours, text }) : undefined;
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

/** Strings, words, blanks, signs: what a query is made of, and what changes as a whole. */
const words = /"(?:\\.|[^"\\\n])*"|'(?:''|[^'\n])*'|[\p{L}\p{N}_.@-]+|[ \t]+|\r?\n|[^]/gu;
const lines = /[^\n]*\n|[^\n]+/g;

/** The text of ours with the words that upstream changed, if that says what is meant: how it says it is its author's choice. */
function proposed(three: Versions<QueryText>, meant: Query): string | undefined {
  for (const cut of [words, lines]) {
    const text = piecesOf(three, cut, true).pieces.join('');
    if (says(anew({ ...three.ours, text }), meant)) return text;
  }
  return undefined;
}

function piecesOf(three: Versions<QueryText>, cut: RegExp, keepsBoth = false): MergedPieces {
  const [base, ours, theirs] = [three.base, three.ours, three.theirs].map(
    ({ text }) => text.match(cut) ?? [],
  );
  return mergePieces({ base: base!, ours: ours!, theirs: theirs! }, { keepsBoth });
}

/** The parts of a stage have no order. */
function says(query: QueryText, { stages, ...meant }: Query): boolean {
  const outcome = attempt(() => normal(parseText(query, () => {})));
  if (!outcome.ok) return false;
  const { stages: said, ...rest } = outcome.value;
  return sameTree(said, stages) && spell({ ...rest, stages: [] }) === spell({ ...meant, stages: [] });
}

/** In the words of the language, as the authors spelled each test. */
function printed(query: Query, trees: Versions<Query>, ours: QueryText, to: FormatId): string | undefined {
  const language = languageOf(ours.language ?? 'kuery');
  if (language === undefined) return undefined;
  const spelled = respelled(query, [trees.ours, trees.theirs, trees.base]);
  const tries = spell(normal(spelled)) === spell(query) ? [spelled, query] : [query];
  for (const one of tries) {
    const outcome = attempt((report) => printQuery(one, language, { to }, report).text);
    if (!outcome.ok || outcome.diagnostics.some(({ effect }) => effect !== undefined)) continue;
    const text = `${/^\s*/.exec(ours.text)![0]}${outcome.value.trim()}${/\s*$/.exec(ours.text)![0]}`;
    const kept = language.id === 'sigma' ? outcome.value : text;
    if (says(anew({ ...ours, text: kept }), query)) return kept;
  }
  return undefined;
}
