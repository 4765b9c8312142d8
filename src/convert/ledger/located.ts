import { attempt } from '../../diagnostic/attempt.ts';
import type { QueryText, Rule } from '../../rule/rule.ts';
import { type Span, shift } from '../../source/source.ts';
import { parseText } from '../parse-text.ts';
import { type Leaf, leavesOf, spellLeaf } from './leaves.ts';

/** A test with its words, and its place in the file. */
export interface LocatedLeaf extends Leaf {
  readonly words: string;
  readonly place?: Span;
}

/** The tests of a rule's query, as far as it can be read, with their words and places. */
export interface LocatedQuery {
  readonly leaves: readonly LocatedLeaf[];
  /** Where the whole text stands. */
  readonly place?: Span;
}

export function locatedQuery(rule: Rule, text: string): LocatedQuery {
  const query = queryOf(rule);
  if (query === undefined) return { leaves: [] };
  // Places within the text are wanted, whether or not it is known where that stands.
  const start = query.span?.start ?? 0;
  const asked = { ...query, span: { start, end: start + query.text.length } };
  const outcome = attempt((report) => parseText(asked, report));
  const lay = layOf(query, text);
  const place = lay({ start: 0, end: query.text.length });
  const whole = place && { place };
  if (!outcome.ok) return { leaves: [], ...whole };
  const leaves = leavesOf(outcome.value).map((leaf) => locatedLeaf(leaf, query, start, lay));
  return { leaves, ...whole };
}

export function queryOf({ detection }: Rule): QueryText | undefined {
  return 'query' in detection ? detection.query : undefined;
}

function locatedLeaf(leaf: Leaf, { text }: QueryText, start: number, lay: Lay): LocatedLeaf {
  if (leaf.span === undefined) return { ...leaf, words: spellLeaf(leaf) };
  const within = shift(leaf.span, -start);
  const words = text.slice(within.start, within.end).trimEnd();
  if (words === '') return { ...leaf, words: spellLeaf(leaf) };
  const place = lay({ start: within.start, end: within.start + words.length });
  return { ...leaf, words, ...(place && { place }) };
}

/** Where a part of a query text stands in the file. */
type Lay = (within: Span) => Span | undefined;

function layOf({ text: query, span }: QueryText, text: string): Lay {
  if (span) return (within) => shift(within, span.start);
  const quoted = JSON.stringify(query);
  const start = text.indexOf(quoted);
  if (start < 0) return layPlain(query, text);
  const offsets = offsetsIn(quoted);
  return (within) => {
    const [from, to] = [offsets[within.start], offsets[within.end]];
    return from === undefined || to === undefined ? undefined : { start: start + from, end: start + to };
  };
}

/** The text may stand in the file letter for letter, with a line break more or less at its end. */
function layPlain(query: string, text: string): Lay {
  const plain = query.trimEnd();
  const start = plain === '' ? -1 : text.indexOf(plain);
  return (within) => (start < 0 ? undefined : shift(within, start));
}

/** For each unit of a text, and its end, where it stands in its quoted form. */
function offsetsIn(quoted: string): readonly number[] {
  const offsets: number[] = [];
  let at = 1;
  while (at < quoted.length) {
    offsets.push(at);
    if (quoted.charAt(at) !== '\\') at += 1;
    else at += quoted.charAt(at + 1) === 'u' ? 6 : 2;
  }
  return offsets;
}
