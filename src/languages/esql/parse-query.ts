import { shortened } from '../../diagnostic/shortened.ts';
import { failure } from '../scan.ts';
import { withoutComments } from './other.ts';
import {
  parseDissect,
  parseEnrich,
  parseGrok,
  parseLimit,
  parseRename,
  parseSample,
  parseSelect,
  parseSort,
  parseStats,
} from './parse-command.ts';
import { parseExpression } from './parse-expression.ts';
import { parseField, parseSome } from './parse-field.ts';
import { parseChangePoint, parseCompletion, parseFuse, parseRerank } from './parse-model.ts';
import { type At, parseIdentifier, parseName, since } from './parse-name.ts';
import { parseFrom, parseLookupJoin } from './parse-source.ts';
import type { Command, Fork, Other, ProcessingCommand, SourceCommand, Subquery } from './syntax.ts';
import type { CommandWord } from './words.ts';
import { otherRole } from './words.ts';

const sources = {
  from: (at) => parseFrom(at, false),
  ts: (at) => parseFrom(at, true),
  row: (at) => ({ kind: 'row', fields: parseSome(at, parseField) }),
  show: (at) => ({ kind: 'show', what: parseIdentifier(at, '"info"') }),
} as const satisfies Partial<Record<CommandWord, (at: At) => SourceCommand>>;

type SourceWord = keyof typeof sources;

const processing = {
  where: (at) => ({ kind: 'where', condition: parseExpression(at) }),
  eval: (at) => ({ kind: 'eval', fields: parseSome(at, parseField) }),
  stats: (at) => parseStats(at, false),
  inlinestats: (at) => parseStats(at, true),
  inline: (at) => at.expect('stats') && parseStats(at, true),
  keep: (at) => parseSelect(at, 'keep'),
  drop: (at) => parseSelect(at, 'drop'),
  rename: parseRename,
  sort: parseSort,
  limit: parseLimit,
  grok: parseGrok,
  dissect: parseDissect,
  mv_expand: (at) => ({ kind: 'mv-expand', name: parseName(at) }),
  enrich: parseEnrich,
  lookup: parseLookupJoin,
  fork: parseFork,
  completion: parseCompletion,
  rerank: parseRerank,
  sample: parseSample,
  change_point: parseChangePoint,
  fuse: parseFuse,
} as const satisfies Record<Exclude<CommandWord, SourceWord | 'set'>, (at: At) => ProcessingCommand>;

type ProcessingWord = keyof typeof processing;

/** Query := Source ('|' Processing)* */
export function parseQuery(at: At): readonly Command[] {
  return [parseSourceCommand(at), ...parseFurther(at)];
}

function parseFurther(at: At): readonly Command[] {
  const commands: Command[] = [];
  while (at.accept('|')) commands.push(parseProcessing(at));
  return commands;
}

/** Source := From | Row | Show | other */
function parseSourceCommand(at: At): Command {
  const { kind, text, start } = at.token;
  if (kind === 'other' && otherRole(text) === 'source') return parseOther(at);
  if (!Object.hasOwn(sources, kind)) return noCommand(at, 'A query begins with "from" or another source.');
  at.accept(kind);
  return { ...sources[kind as SourceWord](at), ...since(at, start) };
}

/** Processing := Where | Eval | Stats | … | other */
function parseProcessing(at: At): Command {
  const { kind, text, start } = at.token;
  if (kind === 'other' && otherRole(text) === 'processing') return parseOther(at);
  if (!Object.hasOwn(processing, kind))
    return noCommand(at, `"${text}" begins a query, and so stands first in it.`);
  at.accept(kind);
  return { ...processing[kind as ProcessingWord](at), ...since(at, start) };
}

function parseOther(at: At): Other {
  const { text: word, start } = at.expect('other');
  const text = at.accept('text')?.text ?? '';
  return { kind: 'other', word: word.toLowerCase(), text: withoutComments(text), ...since(at, start) };
}

/** What other query languages call a command, and ES|QL's own word for it. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['filter', 'where'],
  ['search', 'where'],
  ['select', 'keep'],
  ['project', 'keep'],
  ['fields', 'keep'],
  ['table', 'keep'],
  ['head', 'limit'],
  ['take', 'limit'],
  ['top', 'limit'],
  ['extend', 'eval'],
  ['let', 'eval'],
  ['summarize', 'stats'],
  ['order', 'sort'],
  ['rex', 'grok'],
  ['mvexpand', 'mv_expand'],
]);

function noCommand(at: At, misplaced: string): never {
  const { kind, text, start, end } = at.token;
  if (kind !== 'unknown') {
    if (kind === 'end' || /^\W$/.test(text)) return at.fail('a command');
    throw failure('parse/unexpected', misplaced, start, end);
  }
  const own = synonyms.get(text.toLowerCase());
  const hint = own === undefined ? '' : `; what it does is called "${own}"`;
  throw failure('parse/unknown-pipe', `ES|QL has no command "${shortened(text)}"${hint}.`, start, end);
}

/** Subquery := '(' Query ')' */
export function parseSubquery(at: At): Subquery {
  return parseBranch(at, parseQuery);
}

/** Fork := Branch+; Branch := '(' Processing ('|' Processing)* ')' */
function parseFork(at: At): Fork {
  const branch = () => parseBranch(at, (inner) => [parseProcessing(inner), ...parseFurther(inner)]);
  const branches = [branch()];
  while (at.token.kind === '(') branches.push(branch());
  return { kind: 'fork', branches };
}

function parseBranch(at: At, query: (at: At) => readonly Command[]): Subquery {
  const { start } = at.expect('(');
  return at.deeper(() => {
    const commands = query(at);
    at.expect(')', '"|" or ")"');
    return { kind: 'subquery', commands, ...since(at, start) };
  });
}
