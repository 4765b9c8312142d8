import { always, and, not, or } from '../../../src/query/build.ts';
import { many, pattern, plainText } from '../../../src/query/pattern.ts';
import type { Order, Pattern, PatternPart, Predicate, Value } from '../../../src/query/query.ts';

/**
 * Kibana's grammar for KQL as it stands: ordered choice over characters, no tokens, no shortcuts. Slow,
 * and plain enough to be compared with the original by eye. The real parser must agree with it.
 */
export function readByGrammar(text: string): Predicate | undefined {
  const whole = start(text, 0);
  return whole?.at === text.length ? whole.value : undefined;
}

interface Found<T> {
  readonly value: T;
  readonly at: number;
}
type Rule<T> = (text: string, at: number) => Found<T> | undefined;
/** What a value expression asks, once it knows of which field. */
type Asking = (field: Value) => Predicate;

const spaces = ' \t\r\n\u00a0';

const char =
  (set: string): Rule<string> =>
  (text, at) =>
    at < text.length && set.includes(text.charAt(at)) ? { value: text.charAt(at), at: at + 1 } : undefined;

const word =
  (wanted: string): Rule<string> =>
  (text, at) => {
    const value = text.slice(at, at + wanted.length);
    return value.toLowerCase() === wanted ? { value, at: at + wanted.length } : undefined;
  };

const exactly =
  <T>(wanted: string, value: T): Rule<T> =>
  (text, at) =>
    text.startsWith(wanted, at) ? { value, at: at + wanted.length } : undefined;

const choice =
  <T>(...rules: readonly Rule<T>[]): Rule<T> =>
  (text, at) => {
    for (const rule of rules) {
      const found = rule(text, at);
      if (found) return found;
    }
    return undefined;
  };

const times =
  <T>(rule: Rule<T>, least: number): Rule<readonly T[]> =>
  (text, at) => {
    const value: T[] = [];
    let here = at;
    for (let found = rule(text, here); found; found = rule(text, here)) {
      value.push(found.value);
      here = found.at;
    }
    return value.length < least ? undefined : { value, at: here };
  };

const but =
  (never: Rule<unknown>, rule: Rule<string>): Rule<string> =>
  (text, at) =>
    never(text, at) ? undefined : rule(text, at);

/** All rules one after the other; `make` is given what they found. */
const row =
  <T>(rules: readonly Rule<unknown>[], make: (found: readonly unknown[]) => T): Rule<T> =>
  (text, at) => {
    const found: unknown[] = [];
    let here = at;
    for (const rule of rules) {
      const next = rule(text, here);
      if (!next) return undefined;
      found.push(next.value);
      here = next.at;
    }
    return { value: make(found), at: here };
  };

const later =
  <T>(rule: () => Rule<T>): Rule<T> =>
  (text, at) =>
    rule()(text, at);

const any: Rule<string> = (text, at) =>
  at < text.length ? { value: text.charAt(at), at: at + 1 } : undefined;
const space = char(spaces);
const gap = times(space, 0);

const special = char('\\():<>"*{}');
const orWord = row([times(space, 1), word('or'), times(space, 1)], () => 'or');
const andWord = row([times(space, 1), word('and'), times(space, 1)], () => 'and');
const notWord = row([word('not'), times(space, 1)], () => 'not');

const whiteSpaceEscape = choice(exactly('\\t', '\t'), exactly('\\r', '\r'), exactly('\\n', '\n'));
const hexadecimal = char('0123456789abcdefABCDEF');
const codeEscape: Rule<string> = row(
  [exactly('\\u', ''), hexadecimal, hexadecimal, hexadecimal, hexadecimal],
  ([, ...digits]) => String.fromCharCode(Number.parseInt(digits.join(''), 16)),
);
const second = ([, value]: readonly unknown[]) => value as string;

const quotedChar: Rule<string> = choice(
  whiteSpaceEscape,
  codeEscape,
  row<string>([exactly('\\', ''), char('\\"')], second),
  but(char('"'), any),
);
const quoted: Rule<Value> = row<Value>(
  [exactly('"', ''), times(quotedChar, 0), exactly('"', '')],
  ([, chars]) => [(chars as string[]).join('')],
);

const unquotedChar: Rule<PatternPart> = choice<PatternPart>(
  whiteSpaceEscape,
  row<string>([exactly('\\', ''), special], second),
  codeEscape,
  row<string>([exactly('\\', ''), choice(word('or'), word('and'), word('not'))], second),
  exactly('*', many),
  but(choice(special, orWord, andWord, notWord), any),
);
const unquoted: Rule<Value> = (text, at) => {
  const found = times(unquotedChar, 1)(text, at);
  return found && { value: meant(pattern(found.value)), at: found.at };
};

const words: Readonly<Record<string, null | boolean>> = { null: null, true: true, false: false };

function meant(read: Pattern): Value {
  const last = read.length - 1;
  const trimmed = pattern(
    read.map((part, index) => {
      if (typeof part !== 'string') return part;
      const open = index === 0 ? part.trimStart() : part;
      return index === last ? open.trimEnd() : open;
    }),
  );
  const text = plainText(trimmed);
  return text !== undefined && Object.hasOwn(words, text) ? words[text]! : trimmed;
}

