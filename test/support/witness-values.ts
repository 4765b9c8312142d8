import { isPattern, isWildcard } from '../../src/query/pattern.ts';
import type { FieldTest, Pattern, Value } from '../../src/query/query.ts';
import { samplesOf } from './witness-expressions.ts';

/** A value of a field: one, several, or `undefined` for none. */
export type Held = string | number | boolean | readonly (string | number | boolean)[] | undefined;

/** Values that pass a test, and values that nearly do. Which is which is for the matcher to say. */
export interface Candidates {
  readonly passing: readonly Held[];
  readonly near: readonly Held[];
}

export function candidatesFor(test: FieldTest): Candidates {
  const passing = passingFor(test);
  const near = passing.slice(0, 3).flatMap((value) => nearTo(value));
  return { passing, near: [undefined, 'other', ...new Set(near)] };
}

function passingFor(test: FieldTest): readonly Held[] {
  switch (test.kind) {
    case 'equals': {
      const each = test.values.map(valuesFor);
      return test.quantifier === 'any' ? each.flat() : together(each, test.values);
    }
    case 'range':
      return around(test.value);
    case 'regex': {
      const each = test.patterns.map((text) => samplesOf(text, test));
      return test.quantifier === 'any'
        ? each.flat()
        : [each.flatMap(([first]) => first ?? []), each.map((one) => one[0] ?? '').join(' ')];
    }
    case 'cidr':
      return test.networks.flatMap((network) => addressesAt(network));
    case 'exists':
      return ['x'];
    default:
      return test satisfies never;
  }
}

/** All at once: as many values, and where patterns leave room as one. */
function together(each: readonly (readonly Held[])[], values: readonly Value[]): readonly Held[] {
  const first = each.flatMap(([one]) => (one === undefined || typeof one === 'object' ? [] : [one]));
  const isOpen = values.every(
    (value) => isPattern(value) && isWildcard(value[0]) && isWildcard(value.at(-1)),
  );
  return [...(isOpen ? [first.join(' '), first.toReversed().join('')] : []), first];
}

function valuesFor(value: Value): readonly Held[] {
  if (value === null) return [undefined];
  if (!isPattern(value)) return [value, String(value)];
  return [...new Set([filled(value, ''), filled(value, 'Qx'), filled(value, 'a\\B/c.d')])];
}

function filled(value: Pattern, many: string): string {
  return value
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'placeholder' in part ? '' : part.wildcard === 'many' ? many : 'z';
    })
    .join('');
}

function around(value: number | string): readonly Held[] {
  if (typeof value === 'number') return [value, value + 1, value - 1, value + 0.5, String(value)];
  return [value, `${value}0`, value.slice(0, -1), `${value}z`];
}

/** The first of a network, one within it, the one before it and one far behind it. */
function addressesAt(network: string): readonly Held[] {
  const [address = '', length = ''] = network.split('/');
  const bytes = address.split('.').map(Number);
  if (bytes.length !== 4) return [address, address.replace(/:+$/, '::1'), '2001:db8::1', '10.0.0.1'];
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - Number(length));
  const text = (at: number) => [24, 16, 8, 0].map((bits) => Math.floor(at / 2 ** bits) % 256).join('.');
  return [number, number + size - 1, number + size, number - 1].map((at) => text((at + 2 ** 32) % 2 ** 32));
}

function nearTo(value: Held): readonly Held[] {
  if (value === undefined || typeof value === 'object') return [];
  if (typeof value !== 'string')
    return [[value, 'other'], typeof value === 'number' ? value + 1 : !value, String(value)];
  return [
    flipped(value),
    value.slice(1),
    value.slice(0, -1),
    `x${value}`,
    `${value}x`,
    `${value}\nx`,
    '',
    ['other', value],
    [value.slice(1), flipped(value)],
  ];
}

function flipped(text: string): string {
  const upper = text.toUpperCase();
  return text === upper ? text.toLowerCase() : upper;
}
