import { type Mapping, sourceKey } from '../mapping/mapping.ts';
import { type Recognised, recognise } from '../mapping/recognise.ts';
import { retyped } from '../mapping/types.ts';
import { and, or } from '../query/build.ts';
import type { Equals, Filter, Predicate } from '../query/query.ts';
import type { Question } from './question.ts';

/**
 * What a rule asks of events of several log sources, as a question for each of them: one rule of Elastic's may look
 * for processes and for files, on Linux and on macOS, and one of Sigma's has one log source. Undefined where it asks
 * of one, and where its parts can not be told apart.
 */
export function apart(question: Question, mapping: Mapping): readonly Question[] | undefined {
  const { find, stages } = question.query;
  if (find.kind !== 'filter' || stages.length > 0) return undefined;
  const sourceOf = (part: Filter) =>
    recognise(
      {
        ...(part.category !== undefined && { category: part.category }),
        where: retyped(part.where, mapping, question.comparesWords),
        indices: question.indices,
      },
      mapping,
    );
  const pieces = bySource(split(find, sourceOf, most));
  if (pieces.length < 2) return undefined;
  return pieces.map((piece) => ({ ...question, query: { ...question.query, find: piece } }));
}

/** More rules than this would be no help to those who read them. */
const most = 8;
/** What asks for more at once than anybody writes by hand is not looked through for alternatives. */
const longest = 100;

type SourceOf = (part: Filter) => Recognised | undefined;

interface Piece {
  readonly part: Filter;
  readonly source: Recognised | undefined;
}

function split(part: Filter, sourceOf: SourceOf, room: number): readonly Piece[] {
  const source = sourceOf(part);
  for (const alternatives of alternativesIn(part)) {
    if (alternatives.length > room) continue;
    const pieces = alternatives.flatMap((one) =>
      split(one, sourceOf, Math.floor(room / alternatives.length)),
    );
    if (isClearer(pieces, source)) return pieces;
  }
  return [{ part, source }];
}

/** Whether every piece is of a log source that says more of it than that of the whole, and with no more leave. */
function isClearer(pieces: readonly Piece[], whole: Recognised | undefined): boolean {
  const sources = pieces.map((piece) => piece.source);
  if (!sources.every((source) => source !== undefined)) return false;
  const isSeveral = new Set(sources.map((source) => sourceKey(source.row.sigma))).size > 1;
  const isSpecific = sources.every(
    (source) =>
      whole === undefined ||
      (source.losses.length <= whole.losses.length &&
        (source.losses.length < whole.losses.length || words(source) > words(whole))),
  );
  return isSeveral && isSpecific;
}

function words({ row }: Recognised): number {
  return Object.keys(row.sigma).length;
}

/** The ways to read a part as alternatives: by each `or` and each list of values that all of it stands under. */
function alternativesIn(part: Filter): readonly (readonly Filter[])[] {
  const parts = part.where.kind === 'and' ? part.where.of : [part.where];
  if (parts.length > longest) return [];
  return parts.flatMap((chosen) => {
    const choices = choicesOf(chosen);
    if (choices.length < 2 || choices.length > most) return [];
    const others = parts.filter((one) => one !== chosen);
    return [choices.map((choice) => ({ ...part, where: and([...others, choice]) }))];
  });
}

function choicesOf(part: Predicate): readonly Predicate[] {
  if (part.kind === 'or') return part.of;
  if (part.kind !== 'equals' || part.quantifier !== 'any' || !tellsSource.has(part.field)) return [];
  return part.values.map((value): Equals => ({ ...part, values: [value] }));
}

/** Fields that say of which source an event is. */
const tellsSource: ReadonlySet<string> = new Set([
  'host.os.type',
  'event.category',
  'event.type',
  'event.module',
  'event.dataset',
  'data_stream.dataset',
  'event.provider',
  'winlog.channel',
]);

/** What is of the same source is one piece again. */
function bySource(pieces: readonly Piece[]): readonly Filter[] {
  const groups = new Map<string, Filter[]>();
  for (const { part, source } of pieces) {
    const key = source ? sourceKey(source.row.sigma) : '';
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].map(([first, ...more]) =>
    more.length === 0 ? first! : { ...first!, where: or([first!, ...more].map(({ where }) => where)) },
  );
}
