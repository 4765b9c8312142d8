import { familyOf, wholeNumbers } from '../../mapping/index-fields/family.ts';
import type { FoundField } from '../../mapping/index-fields/find.ts';
import { wildcardTest } from '../../match/wildcard.ts';
import { readNetwork } from '../../query/network.ts';
import { hasWildcard, isPattern, isWildcard, plainText } from '../../query/pattern.ts';
import type { Cidr, Equals, FieldTest, Pattern, Range, Value } from '../../query/query.ts';
import { type Asked, isVerified, nameOf } from './asked.ts';
import type { Complaint } from './complaint.ts';
import { shownText, shownValue } from './shown.ts';

/** What is wrong with the values that a field is tested for. */
export function judgeValues(found: FoundField, asked: Asked, test: FieldTest): Complaint | undefined {
  switch (test.kind) {
    case 'equals':
      return judgeTypes(found, asked, test.values) ?? judgeWhole(found, asked, test);
    case 'range':
      return judgeTypes(found, asked, [typeof test.value === 'string' ? [test.value] : test.value], test);
    case 'regex':
      return isText(found.field.type) ? undefined : wrong(found, 'an expression is for text alone');
    case 'cidr':
      return judgeNetworks(found, asked, test);
    case 'exists':
      return undefined;
    default:
      return test satisfies never;
  }
}

/** What is looked for by its letters. Of types that nobody asks here nothing is said. */
function isText(type: string): boolean {
  return ['keyword', 'text', 'version', 'flattened', 'other'].includes(familyOf(type));
}

function wrong({ name, field }: FoundField, why: string): Complaint {
  return { code: 'fields/wrong-type', what: `${name} is kept as ${field.type}, and ${why}`, end: 'fails' };
}

function judgeTypes(
  found: FoundField,
  { asks }: Asked,
  values: readonly Value[],
  range?: Range,
): Complaint | undefined {
  for (const value of values) {
    if (value === null) continue;
    const why = strange(value, found, asks, range);
    if (why !== undefined) return wrong(found, why);
  }
  return undefined;
}

/** Why no field of the type takes a value. */
function strange(
  value: Exclude<Value, null>,
  { field: { type, formatted } }: FoundField,
  asks: Asked['asks'],
  range: Range | undefined,
): string | undefined {
  const family = familyOf(type);
  const text = isPattern(value) ? plainText(value) : String(value);
  const shown = shownValue(value);
  const isWild = isPattern(value) && hasWildcard(value);
  if (isPattern(value) && !isWild && text === undefined) return undefined;
  if (isWild) {
    const takesNone = ['number', 'ip', 'date', 'boolean'].includes(family);
    return takesNone ? `${shown} with its wildcards is for text alone` : undefined;
  }
  switch (family) {
    case 'number':
      if (asks === 'esql' && isPattern(value)) return `ES|QL compares it with no text such as ${shown}`;
      return typeof value === 'boolean' || !isNumber(text ?? '') ? `${shown} is no number` : undefined;
    case 'ip':
      if (typeof value === 'boolean') return `${shown} is no address`;
      if (asks === 'esql' && text?.includes('/'))
        return `ES|QL finds the network ${shown} by cidr_match alone`;
      return isAddress(text ?? '') ? undefined : `${shown} is no address`;
    case 'date':
      if (typeof value === 'number') return undefined;
      return formatted || /\d|^now/.test(text ?? '') ? undefined : `${shown} is no date`;
    case 'boolean':
      if (range !== undefined) return undefined;
      return ['true', 'false', ''].includes(text ?? '') ? undefined : `${shown} is neither true nor false`;
    case 'keyword':
    case 'text':
      if (asks !== 'esql' || isPattern(value)) return undefined;
      return `ES|QL compares it with text alone, and not with ${shown}`;
    case 'version':
    case 'flattened':
    case 'object':
    case 'nested':
    case 'other':
      return undefined;
    default:
      return family satisfies never;
  }
}

/** As Elasticsearch reads numbers out of text, and a little more. */
function isNumber(text: string): boolean {
  if (text.length > 400) return true;
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?\s*$|^[+-]?(?:NaN|Infinity)$/.test(text);
}

