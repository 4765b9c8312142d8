import { failure } from '../scan.ts';
import { readString } from './literal.ts';
import { parseConstant, parseString, parseStringOrParameter } from './parse-constant.ts';
import { parseExpression, parsePrimary } from './parse-expression.ts';
import { parseAggregate, parseField, parseSome } from './parse-field.ts';
import { type At, parseFixedName, parseIdentifier, parsePattern, since } from './parse-name.ts';
import type {
  Constant,
  Dissect,
  DissectOption,
  Enrich,
  EnrichField,
  Grok,
  Limit,
  Rename,
  RenamePair,
  Sample,
  Select,
  Sort,
  SortKey,
  Stats,
} from './syntax.ts';

/** Stats := Aggregate (',' Aggregate)* By? | By; By := 'by' Field (',' Field)* */
export function parseStats(at: At, inline: boolean): Stats {
  const aggregates = at.token.kind === 'by' ? [] : parseSome(at, parseAggregate);
  const by = at.accept('by') ? parseSome(at, parseField) : [];
  return { kind: 'stats', inline, aggregates, by };
}

/** Rename := Pair (',' Pair)*; Pair := old 'as' new | new '=' old */
export function parseRename(at: At): Rename {
  return { kind: 'rename', pairs: parseSome(at, parsePair) };
}

function parsePair(at: At): RenamePair {
  const { start } = at.token;
  const first = parseFixedName(at);
  const swapped = at.accept('=') !== undefined;
  if (!swapped) at.expect('as', '"as" or "="');
  const second = parseFixedName(at);
  const [from, to] = swapped ? [second, first] : [first, second];
  return { from, to, ...since(at, start) };
}

/** Sort := Key (',' Key)*; Key := Expression ('asc' | 'desc')? ('nulls' ('first' | 'last'))? */
export function parseSort(at: At): Sort {
  return { kind: 'sort', keys: parseSome(at, parseSortKey) };
}

function parseSortKey(at: At): SortKey {
  const { start } = at.token;
  const value = parseExpression(at);
  const order = at.accept('asc', 'desc')?.kind as SortKey['order'];
  const nulls = at.accept('nulls') && parseNulls(at);
  return { value, ...(order && { order }), ...(nulls && { nulls }), ...since(at, start) };
}

function parseNulls(at: At): 'first' | 'last' {
  return (at.accept('first', 'last') ?? at.fail('"first" or "last"')).kind as 'first' | 'last';
}

/** Limit := Constant ('by' Expression (',' Expression)*)?, a whole number that is not negative */
export function parseLimit(at: At): Limit {
  const count = parseCount(at);
  const by = at.accept('by') ? parseSome(at, parseExpression) : [];
  return { kind: 'limit', count, by };
}

function parseCount(at: At): Constant {
  const count = parseConstant(at, 'a number of rows');
  const isCount = count.kind === 'integer' && !count.text.startsWith('-');
  if (isCount || count.kind === 'parameter') return count;
  const { start, end } = count.span!;
  throw failure('parse/bad-value', 'A limit is a whole number that is not negative.', start, end);
}

/** Grok := Primary string (',' string)* */
export function parseGrok(at: At): Grok {
  return { kind: 'grok', input: parsePrimary(at), patterns: parseSome(at, parseStringOrParameter) };
}

/** Dissect := Primary string (Option (',' Option)*)? */
export function parseDissect(at: At): Dissect {
  const input = parsePrimary(at);
  const { start } = at.token;
  const pattern = parseStringOrParameter(at);
  const fault = pattern.kind === 'string' ? faultOfDissect(pattern.value) : undefined;
  if (fault !== undefined) throw failure('parse/bad-value', fault, start, at.behind);
  const options = at.token.kind === '|' || at.token.kind === 'end' ? [] : parseDissectOptions(at);
  return { kind: 'dissect', input, pattern, options };
}

function faultOfDissect(pattern: string): string | undefined {
  if (/%\{[*&]/.test(pattern))
    return 'ES|QL has no reference keys, "%{*name}" and "%{&name}", in a dissect pattern.';
  return /%\{[^}]/.test(pattern)
    ? undefined
    : 'A dissect pattern names what it takes out, as in "%{name}", and this one does not.';
}

function parseDissectOptions(at: At): readonly DissectOption[] {
  return at.token.kind === ')' ? [] : parseSome(at, parseDissectOption);
}

function parseDissectOption(at: At): DissectOption {
  const { start } = at.token;
  const name = parseIdentifier(at, '"append_separator" or the end of the command');
  if (name.toLowerCase() !== 'append_separator') {
    const message = `Dissect has no option "${name}"; its only one is "append_separator".`;
    throw failure('parse/unexpected', message, start, at.behind);
  }
  at.expect('=');
  return { name, value: parseString(at), ...since(at, start) };
}

/** Enrich := policy ('on' Name)? ('with' EnrichField (',' EnrichField)*)? */
export function parseEnrich(at: At): Enrich {
  const policy = parsePolicy(at);
  const on = at.accept('on') && { on: parseFixedName(at) };
  const fields = at.accept('with') ? parseSome(at, parseEnrichField) : [];
  return { kind: 'enrich', policy, ...on, with: fields };
}

function parsePolicy(at: At): string {
  const { kind, text, start, end } = at.accept('source', 'string') ?? at.fail('the name of a policy');
  const policy = kind === 'string' ? readString(text, start) : text;
  if (!policy.includes(':') || /^_(?:any|coordinator|remote):/i.test(policy)) return policy;
  const message = 'In front of a policy stands "_any:", "_coordinator:", "_remote:" or nothing.';
  throw failure('parse/bad-value', message, start, end);
}

/** EnrichField := (Name '=')? Name */
function parseEnrichField(at: At): EnrichField {
  const { start } = at.token;
  const first = parseFixedName(at);
  const second = at.accept('=') && parseFixedName(at);
  const names = second === undefined ? { field: first } : { name: first, field: second };
  return { ...names, ...since(at, start) };
}

/** Keep, Drop := NamePattern (',' NamePattern)*; not all at once can be dropped */
export function parseSelect(at: At, kind: Select['kind']): Select {
  const patterns = parseSome(at, parsePattern);
  const all =
    kind === 'drop' &&
    patterns.find((one) => one.kind === 'wild-name' && one.texts.every((text) => text === ''));
  if (!all) return { kind, patterns };
  const { start, end } = all.span!;
  throw failure(
    'parse/bad-value',
    'A star by itself is every field, and not all can be dropped.',
    start,
    end,
  );
}

/** Sample := Number, between 0 and 1 */
export function parseSample(at: At): Sample {
  const probability = parseConstant(at, 'a probability');
  const share = 'text' in probability ? Number(probability.text) : Number.NaN;
  if (probability.kind === 'parameter' || (share > 0 && share < 1)) return { kind: 'sample', probability };
  const { start, end } = probability.span!;
  throw failure('parse/bad-value', 'A sample is a share of the rows, a number between 0 and 1.', start, end);
}
