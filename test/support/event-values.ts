import fc from 'fast-check';

import type { Way } from '../../src/mapping/lookup.ts';
import type { Mapping } from '../../src/mapping/mapping.ts';
import type { FieldRow } from '../../src/mapping/table.ts';
import type { Scalar } from '../../src/query/event.ts';

type Scalars = fc.Arbitrary<Scalar>;

const letters = 'abcdeXYZ019';
const name = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 6 });
const word = fc.oneof(
  name,
  fc.tuple(name, name).map(([a, b]) => `${a} ${b}`),
);
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const lengths = { MD5: 32, SHA1: 40, SHA256: 64, IMPHASH: 32 } as const;

const paths = (sign: string) =>
  fc
    .tuple(
      fc.constantFrom('C:', '', 'D:'),
      fc.array(name, { maxLength: 2 }),
      name,
      fc.constantFrom('', '.exe', '.tar.gz'),
    )
    .map(([start, folders, last, end]) => [sign === '/' ? '' : start, ...folders, last + end].join(sign));

/** Values that a field of Sigma's holds where its log source writes it, fit for the row; and those that ECS has. */
export function heldBy(row: FieldRow, way: Way, mapping: Mapping): Scalars {
  return way === 'toEcs' ? sigmaHolds(row, mapping) : ecsHolds(row, mapping);
}

function sigmaHolds({ change, ecs }: FieldRow, mapping: Mapping): Scalars {
  switch (change?.kind) {
    case undefined:
      return plain(mapping.types.get(ecs));
    case 'file-name':
      return paths(change.separator === '/' ? '/' : '\\');
    case 'extension':
    case 'directory':
      return fc.oneof(paths('\\'), paths('/'));
    case 'arguments':
      return fc.array(name, { minLength: 1, maxLength: 3 }).map((all) => all.join(' '));
    case 'account':
      return fc.tuple(word, word).map(([domain, user]) => `${domain}\\${user}`);
    case 'hash':
      return hashes;
    case 'words': {
      const known = Object.keys(change.words).map((one) =>
        /^(?:0|[1-9]\d*)$/.test(one) ? Number(one) : one,
      );
      return change.closed ? fc.constantFrom(...known) : fc.oneof(fc.constantFrom(...known), other);
    }
    case 'number':
      return fc.nat(9999);
    case 'prefix':
      return name.map((text) => change.sigma + text);
    case 'empty':
      return fc.constantFrom('', '-');
    case 'hexadecimal':
      return fc.nat(65_535).map((number) => `0x${number.toString(16)}`);
    case 'registry-path':
    case 'registry-key':
    case 'registry-hive':
      return registryPaths(['HKLM\\', 'HKU\\', 'HKCR\\']);
    case 'registry-number':
      return fc.oneof(fc.nat().map(spelledNumber), word);
    case 'presence':
      return word;
    case 'entries':
      return fc.oneof(
        fc.tuple(name, name, fc.nat(9)).map(([a, b, c]) => `{"k${a}":"${b}","n":${c}}`),
        name,
      );
    case 'otherwise':
      return fc.oneof(fc.constantFrom(...change.but), other);
    case 'mailbox':
      return fc.tuple(name, name).map(([a, b]) => `${a}@${b}.com`);
    default:
      return change satisfies never;
  }
}

function ecsHolds({ change, ecs }: FieldRow, mapping: Mapping): Scalars {
  switch (change?.kind) {
    case undefined:
    case 'empty':
      return plain(mapping.types.get(ecs));
    case 'file-name':
      return fc.tuple(name, fc.constantFrom('', '.exe', '.tar.gz')).map(([a, b]) => a + b);
    case 'extension':
    case 'mailbox':
    case 'arguments':
      return name;
    case 'directory':
      return paths(change.separator);
    case 'account':
      return word;
    case 'hash':
      return digits(lengths[change.algorithm]);
    case 'words': {
      const known = Object.values(change.words);
      return change.closed ? fc.constantFrom(...known) : fc.oneof(fc.constantFrom(...known), other);
    }
    case 'number':
      return fc.nat(9999).map(String);
    case 'prefix':
      return name.map((text) => change.ecs + text);
    case 'hexadecimal':
      return fc.nat(65_535);
    case 'registry-path':
      return registryPaths(['HKLM\\', 'HKU\\', 'HKCR\\']);
    case 'registry-key':
      return name.map((text) => `SOFTWARE\\${text}`);
    case 'registry-hive':
      return fc.constantFrom('HKEY_USERS', 'HKEY_LOCAL_MACHINE');
    case 'registry-number':
      return fc.oneof(fc.nat().map(String), word);
    case 'presence':
      return fc.constantFrom(...[change.present, change.absent].filter((one) => one !== undefined));
    case 'entries':
      return fc.oneof(
        fc.tuple(name, name, fc.nat(9)).map(([a, b, c]) => `{k${a}=${b}, n=${c}}`),
        name,
      );
    case 'otherwise':
      return fc.constant(change.word);
    default:
      return change satisfies never;
  }
}

/** A word that no table has. */
const other = fc.constantFrom('Some Other', 'zzqz');

const hashes = fc
  .record(
    { MD5: digits(32), SHA1: digits(40), SHA256: digits(64), IMPHASH: digits(32) },
    { requiredKeys: ['SHA256'] },
  )
  .map((held) =>
    Object.entries(held)
      .map(([algorithm, text]) => `${algorithm}=${text}`)
      .join(','),
  );

const registryPaths = (hives: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...hives),
      fc.constantFrom('', 'SYSTEM\\CurrentControlSet\\'),
      name,
      fc.constantFrom('', '\\(Default)'),
    )
    .map((parts) => parts.join(''));

function spelledNumber(number: number): string {
  return `DWORD (0x${number.toString(16).padStart(8, '0')})`;
}

function plain(type: string | undefined): Scalars {
  if (type === undefined || type === 'keyword' || type === 'wildcard') return word;
  if (type === 'ip') return fc.constantFrom('10.1.2.3', '192.168.0.1', 'fe80::1');
  if (type === 'boolean') return fc.boolean();
  if (type === 'date') return fc.constant('2024-01-02T03:04:05.000Z');
  if (/long|integer|short|float|double|byte/.test(type)) return fc.nat(9999);
  return word;
}
