import { categoryTest, findLogSource } from '../../mapping/log-source.ts';
import { type Mapping, sourceKey } from '../../mapping/mapping.ts';
import type { LogSourceRow } from '../../mapping/table.ts';
import { retyped } from '../../mapping/types.ts';
import { always, and, filter, or } from '../../query/build.ts';
import { withoutPlainExpressions } from '../../query/plain.ts';
import type { Predicate, Query } from '../../query/query.ts';
import { mapLeaves, mapParts, mapPredicates, partsOf } from '../../query/walk.ts';
import type { LogSource } from '../../rule/rule.ts';
import type { Question } from '../question.ts';
import { asSearched } from '../searched.ts';
import type { Asked, Piece } from './asked.ts';
import {
  keysCalled,
  predicateBack,
  queryBack,
  renamingBack,
  spelled,
  type WayBack,
  withKeysBack,
} from './back.ts';
import { givenByTests, type Home } from './given.ts';
import { givenBySource, testsOfSource } from './log-source.ts';

/** What was read and what was written, both in the names of what was read. */
export interface Sides {
  readonly read: Query;
  readonly written: Query;
  /** What holds of every event, as the tables say. */
  readonly facts: readonly Predicate[];
  /** Fields by the names of what was written, which are tested by these. */
  readonly apart: ReadonlySet<string>;
  /** What keys of what was read are called here, where that is something else. */
  readonly keys: ReadonlyMap<string, string>;
}

/** The two sides of a proof; `written` is what each piece reads back as. */
export function sidesOf(asked: Asked, written: readonly Question[], mapping: Mapping): Sides {
  const [first, ...more] = asked.pieces;
  const whole = asked.question;
  if (more.length === 0) return sidesOfPiece(wholeOr(whole, first!), written[0]!, mapping);
  const pieces = asked.pieces.map((piece, index) => sidesOfPiece(piece, written[index]!, mapping));
  const wheres = pieces.flatMap((piece) => partsOf(piece.written).map(({ where }) => where));
  return {
    read: withCategoryTests(typedIn(whole, mapping)),
    written: filter(or(wheres)),
    facts: pieces.flatMap(({ facts }) => facts),
    apart: new Set(pieces.flatMap((piece) => [...piece.apart])),
    keys: new Map(),
  };
}

/** The two sides where fields are called alike on both, as in languages of one engine. */
export function sidesAlike(read: Question, written: Question, mapping: Mapping): readonly [Query, Query] {
  const side = (one: Question) => plain(withCategoryTests(typedIn(one, mapping)));
  const other = side(written);
  return [withinRuns(side(read), other), other];
}

/** The question as it was read, unless it was made one of another kind before it was translated. */
function wholeOr(whole: Question, { question, trace }: Piece): Piece {
  const isAlike = partsOf(whole.query).length === partsOf(question.query).length;
  return {
    question: isAlike && whole.query.find.kind === question.query.find.kind ? whole : question,
    trace,
  };
}

function sidesOfPiece({ question, trace }: Piece, written: Question, mapping: Mapping): Sides {
  const homes: Map<string, Home>[] = [];
  const came: WayBack['came'] = (index, test, home, isSame) => {
    homes[index] ??= new Map();
    homes[index].set(spelled(test), { test: home, isSame });
  };
  const way: WayBack = { trace, mapping, asked: question, apart: new Set() };
  const home = writtenBack(written, { ...way, came });
  const { facts, apart, fields, twins } = givenByTests(way, homes);
  const back = { ...way, apart };
  const asTwins = (query: Query) => mapPredicates(query, (where) => withTwins(where, twins));
  const side = apart.size === 0 ? home : writtenBack(written, back);
  const keys = keysCalled(question.query, back);
  if (trace.way === 'toEcs')
    return {
      read: withinRuns(asTwins(readFromSigma(question, back)), side),
      written: side,
      facts,
      apart: fields,
      keys,
    };
  const ofSources = trace.parts.flatMap((part) => givenBySource(part, mapping));
  const both = fromEcs(question, written, side, back);
  return { ...both, read: asTwins(both.read), facts: [...facts, ...ofSources], apart: fields, keys };
}

/** What a log source of Sigma's stands for is asked for by the rule that was read, too. */
function readFromSigma(question: Question, back: WayBack): Query {
  const { trace } = back;
  const asked = mapParts(question.query, ({ where }, index) => {
    const part = trace.parts[index]!;
    const tests = testsOfSource(part.row);
    const renaming = renamingBack(back, part, index, where);
    const home = tests.map((test) => predicateBack(test, part, renaming, back.apart));
    return { category: undefined, where: joined([...home, where]) };
  });
  return plain(withKeysBack(asked, back));
}

function writtenBack(written: Question, back: WayBack): Query {
  const { query, comparesWords } = written;
  const isEcs = back.trace.way === 'toEcs';
  const asked = isEcs
    ? mapPredicates(withCategoryTests(query), (where) => asSearched(withoutPlainExpressions(where)))
    : query;
  return plain(queryBack(asked, back, comparesWords));
}

/** What was written for Sigma asks for what its log source stands for, too. */
function fromEcs(
  question: Question,
  written: Question,
  side: Query,
  back: WayBack,
): Pick<Sides, 'read' | 'written'> {
  const { trace, mapping } = back;
  const asked = mapParts(side, ({ where }, index) => {
    const row = rowOf(written.sources[index] ?? {}, trace.parts[index], mapping);
    return { category: undefined, where: joined([...testsOfSource(row), where]) };
  });
  return { read: plain(withKeysBack(withCategoryTests(typedIn(question, mapping)), back)), written: asked };
}

/** The row that the rule was taken for, if its log source still says that. */
function rowOf(
  source: LogSource,
  part: Piece['trace']['parts'][number] | undefined,
  mapping: Mapping,
): LogSourceRow | undefined {
  return part && sourceKey(source) === sourceKey(part.source) ? part.row : findLogSource(source, mapping);
}

function typedIn({ query, comparesWords }: Question, mapping: Mapping): Query {
  return mapPredicates(query, (where) => retyped(where, mapping, comparesWords));
}

/** Categories of events as the tests that they are. */
function withCategoryTests(query: Query): Query {
  return mapParts(query, ({ category, where }) => ({
    category: undefined,
    where: category === undefined ? where : joined([categoryTest(category), where]),
  }));
}

/** Where a rule searches is no part of what it asks of events. */
function plain(query: Query): Query {
  return { ...query, from: [] };
}

function joined(parts: readonly Predicate[]): Predicate {
  const telling = parts.filter((part) => part !== always);
  return telling.length === 0 ? always : and(telling);
}

/** What was read, with what comes back by other names called by these. */
function withTwins(where: Predicate, twins: ReadonlyMap<string, Predicate>): Predicate {
  return twins.size === 0 ? where : mapLeaves(where, (leaf) => twins.get(spelled(leaf)) ?? leaf);
}

/** What counts without a time counts what a run of the rule that was written looks back over. */
function withinRuns(read: Query, written: Query): Query {
  const stages = read.stages.map((stage, index) => {
    const other = written.stages[index];
    const isTimeless = stage.kind === 'aggregate' && stage.within === undefined;
    return isTimeless && other?.kind === 'aggregate' && other.within !== undefined
      ? { ...stage, within: other.within }
      : stage;
  });
  return { ...read, stages };
}
