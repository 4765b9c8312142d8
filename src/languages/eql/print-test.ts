import { Failure } from '../../diagnostic/attempt.ts';
import { affixOf } from '../../query/affix.ts';
import { hasWildcard, isPattern } from '../../query/pattern.ts';
import { regexOf } from '../../query/pattern-regex.ts';
import type { Cidr, Equals, Exists, Pattern, Range, Regex, Value } from '../../query/query.ts';
import { type Doc, join, list, plain } from './layout.ts';
import { printNumber, printWildcards, quote, quoteRegex } from './literal.ts';
import { printField } from './name.ts';
import { binding } from './operators.ts';

/** `f == "x"`, `f : ("a*", "b")`; a list that no one test can say is as many tests as it needs. */
export function printEquals(node: Equals): Doc {
  const parts = waysOf(node).flatMap((way) => printWay(node, way));
  if (parts.length === 0) return plain('false', binding.primary);
  return join(node.quantifier === 'any' ? 'or' : 'and', parts);
}

/** `f != "x"`, where that is all there is to say no to. */
export function printUnequal(node: Equals): Doc | undefined {
  const [value, ...more] = node.values;
  if (value === undefined || more.length > 0) return undefined;
  const isPlain = !isPattern(value) || (node.caseSensitive && !hasWildcard(value));
  return isPlain
    ? plain(`${printField(node.field, node.optional)} != ${printValue(value)}`, binding.comparison)
    : undefined;
}

/** How some of the values are said: `== null`, `in`, `like` or `:`, `startsWith` and its like, `regex`. */
interface Way {
  readonly kind: 'null' | 'exact' | 'wildcards' | 'affix' | 'regex';
  readonly values: readonly Value[];
}

function waysOf({ values, quantifier, caseSensitive }: Equals): readonly Way[] {
  if (quantifier === 'all') {
    return values.map((value) => ({
      kind: wayOf(value) ?? commonWay([value], caseSensitive),
      values: [value],
    }));
  }
  const common = commonWay(values, caseSensitive);
  const byKind = new Map<Way['kind'], Value[]>();
  for (const value of values) {
    const kind = wayOf(value) ?? common;
    const some = byKind.get(kind);
    if (some) some.push(value);
    else byKind.set(kind, [value]);
  }
  return [...byKind].map(([kind, some]) => ({ kind, values: some }));
}

/** The only way to say a value; undefined for what can stand in any list. */
function wayOf(value: Value): Way['kind'] | undefined {
  if (value === null) return 'null';
  if (!isPattern(value)) return typeof value === 'number' && !(value >= 0) ? 'exact' : undefined;
  const isWild = hasWildcard(value);
  // `:` and `like` have no escape for a star, and take each for a wildcard.
  const hasStar = value.some((part) => typeof part === 'string' && /[*?]/.test(part));
  if (isWild && hasStar) return affixOf(value) ? 'affix' : 'regex';
  return isWild ? 'wildcards' : hasStar ? 'exact' : undefined;
}

/** What can stand in any list goes where the others go; alone, where its case is told. */
function commonWay(values: readonly Value[], caseSensitive: boolean): 'exact' | 'wildcards' {
  const texts = values.filter(isPattern);
  const ways = texts.map(wayOf);
  if (ways.includes('wildcards')) return 'wildcards';
  return caseSensitive || texts.length === 0 || ways.includes('exact') ? 'exact' : 'wildcards';
}

function printWay({ field: name, optional, caseSensitive }: Equals, { kind, values }: Way): readonly Doc[] {
  const field = printField(name, optional);
  switch (kind) {
    case 'null':
      return [plain(`${field} == null`, binding.comparison)];
    case 'exact': {
      const printed = values.map(printValue);
      const isCased = caseSensitive || !values.some(isPattern);
      if (isCased && printed.length === 1) return [plain(`${field} == ${printed[0]}`, binding.comparison)];
      return [list(`${field} ${isCased ? 'in' : 'in~'} (`, printed, binding.list)];
    }
    case 'wildcards':
      return [printList(`${field} ${caseSensitive ? 'like' : ':'}`, values.map(printValue))];
    case 'affix':
      return values.filter(isPattern).map((value) => printAffix(field, value, caseSensitive));
    case 'regex': {
      const regexes = values
        .filter(isPattern)
        .map((value) => quoteRegex(regexOf(withoutPlaceholders(value))));
      return [printList(`${field} ${caseSensitive ? 'regex' : 'regex~'}`, regexes)];
    }
    default:
      return kind satisfies never;
  }
}

function printAffix(field: string, value: Pattern, caseSensitive: boolean): Doc {
  const { name, text } = affixOf(value)!;
  return list(`${name}${caseSensitive ? '' : '~'}(`, [field, quote(text)], binding.primary);
}

function printValue(value: Value): string {
  if (isPattern(value)) return quote(printWildcards(withoutPlaceholders(value)));
  return typeof value === 'number' ? printNumber(value) : String(value);
}

function withoutPlaceholders(value: Pattern): Pattern {
  const found = value.find((part) => typeof part === 'object' && 'placeholder' in part);
  if (found === undefined) return value;
  const message = 'EQL has no lists that a site fills in, so this placeholder cannot be said in it.';
  throw new Failure({ code: 'loss/placeholder', message });
}

/** One value stands without parentheses. */
export function printList(head: string, values: readonly string[]): Doc {
  const [only, ...rest] = values;
  if (only !== undefined && rest.length === 0) return plain(`${head} ${only}`, binding.list);
  return list(`${head} (`, values, binding.list);
}

export function printRange({ field, optional, operator, value }: Range): Doc {
  const printed = typeof value === 'number' ? printNumber(value) : quote(value);
  return plain(`${printField(field, optional)} ${operator} ${printed}`, binding.comparison);
}

export function printExists({ field, optional }: Exists, word: '!=' | '=='): Doc {
  return plain(`${printField(field, optional)} ${word} null`, binding.comparison);
}

export function printCidr({ field, optional, networks }: Cidr): Doc {
  if (networks.length === 0) return plain('false', binding.primary);
  return list('cidrMatch(', [printField(field, optional), ...networks.map(quote)], binding.primary);
}

export function printRegex({
  field,
  optional,
  patterns,
  quantifier,
  flavour,
  caseSensitive,
  flags,
}: Regex): Doc {
  if (flavour !== 'lucene' || flags !== undefined) {
    const message = 'EQL has the regular expressions of Lucene, and this one is written for another engine.';
    throw new Failure({ code: 'loss/regex-flavour', message });
  }
  if (patterns.length === 0) return plain('false', binding.primary);
  const head = `${printField(field, optional)} ${caseSensitive ? 'regex' : 'regex~'}`;
  const quoted = patterns.map(quoteRegex);
  if (quantifier === 'any') return printList(head, quoted);
  return join(
    'and',
    quoted.map((text) => printList(head, [text])),
  );
}
