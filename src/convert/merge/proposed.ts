import { type MergedPieces, mergePieces, type Versions } from '../../source/merge-pieces.ts';

/** Strings, words, blanks, signs: what a query is made of, and what changes as a whole. */
const words = /"(?:\\.|[^"\\\n])*"|'(?:''|[^'\n])*'|[\p{L}\p{N}_.@-]+|[ \t]+|\r?\n|[^]/gu;
const lines = /[^\n]*\n|[^\n]+/g;

/**
 * Texts of a query in which both sides may have what they changed: proposals, each to be read back by whoever knows what is meant.
 * The first keeps the most of what authors wrote.
 */
export function* proposedTexts(three: Versions<string>, language: string): Generator<string> {
  const ways = language === 'sigma' ? [three, withOtherNames(three)] : [three];
  for (const way of ways) {
    for (const cut of [words, lines]) yield piecesOf(way, cut, true).pieces.join('');
  }
}

/** The text with the words of both; undefined where both changed the same ones. */
export function bothSpellings(three: Versions<string>): string | undefined {
  const { pieces, isClean } = piecesOf(three, words, false);
  return isClean ? pieces.join('') : undefined;
}

function piecesOf({ base, ours, theirs }: Versions<string>, cut: RegExp, keepsBoth: boolean): MergedPieces {
  const [b, o, t] = [base, ours, theirs].map((text) => text.match(cut) ?? []);
  return mergePieces({ base: b!, ours: o!, theirs: t! }, { keepsBoth });
}

/** Searches of Sigma that both sides added by one name: those of theirs get another. */
function withOtherNames({ base, ours, theirs }: Versions<string>): Versions<string> {
  const [was, mine] = [namesIn(base), namesIn(ours)];
  const twice = [...namesIn(theirs)].filter((name) => mine.has(name) && !was.has(name));
  const all = new Set([...mine, ...namesIn(theirs)]);
  const names = new Map(twice.map((name) => [name, freeName(name, all)]));
  const renamed = (theirs.match(words) ?? []).map((word) => names.get(word) ?? word).join('');
  return { base, ours, theirs: renamed };
}

/** The keys of a detection that stand furthest out. */
function namesIn(text: string): ReadonlySet<string> {
  const keys = [...text.matchAll(/^( *)([\p{L}\p{N}_.@-]+):/gmu)];
  const least = Math.min(...keys.map(([, indent]) => indent!.length));
  return new Set(keys.filter(([, indent]) => indent!.length === least).map(([, , name]) => name!));
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let count = 2;
  while (taken.has(`${name}_${count}`)) count += 1;
  return `${name}_${count}`;
}
