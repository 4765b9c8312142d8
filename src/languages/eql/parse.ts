import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import type {
  Duration,
  FieldOperand,
  Limit,
  Opaque,
  Predicate,
  Query,
  Sample,
  Sequence,
  Step,
} from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import { Cursor, type Token } from '../cursor.ts';
import { readDuration } from './duration.ts';
import { type Kind, tokenize } from './lexer.ts';
import { readString } from './literal.ts';
import { signOf, wholeNumber } from './operators.ts';
import { parseCondition, parseExpression, parseField } from './parse-expression.ts';
import { flawsOf } from './sequence.ts';

type At = Cursor<Kind>;

/** Query := Find ('|' Pipe)* */
export function parse(text: string): Outcome<Query> {
  return attempt(() => {
    const tokens = tokenize(text);
    unlessTooManySigns(tokens);
    const at = new Cursor(tokens);
    const find = parseFind(at, text);
    const stages: Limit[] = [];
    while (at.accept('|')) stages.push(parsePipe(at));
    at.expect('end', 'the end');
    return { from: [], find, stages };
  });
}

const mostSigns = 500;

/** `1+1+1` is as deep as it is long, and no parenthesis shows it. */
function unlessTooManySigns(tokens: readonly Token<Kind>[]): void {
  const one = tokens.filter(({ kind }) => signOf(kind) !== undefined)[mostSigns];
  if (one === undefined) return;
  const message = `The text has more than ${mostSigns} signs of arithmetic; it was not read.`;
  throw new Failure({ code: 'parse/too-deep', message, span: { start: one.start, end: one.end } });
}

/** Find := Sequence | Sample | Join | Event */
function parseFind(at: At, text: string): Query['find'] {
  const { start } = at.token;
  switch (at.token.kind) {
    case 'sequence':
      return parseSequence(at);
    case 'sample':
      return parseSample(at);
    case 'join':
      return parseJoin(at, text);
    default: {
      const event = parseEvent(at);
      return { kind: 'filter', ...event, span: { start, end: at.behind } };
    }
  }
}

/** Event := ('any' | name | string) 'where' Expression */
function parseEvent(at: At): { readonly category?: string; readonly where: Predicate } {
  const token = at.accept('any', 'name', 'string') ?? at.fail('an event category');
  const category = token.kind === 'string' ? readString(token.text, token.start) : token.text;
  at.expect('where');
  const where = parseCondition(at);
  return token.kind === 'any' ? { where } : { category, where };
}

/** Sequence := 'sequence' Keys? Within? Step+ ('until' PlainStep)? */
function parseSequence(at: At): Sequence {
  const { start } = at.expect('sequence');
  const by = parseKeys(at);
  const within = at.accept('with') && parseWithin(at);
  if (at.token.kind === 'by')
    throw bad('parse/bad-sequence', '"by" stands before "with" in a sequence.', at.token);
  const steps = parseSteps(at, parseStep);
  const until = at.accept('until') && parsePlainStep(at);
  const span = { start, end: at.behind };
  return sound(at, { kind: 'sequence', by, ...(within && { within }), steps, ...(until && { until }), span });
}

/** Sample := 'sample' Keys? PlainStep PlainStep+ */
function parseSample(at: At): Sample {
  const { start } = at.expect('sample');
  const by = parseKeys(at);
  const steps = parseSteps(at, parsePlainStep);
  return sound(at, { kind: 'sample', by, steps, span: { start, end: at.behind } });
}

/**
 * Join := 'join' Keys? PlainStep PlainStep+ ('until' PlainStep)?
 *
 * The grammar has it and nothing runs it. It is kept as text.
 */
function parseJoin(at: At, text: string): Opaque {
  const { start } = at.expect('join');
  const by = parseKeys(at);
  const steps = parseSteps(at, parsePlainStep);
  const until = at.accept('until') && parsePlainStep(at);
  const span = { start, end: at.behind };
  sound(at, { kind: 'sequence', by, steps, ...(until && { until }), span });
  return { kind: 'opaque', language: 'eql', text: text.slice(start, at.behind), span };
}