/** Spellings that are not read here are left to the index. */
function isAddress(text: string): boolean {
  return readNetwork(text) !== undefined || /^[0-9a-f.:]*:[0-9a-f.:]*(?:%\w+)?(?:\/\d+)?$/i.test(text);
}

function judgeNetworks(found: FoundField, { asks }: Asked, { networks }: Cidr): Complaint | undefined {
  const family = familyOf(found.field.type);
  if (family === 'other' || family === 'ip') {
    const strangest = networks.find((network) => family === 'ip' && !isAddress(network));
    return strangest === undefined ? undefined : wrong(found, `${shownText(strangest)} is no network`);
  }
  const isLooked = asks === 'eql' || (isVerified(asks) && !['keyword', 'text'].includes(family));
  return isLooked ? wrong(found, `${nameOf(asks)} looks for networks in addresses alone`) : undefined;
}

/** What the type takes and the index does not have: longer values, other ones than its constant, upper case. */
function judgeWhole(found: FoundField, asked: Asked, test: Equals): Complaint | undefined {
  return (
    judgeFraction(found, test) ??
    judgeLength(found, test) ??
    judgeConstant(found, test) ??
    judgeCase(found, asked, test)
  );
}

function judgeFraction({ name, field }: FoundField, test: Equals): Complaint | undefined {
  if (!wholeNumbers.has(field.type)) return undefined;
  const cut = test.values.find((value) => {
    const number =
      typeof value === 'number' ? value : Number(isPattern(value) ? plainText(value) : undefined);
    return Number.isFinite(number) && !Number.isInteger(number);
  });
  if (cut === undefined) return undefined;
  const what = `${name} is kept as ${field.type}, which has no fractions such as ${shownValue(cut)}`;
  return { code: 'fields/wrong-type', what, end: 'never', ...someOf(test) };
}

function judgeLength({ name, field }: FoundField, test: Equals): Complaint | undefined {
  const { limit } = field;
  if (limit === undefined) return undefined;
  const longer = test.values.find((value) => isPattern(value) && leastLength(value) > limit);
  if (longer === undefined || !isPattern(longer)) return undefined;
  const length = leastLength(longer);
  const what = `${shownValue(longer)} has ${length} characters, and values of ${name} with more than ${limit} are not indexed`;
  return { code: 'fields/too-long', what, end: 'never', ...someOf(test) };
}

function leastLength(value: Pattern): number {
  return value.reduce(
    (sum, part) =>
      sum + (typeof part === 'string' ? part.length : isWildcard(part) && part.wildcard === 'one' ? 1 : 0),
    0,
  );
}

function someOf({ values, quantifier }: Equals): { readonly some?: true } {
  return values.length > 1 && quantifier === 'any' ? { some: true } : {};
}

function judgeConstant({ name, field: { constant } }: FoundField, test: Equals): Complaint | undefined {
  if (constant === undefined) return undefined;
  const holds = (value: Value) => value === null || isConstant(value, constant, test.caseSensitive);
  const passes = test.quantifier === 'any' ? test.values.some(holds) : test.values.every(holds);
  if (passes) return undefined;
  return {
    code: 'fields/other-value',
    what: `${name} is ${shownText(constant)} in every event of the index`,
    end: 'never',
  };
}

function isConstant(value: Exclude<Value, null>, constant: string, caseSensitive: boolean): boolean {
  if (!isPattern(value)) return String(value) === constant;
  if (value.some((part) => typeof part === 'object' && 'placeholder' in part)) return true;
  if (caseSensitive) return wildcardTest(value)(constant);
  return wildcardTest(value.map((part) => (typeof part === 'string' ? part.toLowerCase() : part)))(
    constant.toLowerCase(),
  );
}

/** A normalizer lowers what is indexed, and not what is asked for by `==`. */
function judgeCase({ name, field }: FoundField, { asks }: Asked, test: Equals): Complaint | undefined {
  if (!field.lowers || !test.caseSensitive || !isVerified(asks)) return undefined;
  const cased = test.values.find(
    (value) =>
      isPattern(value) && value.some((part) => typeof part === 'string' && part !== part.toLowerCase()),
  );
  if (cased === undefined) return undefined;
  const what = `${name} is kept in lower case, and this test of ${nameOf(asks)} tells case apart: ${shownValue(cased)} is not there as it is written`;
  return { code: 'fields/case', what, end: 'said' };
}
