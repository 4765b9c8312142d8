import fc from 'fast-check';
import { expect, test } from 'vitest';

import { normalNetwork, printNetwork, readNetwork } from '../../src/query/network.ts';

test.each([
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['192.168.0.1', '192.168.0.1/32'],
  ['255.255.255.255/0', '0.0.0.0/0'],
  ['::1', '::1/128'],
  ['::', '::/128'],
  ['FE80:0000::/10', 'fe80::/10'],
  ['2001:DB8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1/128'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1/128'],
  ['1234:5678:0:ab00::/56', '1234:5678:0:ab00::/56'],
  ['::ffff:10.0.0.1/104', '::ffff:a00:0/104'],
])('%s is %s', (text, normal) => {
  expect(normalNetwork(text)).toBe(normal);
});

test.each([
  '',
  '10.0.0.0/33',
  '::/129',
  '256.0.0.0',
  '1.2.3',
  '1:2:3:4:5:6:7',
  ':::',
  '1::2::3',
  'g::',
  '10.0.0.0/-1',
  '1:2:3:4:5:6:7:8::',
  'x',
])('%s is no network', (text) => {
  expect(readNetwork(text)).toBeUndefined();
  expect(normalNetwork(text)).toBe(text);
});

test('what is written is read back', () => {
  const six = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });
  // Runs of zeroes are where the spelling is clever.
  const holes = fc
    .array(fc.constantFrom(0n, 1n, 0xffffn), { minLength: 8, maxLength: 8 })
    .map((groups) => groups.reduce<bigint>((sum, group) => sum * 65536n + group, 0n));
  fc.assert(
    fc.property(fc.oneof(six, holes), fc.integer({ min: 0, max: 128 }), (address, prefix) => {
      expect(readNetwork(printNetwork({ version: 6, address, prefix }))).toEqual({
        version: 6,
        address,
        prefix,
      });
    }),
  );
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
      fc.integer({ min: 0, max: 32 }),
      (address, prefix) => {
        expect(readNetwork(printNetwork({ version: 4, address, prefix }))).toEqual({
          version: 4,
          address,
          prefix,
        });
      },
    ),
  );
});