/** What was read, if nothing is wrong with it: first that it ends where it does, then what it says. */
function sound<T extends Sequence | Sample>(at: At, find: T): T {
  if (at.token.kind !== '|' && at.token.kind !== 'end') at.fail('another event, a pipe or the end');
  const [flaw] = flawsOf(find);
  if (flaw === undefined) return find;
  throw bad('parse/bad-sequence', `${flaw.fact}; this was not read.`, flaw.step?.span ?? find.span!);
}

function parseSteps(at: At, parseOne: (at: At) => Step): readonly Step[] {
  const steps = [parseOne(at)];
  while (at.token.kind === '[' || at.token.kind === '![') steps.push(parseOne(at));
  return steps;
}

/** Step := ('[' | '![') Event ']' Keys? ('with' 'runs' '=' integer)? */
function parseStep(at: At): Step {
  const { start } = at.token;
  const missing = at.accept('![') !== undefined;
  const step = missing ? parseInside(at) : parsePlainStep(at);
  const runs = at.accept('with') ? parseRuns(at) : 1;
  return { ...step, runs, missing, span: { start, end: at.behind } };
}

/** PlainStep := '[' Event ']' Keys? */
function parsePlainStep(at: At): Step {
  const { start } = at.expect('[');
  return { ...parseInside(at), span: { start, end: at.behind } };
}

function parseInside(at: At): Step {
  const event = parseEvent(at);
  at.expect(']');
  return { ...event, by: parseKeys(at), runs: 1, missing: false };
}

/** Keys := 'by' Field (',' Field)* */
function parseKeys(at: At): readonly FieldOperand[] {
  if (!at.accept('by')) return [];
  const keys = [parseField(at)];
  while (at.accept(',')) keys.push(parseField(at));
  return keys;
}

/** Within := 'with' 'maxspan' '=' integer name */
function parseWithin(at: At): Duration {
  at.expect('maxspan');
  at.expect('=');
  const count = at.accept('integer') ?? at.fail('a whole number');
  const unit = at.accept('name') ?? at.fail('a unit of time: ms, s, m, h or d');
  const span = { start: count.start, end: unit.end };
  const duration = readDuration(Number(count.text), unit.text);
  if (duration !== undefined) return duration;
  throw bad(
    'parse/bad-value',
    `"${count.text}${unit.text}" is no length of time; EQL has ms, s, m, h and d.`,
    span,
  );
}

function parseRuns(at: At): number {
  const word = at.expect('name', '"runs"');
  if (word.text !== 'runs') throw bad('parse/unexpected', `Expected "runs", found "${word.text}".`, word);
  at.expect('=');
  return Number((at.accept('integer') ?? at.fail('a whole number')).text);
}

const ends: ReadonlyMap<string, Limit['end']> = new Map([
  ['head', 'first'],
  ['tail', 'last'],
]);

/** Pipe := ('head' | 'tail') Expression */
function parsePipe(at: At): Limit {
  const name = at.accept('name') ?? at.fail('a pipe');
  const end = ends.get(name.text);
  if (end === undefined) {
    throw bad('parse/unknown-pipe', `The pipes of EQL are head and tail; "${name.text}" is none.`, name);
  }
  const { start } = at.token;
  const count = wholeNumber(parseExpression(at));
  const span = { start: name.start, end: at.behind };
  if (count !== undefined && count >= 0) return { kind: 'limit', end, count, span };
  throw bad('parse/bad-value', `"${name.text}" takes one whole number, not below 0.`, {
    start,
    end: at.behind,
  });
}

function bad(code: Code, message: string, { start, end }: Span): Failure {
  return new Failure({ code, message, span: { start, end } });
}
