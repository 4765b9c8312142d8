import { type ErrorCode, isCollection, isPair, type ParsedNode, type YAMLError } from 'yaml';

import { Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';

/** What the YAML library finds wrong, in our words. The document it is found in is not read. */
const complaints = {
  ALIAS_PROPS: { message: 'An alias has an anchor or a tag of its own' },
  BAD_ALIAS: { message: 'An anchor or an alias has no name' },
  BAD_COLLECTION_TYPE: { message: 'A tag does not fit the map or list behind it' },
  BAD_DIRECTIVE: { message: 'YAML has no such directive' },
  BAD_DQ_ESCAPE: { code: 'parse/bad-escape', message: 'YAML has no such escape in double quotes' },
  BAD_INDENT: { message: 'The indentation does not fit the lines before' },
  BAD_PROP_ORDER: { message: 'Anchors and tags stand before the value, on its line' },
  BAD_SCALAR_START: { message: 'A text that starts with this character needs quotes' },
  BLOCK_AS_IMPLICIT_KEY: { message: 'A map cannot start here; a text with a colon in it needs quotes' },
  BLOCK_IN_FLOW: { message: 'There can be no indented block between brackets' },
  DUPLICATE_KEY: { code: 'parse/duplicate-key', message: 'A key stands twice in one map' },
  IMPOSSIBLE: { message: 'The text makes no sense here' },
  KEY_OVER_1024_CHARS: { message: 'A key is longer than 1024 characters' },
  MISSING_CHAR: { message: 'Something is missing here: a colon, a quote or a bracket' },
  MULTILINE_IMPLICIT_KEY: { message: 'A key goes over several lines' },
  MULTIPLE_ANCHORS: { message: 'A value has two anchors' },
  MULTIPLE_DOCS: { message: 'A second document starts here' },
  MULTIPLE_TAGS: { message: 'A value has two tags' },
  NON_STRING_KEY: { code: 'parse/bad-value', message: 'A key is no text' },
  RESOURCE_EXHAUSTION: { code: 'parse/too-deep', message: 'The text is nested deeper than is read' },
  TAB_AS_INDENT: { message: 'A tab indents this line, where YAML wants spaces' },
  TAG_RESOLVE_FAILED: { code: 'parse/bad-value', message: 'The tag is not known, or does not fit its value' },
  UNEXPECTED_TOKEN: { message: 'The text does not fit what stands before it' },
} as const satisfies Record<ErrorCode, { code?: Code; message: string }>;

export function complaintOf(
  { code, message, pos: [start, end] }: YAMLError,
  contents: ParsedNode | null,
): Diagnostic {
  // The library has no code of its own for it, and finds it where the text ends.
  if (/^Missing closing .*quote$/.test(message))
    return unclosed(contents === null ? start : lastStart(contents));
  const known: { code?: Code; message: string } = complaints[code];
  return { code: known.code ?? 'parse/unexpected', message: notRead(known.message), span: { start, end } };
}

function unclosed(start: number): Diagnostic {
  const message = notRead('A quoted text is never closed');
  return { code: 'parse/unclosed-string', message, span: { start, end: start + 1 } };
}

/** Where the last scalar starts: the one with the open quote. */
function lastStart(node: ParsedNode): number {
  const last = isCollection(node) ? node.items.at(-1) : undefined;
  const inner = isPair<ParsedNode, ParsedNode | null>(last) ? (last.value ?? last.key) : last;
  return inner ? lastStart(inner) : node.range[0];
}

export function loneReturn(at: number): Failure {
  return refusal('parse/unexpected', 'A line ends in a carriage return alone', at);
}

export function controlCharacter(at: number): Failure {
  return refusal('parse/unexpected', 'A control character stands here, which YAML wants escaped', at);
}

export function tooDeep(at: number, deepest: number): Failure {
  return refusal('parse/too-deep', `The text is nested more than ${deepest} deep`, at);
}

export function tooMany(at: number, most: number): Failure {
  return refusal('read/too-large', `The text has more than ${most} words and signs`, at);
}

export function refusal(code: Code, what: string, start: number, end = start + 1): Failure {
  return new Failure({ code, message: notRead(what), span: { start, end } });
}

function notRead(what: string): string {
  return `${what}; the document was not read.`;
}
