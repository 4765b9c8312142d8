import type { Cursor } from '../cursor.ts';
import { failure } from '../scan.ts';
import type { Kind } from './lexer.ts';
import { readNamePart, readPattern } from './literal.ts';
import type { Column, DynamicName, Name, NamePattern, Parameter, WildName } from './syntax.ts';
import { softWords } from './words.ts';

export type At = Cursor<Kind>;

const identifiers: readonly Kind[] = ['name', 'quoted name', ...softWords];
const parameters: readonly Kind[] = ['parameter', 'double parameter'];

export function startsIdentifier(kind: Kind): boolean {
  return identifiers.includes(kind);
}

/** Where a node stands that began there. */
export function since(at: At, start: number): { readonly span: { start: number; end: number } } {
  return { span: { start, end: at.behind } };
}

/** Identifier := name | '`' … '`' */
export function parseIdentifier(at: At, what = 'a name'): string {
  return readNamePart((at.accept(...identifiers) ?? at.fail(what)).text);
}

/** Name := Part ('.' Part)*; Part := Identifier | parameter */
export function parseName(at: At, what = 'a name'): Name {
  const { start } = at.token;
  const parts = [parsePart(at, what)];
  while (at.accept('.')) parts.push(parsePart(at, 'the next part of the name'));
  return nameOf(parts, since(at, start));
}

function parsePart(at: At, what: string): string | Parameter {
  const parameter = at.accept(...parameters);
  if (parameter === undefined) return parseIdentifier(at, what);
  const { text, start, end } = parameter;
  return { kind: 'parameter', text, span: { start, end } };
}

/** Texts in a row are one, so that a name with a parameter has one tree. */
function nameOf(
  parts: readonly (string | Parameter)[],
  place: { readonly span: { start: number; end: number } },
): Column | DynamicName {
  const joined: (string | Parameter)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof last === 'string' && typeof part === 'string') joined.push(`${joined.pop()}.${part}`);
    else joined.push(part);
  }
  const [first] = joined;
  const isColumn = joined.length === 1 && typeof first === 'string';
  return isColumn
    ? { kind: 'column', name: first, ...place }
    : { kind: 'dynamic-name', parts: joined, ...place };
}

/** NamePattern := Piece ('.' Piece)*, where names have stars: `keep a.*, b` */
export function parsePattern(at: At): NamePattern {
  const { start } = at.token;
  const parts = [parsePiece(at)];
  while (at.accept('.')) parts.push(parsePiece(at));
  const place = since(at, start);
  const isFixed = parts.every((part) => part.length === 1);
  if (isFixed)
    return nameOf(
      parts.map(([part]) => part!),
      place,
    );
  return { kind: 'wild-name', texts: textsOf(parts, start, at.behind), ...place };
}

/** NamePattern, for the places that have no use for stars. */
export function parseFixedName(at: At): Name {
  const pattern = parsePattern(at);
  if (pattern.kind !== 'wild-name') return pattern;
  const { start, end } = pattern.span!;
  throw failure('parse/unexpected', 'A star stands for many names, and this place takes one.', start, end);
}

type Piece = readonly (string | Parameter)[];

function parsePiece(at: At): Piece {
  const parameter = at.token.kind === 'parameter' || at.token.kind === 'double parameter';
  if (parameter) return [parsePart(at, 'a name')];
  return readPattern((at.accept('pattern', 'as', 'on', 'with') ?? at.fail('a name')).text);
}

function textsOf(parts: readonly Piece[], start: number, end: number): WildName['texts'] {
  const texts: string[] = [];
  parts.forEach((piece, index) => {
    piece.forEach((part, star) => {
      if (typeof part !== 'string') {
        throw failure('parse/unexpected', 'A name has stars or parameters, not both.', start, end);
      }
      if (index > 0 && star === 0) texts.push(`${texts.pop()}.${part}`);
      else texts.push(part);
    });
  });
  return texts;
}
