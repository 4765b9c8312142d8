import fc from 'fast-check';
import { expect, test } from 'vitest';

import { apartOf, withApart } from '../../src/formats/engine/index.ts';
import type { Json, JsonObject } from '../../src/rule/json.ts';

const key = fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__');
const json = fc.jsonValue({ maxDepth: 2 }).map((value): Json => JSON.parse(JSON.stringify(value)));
const map = fc
  .dictionary(key, json, { maxKeys: 4 })
  .map((value): JsonObject => JSON.parse(JSON.stringify(value)));

test('fields come home from whatever was written in their place', () => {
  fc.assert(
    fc.property(map, map, (meant, written) => {
      expect(withApart(written, apartOf(meant, written))).toEqual(meant);
    }),
  );
});

test('what is the same need not travel', () => {
  fc.assert(
    fc.property(map, (meant) => {
      expect(apartOf(meant, meant)).toBeUndefined();
    }),
  );
});

test('what somebody has changed or added meanwhile stays as it is', () => {
  const apart = apartOf({ a: 1, b: 2, d: 4 }, { b: 3, c: 5 });
  expect(withApart({ b: 30, c: 50, a: 10 }, apart)).toEqual({ b: 30, c: 50, a: 10, d: 4 });
  expect(withApart({ c: 5 }, apart)).toEqual({ a: 1, d: 4 });
});

test('what makes no sense any more is nothing', () => {
  fc.assert(
    fc.property(map, json, (written, apart) => {
      expect(() => withApart(written, apart)).not.toThrow();
    }),
  );
  expect(withApart({ a: 1 }, { fields: [], marks: 'x' })).toEqual({ a: 1 });
});
