import { and, not, or } from '../../query/build.ts';
import { isAnything, isMany, isPattern, isWildcard, many, pattern, plainText } from '../../query/pattern.ts';
import type { Equals, Pattern, PatternPart, Predicate, Value } from '../../query/query.ts';
import { equals, type Renamed, type Target, type ValueChange } from './change.ts';

/** `User: DOMAIN\name` ↔ `user.domain: DOMAIN` and `user.name: name`. */
export const account: ValueChange<'account'> = {
  toEcs(value, to, change) {
    if (!isPattern(value)) return undefined;
    const domain = { ...to, field: change.domain };
    const whole = plainText(value);
    if (whole !== undefined) return ofWhole(whole, to, domain);
    return ofPart(value, to, domain);
  },

  toSigma(value, to, change) {
    if (!isPattern(value)) return undefined;
    const isDomain = to.from === change.domain;
    const test = isDomain ? pattern([...value, '\\', many]) : pattern([many, '\\', ...value]);
    return { test: equals(to, test) };
  },

  valueToEcs(held, field, change) {
    if (typeof held !== 'string') return undefined;
    const at = held.indexOf('\\');
    const [domain, name] = [held.slice(0, Math.max(at, 0)), held.slice(at + 1)];
    return [
      { field: change.domain, value: domain === '' ? null : domain },
      { field, value: name === '' ? null : name },
    ];
  },

  valueToSigma(held, field, change) {
    return field === change.domain
      ? pattern([String(held), '\\', many])
      : pattern([many, '\\', String(held)]);
  },
};

function ofWhole(text: string, name: Target, domain: Target): Renamed | undefined {
  const [before, after, more] = text.split('\\');
  if (after === undefined) return { test: equals(name, [text]), effect: 'broader' };
  if (more !== undefined) return undefined;
  return { test: and([equals(domain, [before!]), equals(name, [after])]) };
}

/** The backslash is in the pattern, or one of its wildcards stands for it; what is on either side of it stands in a field. */
function ofPart(value: Pattern, name: Target, domain: Target): Renamed | undefined {
  const parts = value.flatMap((part): readonly PatternPart[] =>
    typeof part === 'string' ? part.split(/(\\)/) : [part],
  );
  const said = parts.filter((part) => part === '\\').length;
  if (said > 1 || !value.every((part) => typeof part === 'string' || isWildcard(part))) return undefined;
  const ways = parts.flatMap((part, index) => {
    if (said === 1 ? part !== '\\' : !isWildcard(part)) return [];
    const open = isMany(part) ? [part] : [];
    const before = pattern([...parts.slice(0, index), ...open]);
    return [{ before, after: pattern([...open, ...parts.slice(index + 1)]) }];
  });
  const able = ways.filter(({ before, after }) => plainText(before) !== '' && plainText(after) !== '');
  if (able.length === 0 || able.length > mostWays) return undefined;
  return { test: or(able.reverse().map((way) => sidesOf(way, name, domain))) };
}

/** Places at which the backslash may stand; people write two. */
const mostWays = 8;

function sidesOf(
  { before, after }: { readonly before: Pattern; readonly after: Pattern },
  name: Target,
  domain: Target,
) {
  const tests = [
    ...(isAnything(before) ? [] : [equals(domain, before)]),
    ...(isAnything(after) ? [] : [equals(name, after)]),
  ];
  return tests.length === 0 ? equals(name, [many]) : and(tests);
}

/**
 * Sigma's tests of accounts, in which a text that may stand before the backslash or behind it is looked for in the whole:
 * the way back from `ofPart`, which looks for it in both fields.
 */
export function joinedAccounts(where: Predicate): Predicate {
  switch (where.kind) {
    case 'and':
      return and(where.of.map(joinedAccounts));
    case 'not':
      return not(joinedAccounts(where.of));
    case 'or':
      return or(joinedAmong(where.of.map(joinedAccounts)));
    case 'equals':
      return joinedAmong([where])[0]!;
    default:
      return where;
  }
}

/** Alternatives of one field are one list, if two of its values are the two places of one text. */
function joinedAmong(parts: readonly Predicate[]): readonly Predicate[] {
  const byField = new Map<string, Equals[]>();
  for (const part of parts.filter(isList)) {
    const key = `${part.caseSensitive} ${part.field}`;
    const own = byField.get(key);
    if (own) own.push(part);
    else byField.set(key, [part]);
  }
  const gone = new Set<Predicate>();
  const lists = [...byField.values()].flatMap((own): readonly Equals[] => {
    const values = joinedValues(own.flatMap((one) => one.values));
    if (!values) return [];
    for (const one of own) gone.add(one);
    return [{ ...own[0]!, values }];
  });
  return lists.length === 0 ? parts : [...parts.filter((part) => !gone.has(part)), ...lists];
}

function isList(part: Predicate): part is Equals {
  return part.kind === 'equals' && (part.quantifier === 'any' || part.values.length === 1);
}

/** The values with `*\*x*` and `*x*\*` as `*x*`; undefined where there are no two of the kind. */
function joinedValues(values: readonly Value[]): readonly Value[] | undefined {
  const sides = values.map((value) => (value !== null && isPattern(value) ? sideOf(value) : undefined));
  const before = new Set(sides.flatMap((side) => (side?.at === 'domain' ? [side.text] : [])));
  const both = new Set(
    sides.flatMap((side) => (side?.at === 'name' && before.has(side.text) ? [side.text] : [])),
  );
  if (both.size === 0) return undefined;
  const kept = values.filter((_, index) => !both.has(sides[index]?.text ?? ''));
  return [...kept, ...[...both].map((text) => pattern([many, text, many]))];
}

function sideOf(value: Pattern): { readonly at: 'name' | 'domain'; readonly text: string } | undefined {
  const parts = value.map((part) => (typeof part === 'string' ? part : isMany(part) ? '*' : '?'));
  if (
    value.length !== 5 ||
    [0, 2, 4].some((index) => typeof value[index] === 'string' || parts[index] !== '*')
  )
    return undefined;
  const [, first = '', , last = ''] = parts;
  if (first === '\\' && !last.includes('\\')) return { at: 'name', text: last };
  return last === '\\' && !first.includes('\\') ? { at: 'domain', text: first } : undefined;
}
