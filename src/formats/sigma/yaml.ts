import { Composer, type Document, Lexer, type ParsedNode, Parser, Schema, type YAMLError } from 'yaml';

import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { Json } from '../../rule/json.ts';
import type { Span } from '../../source/source.ts';
import { checkLength } from '../length.ts';
import { complaintOf, controlCharacter, loneReturn, tooDeep, tooMany } from './complaint.ts';
import { type Reference, Unfolding } from './unfold.ts';

/** A YAML document as data, and the tree it was read from: its ranges are offsets into the whole file. */
export interface YamlDocument {
  readonly value: Json;
  readonly node: ParsedNode;
  readonly references: readonly Reference[];
}

/** Collections inside one another; nothing that people write comes near. */
const deepest = 200;
/** Words, signs, blanks and line ends of a document: what it takes to read one grows with them. */
const mostPieces = 400_000;

/**
 * The documents of a text, in order. What is no YAML is reported and left out, and costs nothing but its
 * own document. Empty documents are none.
 */
export function* documents(text: string, report: Report): Generator<YamlDocument> {
  for (const part of regions(text)) {
    const composed: Document.Parsed[] = [];
    const outcome = attempt(() => {
      checkLength(part);
      refuseControls(text, part);
      for (const document of compose(text.slice(part.start, part.end), part.start)) composed.push(document);
    });
    for (const document of composed) {
      const read = dataOf(document, report);
      if (read.ok && read.value) yield read.value;
      if (!read.ok) read.diagnostics.forEach(report);
    }
    if (!outcome.ok) outcome.diagnostics.forEach(report);
  }
}

const control = /\r(?!\n)|[\0-\x08\x0b\x0c\x0e-\x1f]/;

/**
 * YAML ends a line at a lone carriage return and has no control characters, the library sees to neither: such a
 * text would mean two things.
 */
function refuseControls(text: string, { start, end }: Span): void {
  const at = text.slice(start, end).search(control);
  if (at >= 0) throw text.charAt(start + at) === '\r' ? loneReturn(start + at) : controlCharacter(start + at);
}

const marker = /(?:^|\n)---(?=[ \t\r\n]|$)/g;

/** The text cut before each `---`: no scalar may hold that line, so an open quote ends there as well. */
export function regions(text: string): readonly Span[] {
  const marks = [...text.matchAll(marker)].map(({ 0: mark, index }) => index + mark.length - 3);
  const starts = [0, ...marks.map((mark) => withDirectives(text, mark)).filter((start) => start > 0)];
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/** Directives stand before the marker of their document, perhaps with comments between. */
function withDirectives(text: string, mark: number): number {
  let start = mark;
  for (let line = mark; line > 0; ) {
    line = text.lastIndexOf('\n', line - 2) + 1;
    const char = text.charAt(line);
    if (char === '%') start = line;
    else if (!/[#\s]/.test(char)) break;
  }
  return start;
}

/**
 * As `parseAllDocuments` does it, but for the look at what is open: the composer calls itself for every
 * level, and a text must not be able to exhaust the stack.
 */
function* compose(text: string, offset: number): Generator<Document.Parsed> {
  const parser = new Parser();
  parser.offset = offset;
  const composer = new Composer(options);
  let pieces = 0;
  for (const lexeme of new Lexer().lex(text)) {
    pieces += 1;
    if (pieces > mostPieces) throw tooMany(parser.offset, mostPieces);
    for (const token of parser.next(lexeme)) yield* composer.next(token);
    if (parser.stack.length > deepest) throw tooDeep(parser.offset, deepest);
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end();
}

/** None starts with a zero: that is text or an octal number to readers of YAML 1.1, so it is text here. */
const integer = /^[-+]?(?:0|[1-9][0-9]*)$/;

/**
 * YAML 1.2 whatever a directive says, with no tags beyond its core. Keys that stand twice are looked for in
 * `unfold.ts`, as the library compares each with each.
 */
const options = {
  prettyErrors: false,
  uniqueKeys: false,
  schema: new Schema({
    schema: 'core',
    resolveKnownTags: false,
    customTags: (tags) =>
      tags.map((tag) =>
        typeof tag !== 'string' && 'test' in tag && tag.test?.test('007') ? { ...tag, test: integer } : tag,
      ),
  }),
} as const;

function dataOf(
  { contents, errors, warnings }: Document.Parsed,
  report: Report,
): Outcome<YamlDocument | undefined> {
  return attempt(() => {
    const [first]: (YAMLError | undefined)[] = [...errors, ...warnings];
    if (first) throw new Failure(complaintOf(first, contents));
    if (contents === null) return undefined;
    const unfolding = new Unfolding(deepest, report);
    const value = unfolding.unfold(contents);
    return value === null ? undefined : { value, node: contents, references: unfolding.references };
  });
}
