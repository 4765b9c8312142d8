import { failure } from '../scan.ts';
import { readString } from './literal.ts';
import { parseExpression } from './parse-expression.ts';
import { parseSome } from './parse-field.ts';
import { type At, since } from './parse-name.ts';
import { parseSubquery } from './parse-query.ts';
import type { From, LookupJoin, Source, Subquery } from './syntax.ts';

/** From := ('from' | 'ts') Source (',' Source)* Metadata? */
export function parseFrom(at: At, series: boolean): From {
  const sources = parseSome(at, parseSourceOrQuery);
  return { kind: 'from', series, sources, metadata: parseMetadata(at) };
}

function parseSourceOrQuery(at: At): Source | Subquery {
  return at.token.kind === '(' ? parseSubquery(at) : parseSource(at);
}

/** Source := string | (cluster ':')? pattern ('::' selector)? */
function parseSource(at: At): Source {
  const { start } = at.token;
  const pattern = at.token.kind === 'string' ? readIndex(at) : parsePlainSource(at);
  if (pattern.trim() !== '') return { kind: 'source', pattern, ...since(at, start) };
  throw failure('parse/bad-value', 'A name of an index is never blank.', start, at.behind);
}

function readIndex(at: At): string {
  const { text, start } = at.expect('string');
  return readString(text, start);
}

function parsePlainSource(at: At): string {
  const what = 'the name of an index';
  let pattern = at.expect('source', what).text;
  if (at.accept(':')) pattern += `:${at.expect('source', what).text}`;
  if (at.accept('::')) pattern += `::${at.expect('source', 'a selector, as in "::failures"').text}`;
  return pattern;
}

/** Metadata := 'metadata' name (',' name)* | '[' 'metadata' … ']' of old versions */
function parseMetadata(at: At): readonly string[] {
  const bracket = at.accept('[');
  if (!at.accept('metadata')) return bracket ? at.fail('"metadata"') : [];
  const names = parseSome(at, parseMetadataName);
  if (bracket) at.expect(']', '"," or "]"');
  return names;
}

function parseMetadataName(at: At): string {
  const { text, start, end } = at.expect('source', 'the name of a metadata field');
  if (text.startsWith('_')) return text;
  const message = `"${text}" is no metadata field, for their names begin with "_".`;
  throw failure('parse/bad-value', message, start, end);
}

/** LookupJoin := 'lookup' 'join' Source ('as' alias)? 'on' Expression (',' Expression)* */
export function parseLookupJoin(at: At): LookupJoin {
  at.expect('join');
  const source = parseSource(at);
  const alias = at.accept('as') && { alias: at.expect('source', 'another name for the index').text };
  at.expect('on');
  return { kind: 'lookup-join', source, ...alias, on: parseSome(at, parseExpression) };
}
