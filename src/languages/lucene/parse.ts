import { attempt } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../../diagnostic/diagnostic.ts';
import { always, filter } from '../../query/build.ts';
import type { Predicate, Query } from '../../query/query.ts';
import { Cursor, type Token } from '../cursor.ts';
import { addPart, meaningOf, type Occur, type Part, withoutEffect } from './boolean.ts';
import { explain } from './explain.ts';
import { type Kind, tokenize } from './lexer.ts';
import { readText } from './literal.ts';
import { rangeBetween, testOf } from './tests.ts';

const words = ['term', 'sign', '*', 'wildcard', 'regex', 'quoted'] as const;
const bounds = ['bound', 'quoted-bound', 'to'] as const;
const signs = { '+': 'must', '-': 'not', not: 'not' } as const satisfies Partial<Record<Kind, Occur>>;

export function parse(text: string): Outcome<Query> {
  // Kibana asks for every event where there is nothing to ask.
  if (text.trim() === '') return { ok: true, value: filter(always), diagnostics: [] };
  const tokens = tokenize(text);
  const notes: Diagnostic[] = [];
  const outcome = attempt(() => filter(parseQuery(new Cursor(tokens), (found) => notes.push(found))));
  if (outcome.ok) return { ...outcome, diagnostics: notes };
  return { ok: false, diagnostics: outcome.diagnostics.map((found) => explain(found, tokens)) };
}

/** Query := Group */
function parseQuery(at: Cursor<Kind>, report: Report): Predicate {
  const where = parseGroup(at, undefined, report);
  at.expect('end', '"AND", "OR" or the end');
  return where;
}

/** Group := Sign? Clause (('AND' | 'OR')? Sign? Clause)* */
function parseGroup(at: Cursor<Kind>, field: string | undefined, report: Report): Predicate {
  const parts: Part[] = [];
  const loose: Token<Kind>[][] = [[]];
  do {
    const join = parts.length > 0 ? at.accept('and', 'or') : undefined;
    const sign = at.accept('+', '-', 'not');
    const first = at.token;
    const isLoose = !join && !sign && isTerm(at);
    const part = parseClause(at, field, report);
    addPart(
      parts,
      join?.kind as 'and' | 'or' | undefined,
      sign && signs[sign.kind as keyof typeof signs],
      part,
    );
    if (isLoose) loose.at(-1)!.push(first);
    else loose.push([]);
  } while (at.token.kind !== ')' && at.token.kind !== 'end');
  loose.filter((run) => run.length > 1).forEach((run) => reportLoose(run, report));
  withoutEffect(parts).forEach((part) => reportIdle(part, report));
  return meaningOf(parts);
}

/** A lone word, with nothing behind it that would make more of it. */
function isTerm({ token, next }: Cursor<Kind>): boolean {
  return token.kind === 'term' && ![':', '*', 'fuzzy', '^', 'and', 'or'].includes(next.kind);
}

/** Clause := (Field ':')? (Test | '(' Group ')' Boost?) */
function parseClause(at: Cursor<Kind>, outer: string | undefined, report: Report): Omit<Part, 'occur'> {
  const start = at.token.start;
  const own = at.next.kind === ':' ? at.accept('term', '*') : undefined;
  if (own) at.expect(':');
  const field = own ? readText(own) : outer;
  const listed = own ? undefined : outer;
  if (!at.accept('(')) return { of: parseTest(at, field, start), listed };
  const of = at.deeper(() => parseGroup(at, field, report));
  at.expect(')', '"AND", "OR" or ")"');
  acceptBoost(at);
  return { of, listed };
}

/** Test := (Word | Phrase) (Boost? Fuzzy? | Fuzzy Boost) | Range Boost? */
function parseTest(at: Cursor<Kind>, field: string | undefined, start: number): Predicate {
  const open = at.accept('[', '{');
  if (open) return parseRange(at, field, start, open.kind === '[');
  const word = at.accept(...words) ?? at.fail('a value');
  const boosted = acceptBoost(at);
  const fuzzy = at.accept('fuzzy');
  if (fuzzy && !boosted) acceptBoost(at);
  return testOf(field, word, fuzzy, { start, end: at.behind });
}

/** Range := ('[' | '{') Bound 'TO' Bound (']' | '}') */
function parseRange(at: Cursor<Kind>, field: string | undefined, start: number, fromIs: boolean): Predicate {
  const from = at.accept(...bounds) ?? at.fail('the lower bound of the range');
  at.expect('to', '"TO" and the upper bound of the range');
  const to = at.accept(...bounds) ?? at.fail('the upper bound of the range');
  const close = at.accept(']', '}') ?? at.fail('"]" or "}"');
  acceptBoost(at);
  const ends = { from, to, withFrom: fromIs, withTo: close.kind === ']' };
  return rangeBetween(field, ends, { start, end: at.behind });
}

/** What a clause counts for changes the order of what is found, and not what is found. */
function acceptBoost(at: Cursor<Kind>): boolean {
  if (!at.accept('^')) return false;
  at.expect('number', 'a number');
  return true;
}

function reportLoose(run: readonly Token<Kind>[], report: Report): void {
  const texts = run.slice(0, 4).map(({ text }) => `"${text.slice(0, 40)}"`);
  const rest = run.length > 4 ? ' and more' : '';
  report({
    code: 'mapping/assumption',
    message: `No operator stands between ${texts.join(', ')}${rest}, so they were read as alternatives; in a field of type keyword Elasticsearch takes them for one value.`,
    span: { start: run[0]!.start, end: run.at(-1)!.end },
  });
}

function reportIdle({ of }: Part, report: Report): void {
  const span = 'span' in of && of.span ? { span: of.span } : {};
  report({
    code: 'parse/no-effect',
    message:
      'Beside clauses that AND or + makes required, this one changes only the score in Lucene, which knows no precedence; it was left out.',
    ...span,
  });
}