const literal = choice(quoted, unquoted);
const value: Rule<Asking> = (text, at) => {
  const found = literal(text, at);
  return found && { value: (field) => is(field, found.value), at: found.at };
};

const list: Rule<Asking> = choice(
  row<Asking>(
    [exactly('(', ''), gap, later(() => orList), gap, exactly(')', '')],
    ([, , asking]) => asking as Asking,
  ),
  value,
);
const notList: Rule<Asking> = choice(
  row<Asking>(
    [notWord, list],
    ([, asking]) =>
      (field) =>
        not((asking as Asking)(field)),
  ),
  list,
);
const andList = chain(notList, andWord, (parts) => (field) => and(parts.map((part) => part(field))));
const orList: Rule<Asking> = chain(
  andList,
  orWord,
  (parts) => (field) => or(parts.map((part) => part(field))),
);

/** One part and more of them behind a word; failing that, one part. */
function chain<T>(part: Rule<T>, between: Rule<string>, make: (parts: readonly T[]) => T): Rule<T> {
  const rest = times(
    row<T>([between, part], ([, next]) => next as T),
    1,
  );
  return choice(
    row<T>([part, rest], ([first, more]) => make([first as T, ...(more as T[])])),
    part,
  );
}

const range: Rule<Predicate> = row<Predicate>(
  [
    literal,
    gap,
    choice<Order>(exactly('<=', '<='), exactly('>=', '>='), exactly('<', '<'), exactly('>', '>')),
    gap,
    bound,
  ],
  ([field, , operator, , value]) =>
    value === null
      ? { kind: 'exists', field: spelled(field as Value) }
      : {
          kind: 'range',
          field: spelled(field as Value),
          operator: operator as Order,
          value: value as string,
        },
);
const valued: Rule<Predicate> = row<Predicate>([literal, gap, exactly(':', ''), gap, list], (found) =>
  (found[4] as Asking)(found[0] as Value),
);
const searched: Rule<Predicate> = (text, at) => {
  const found = value(text, at);
  return found && { value: found.value(null), at: found.at };
};
const nested: Rule<Predicate> = choice(
  row<Predicate>(
    [literal, gap, exactly(':', ''), gap, exactly('{', ''), gap, later(() => orQuery), gap, exactly('}', '')],
    (found) => within(spelled(found[0] as Value), found[6] as Predicate),
  ),
  choice(range, valued, searched),
);
const clause: Rule<Predicate> = choice(
  row<Predicate>(
    [exactly('(', ''), gap, later(() => orQuery), gap, exactly(')', '')],
    ([, , where]) => where as Predicate,
  ),
  nested,
);
const notQuery: Rule<Predicate> = choice(
  row<Predicate>([notWord, clause], ([, where]) => not(where as Predicate)),
  clause,
);
const orQuery: Rule<Predicate> = chain(chain(notQuery, andWord, and), orWord, or);
const start: Rule<Predicate> = choice(
  row<Predicate>([gap, later(() => orQuery), gap], ([, where]) => where as Predicate),
  row<Predicate>([gap], () => always),
);

function is(field: Value, asked: Value): Predicate {
  if (field === null) return { kind: 'free-text', values: [asked], quantifier: 'any', caseSensitive: true };
  if (isStar(field) && isStar(asked)) return always;
  const name = spelled(field);
  if (asked === null) return not({ kind: 'exists', field: name });
  if (isStar(asked)) return { kind: 'exists', field: name };
  return { kind: 'equals', field: name, values: [asked], quantifier: 'any', caseSensitive: true };
}

/** An unquoted lone star. */
function isStar(asked: Value): boolean {
  return Array.isArray(asked) && asked.length === 1 && asked[0] === many;
}

function spelled(asked: Value): string {
  if (typeof asked !== 'object' || asked === null) return String(asked);
  return asked.map((part) => (typeof part === 'string' ? part : '*')).join('');
}

/** Inside braces field names go on from the path. */
function within(path: string, where: Predicate): Predicate {
  const deep = (node: Predicate): Predicate => {
    if (node.kind === 'and' || node.kind === 'or') return { ...node, of: node.of.map(deep) };
    if (node.kind === 'not') return not(deep(node.of));
    if (node.kind === 'nested') return { ...node, path: `${path}.${node.path}`, where: deep(node.where) };
    return 'field' in node ? { ...node, field: `${path}.${node.field}` } : node;
  };
  return { kind: 'nested', path, where: deep(where) };
}

/** A range knows no wildcards; numbers are told from texts by their spelling. */
function bound(text: string, at: number): Found<string | number | null> | undefined {
  const found = literal(text, at);
  if (!found) return undefined;
  const plain = found.value === null ? null : spelled(found.value);
  const isNumber = text.charAt(at) !== '"' && plain !== null && String(Number(plain)) === plain;
  return { value: isNumber && Number.isFinite(Number(plain)) ? Number(plain) : plain, at: found.at };
}
