import { Failure } from '../../diagnostic/attempt.ts';
import { Cursor } from '../cursor.ts';
import { explain } from './explain.ts';
import { tokenize } from './lexer.ts';
import { parseConstant, parseOptions } from './parse-constant.ts';
import { type At, parseIdentifier, since } from './parse-name.ts';
import { parseQuery } from './parse-query.ts';
import type { Setting, Statement } from './syntax.ts';

/** Each level is a dozen calls deep here; people need five. */
const deepest = 200;

/** The tree of a text. Throws `Failure`, with a place, on what ES|QL does not allow. */
export function parseStatement(text: string): Statement {
  const tokens = tokenize(text);
  try {
    const at = new Cursor(tokens, deepest);
    const settings: Setting[] = [];
    while (at.accept('set')) settings.push(parseSetting(at));
    const commands = parseQuery(at);
    at.expect('end', '"|" or the end');
    return { settings, commands };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.diagnostics.map((found) => explain(found, tokens)));
  }
}

/** Setting := 'set' name '=' (Constant | Options) ';' */
function parseSetting(at: At): Setting {
  const { start } = at.token;
  const name = parseIdentifier(at, 'the name of a setting');
  at.expect('=');
  const value = at.token.kind === '{' ? parseOptions(at) : parseConstant(at);
  at.expect(';');
  return { name, value, ...since(at, start) };
}
