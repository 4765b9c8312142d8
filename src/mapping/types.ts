import { or } from '../query/build.ts';
import type { Scalar } from '../query/event.ts';
import { hasWildcard, isMany, isPattern, many, pattern, plainText } from '../query/pattern.ts';
import type { Cidr, Equals, Pattern, Predicate, Range, Value } from '../query/query.ts';
import { mapLeaves } from '../query/walk.ts';
import { familyOf, wholeNumbers } from './index-fields/family.ts';
import type { Mapping } from './mapping.ts';

/**
 * A test of an ECS field with its values in the type of the field: numbers for numeric fields, text
 * for keywords, networks for the beginnings of addresses. Undefined where no value of that type can
 * say what the test says.
 */
export function typed(test: Equals | Range, mapping: Mapping): Predicate | undefined {
  const type = mapping.types.get(test.field) ?? 'keyword';
  if (test.kind === 'range') return typedRange(test, type);
  if (type === 'ip') return typedAddresses(test);
  const values = test.values.map((value) => typedValue(value, type));
  if (values.every((value, index) => value === test.values[index])) return test;
  return values.every((value) => value !== undefined) ? { ...test, values } : undefined;
}

/** Whether a field holds text that is cut into words, with no case. */
export function isAnalysed(field: string, { types }: Mapping): boolean {
  const type = types.get(field);
  return type === 'text' || type === 'match_only_text';
}

/** A phrase is found within analysed text, wherever it stands and in whatever case. */
function found(test: Equals): Equals {
  const values = test.values.map((value) =>
    value !== null && isPattern(value) && !hasWildcard(value) ? pattern([many, ...value, many]) : value,
  );
  return { ...test, values, caseSensitive: false };
}

/**
 * A predicate over ECS fields with every value in the type of its field, where it has one: KQL and its
 * kin write numbers, networks and text alike. A test that no value of the type can say stays as it is. In fields of
 * words a value is looked for as a part, unless they are compared.
 */
export function retyped(where: Predicate, mapping: Mapping, comparesWords = false): Predicate {
  return mapLeaves(where, (leaf) => {
    if ((leaf.kind !== 'equals' && leaf.kind !== 'range') || !mapping.types.has(leaf.field)) return leaf;
    const settled = typed(leaf, mapping) ?? leaf;
    const isSearched = !comparesWords && settled.kind === 'equals' && isAnalysed(leaf.field, mapping);
    return isSearched ? found(settled) : settled;
  });
}

/** A value of an event as a field of ECS keeps it; one that is not of its type stays as it is. */
export function typedScalar(value: Scalar, field: string, { types }: Mapping): Scalar {
  const type = types.get(field) ?? 'keyword';
  if (type === 'ip' || type === 'date') return value;
  if (isNumeric(type)) return typeof value === 'string' ? (asNumber(value, type) ?? value) : value;
  if (type === 'boolean') return typeof value === 'string' ? (asTruth(value.toLowerCase()) ?? value) : value;
  return String(value);
}

function typedRange(test: Range, type: string): Range | undefined {
  if (!isNumeric(type) || typeof test.value === 'number') return test;
  const number = asNumber(test.value, type);
  return number === undefined ? undefined : { ...test, value: number };
}

function typedValue(value: Value, type: string): Value | undefined {
  if (value === null) return value;
  if (isNumeric(type)) return typeof value === 'number' ? value : asNumber(plainOf(value), type);
  if (type === 'boolean') return typeof value === 'boolean' ? value : asTruth(plainOf(value));
  if (type === 'date') return isPattern(value) ? value : undefined;
  return isPattern(value) ? value : [String(value)];
}

function isNumeric(type: string): boolean {
  return familyOf(type) === 'number';
}

function plainOf(value: Value): string | undefined {
  return isPattern(value) ? plainText(value) : undefined;
}

function asNumber(text: string | undefined, type: string): number | undefined {
  const shape = wholeNumbers.has(type) ? /^-?(?:0|[1-9]\d{0,14})$/ : /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
  return text !== undefined && shape.test(text) ? Number(text) : undefined;
}

function asTruth(text: string | undefined): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** Addresses are compared as addresses; `10.*` is a network, as far as it ends at a whole octet. */
function typedAddresses(test: Equals): Predicate | undefined {
  const parts = test.values.map((value): Equals | Cidr | undefined => {
    if (value === null) return { ...test, values: [null] };
    const text = plainOf(value);
    if (text !== undefined && isAddress(text)) return { ...test, values: [[text]], caseSensitive: true };
    if (text !== undefined && !isNetwork(text)) return undefined;
    const network = text ?? (isPattern(value) ? networkOf(value) : undefined);
    return network === undefined ? undefined : { kind: 'cidr', field: test.field, networks: [network] };
  });
  if (!parts.every((part) => part !== undefined)) return undefined;
  if (test.quantifier === 'all' && parts.length > 1) return undefined;
  return gathered(test, parts);
}

function gathered(test: Equals, parts: readonly (Equals | Cidr)[]): Predicate {
  const values = parts.flatMap((part) => (part.kind === 'equals' ? part.values : []));
  const networks = parts.flatMap((part) => (part.kind === 'cidr' ? part.networks : []));
  return or([
    ...(values.length > 0 ? [{ ...test, values, caseSensitive: true }] : []),
    ...(networks.length > 0
      ? [{ kind: 'cidr', field: test.field, networks, ...(test.span && { span: test.span }) } satisfies Cidr]
      : []),
  ]);
}

/** Roughly: an index of addresses takes nothing that has neither dots nor colons. */
function isAddress(text: string): boolean {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=.*:)[0-9a-fA-F:.]+(?:%\w+)?)$/.test(text);
}

/** An index of addresses reads `10.0.0.0/8` as all that it holds. */
function isNetwork(text: string): boolean {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)\/\d{1,3}$/.test(text);
}

/** `192.168.*` → `192.168.0.0/16`; `fe80:*` → `fe80::/16`. */
function networkOf(value: Pattern): string | undefined {
  const [text, end] = value;
  if (value.length !== 2 || typeof text !== 'string' || !isMany(end)) return undefined;
  const octets = /^((?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){1,3})$/.exec(text)?.[1]?.slice(0, -1).split('.');
  if (octets) {
    const padded = [...octets, '0', '0', '0'].slice(0, 4).join('.');
    return `${padded}/${8 * octets.length}`;
  }
  const group = /^([0-9a-fA-F]{4}):$/.exec(text)?.[1];
  return group === undefined ? undefined : `${group}::/16`;
}
