import { Composer, type CST, isMap, Lexer, Parser, Schema } from 'yaml';

import { failure } from './failure.ts';
import type { Node } from './node.ts';
import { deepest, Reader, tooDeep } from './reader.ts';

/** Reads a text, or takes the node that a format's reader made of the file it stands in. */
export function readYaml(text: string, parsed: unknown): Node {
  const read = isParsed(parsed) ? parsed : { node: compose(text), offset: 0 };
  return new Reader(text, read.offset).node(read.node, 0);
}

interface Parsed {
  readonly node: unknown;
  readonly offset: number;
}

function isParsed(value: unknown): value is Parsed {
  if (typeof value !== 'object' || value === null) return false;
  const { node, offset } = value as Partial<Parsed>;
  return isMap(node) && typeof offset === 'number';
}

/** One schema for all texts: the library would make one for each. */
const options = {
  schema: new Schema({ schema: 'core' }),
  version: '1.2',
  prettyErrors: false,
  uniqueKeys: false,
} as const;

function compose(text: string): unknown {
  const [document, second] = new Composer(options).compose(tokensOf(text), true, text.length);
  const [error] = document?.errors ?? [];
  if (error) {
    const [start, end] = error.pos;
    const code = /closing .*quote/.test(error.message) ? 'parse/unclosed-string' : 'parse/unexpected';
    throw failure(code, `The YAML does not hold together: ${error.message}.`, { start, end });
  }
  if (second) {
    const [start, , end] = second.range;
    throw failure('parse/unexpected', 'This is one YAML document, and here is another.', {
      start,
      end,
    });
  }
  return document?.contents;
}

/** The composer calls itself for every level; a deep text would end the program before it ends the reading. */
function tokensOf(text: string): readonly CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > deepest) throw tooDeep(parser.offset);
  }
  return [...tokens, ...parser.end()];
}
