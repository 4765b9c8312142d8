import fc from 'fast-check';
import { parse, stringify, type TomlTable, type TomlValue } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { locate, placeOf } from '../../../src/formats/elastic/locate.ts';
import { below, type Pointer, stepsOf } from '../../../src/formats/elastic/pointer.ts';
import { corpusFiles, elasticFiles, without } from '../../support/corpus.ts';
import { everything } from './samples.ts';

const options = { integersAsBigInt: true } as const;

/** Every value of a tree that is no table or list of tables, with the place it has. */
function* leaves(value: TomlValue, pointer: Pointer = ''): Generator<[Pointer, TomlValue]> {
  const isTable = typeof value === 'object' && !(value instanceof Date) && !Array.isArray(value);
  if (!isTable && !Array.isArray(value)) yield [pointer, value];
  else for (const [key, part] of Object.entries(value)) yield* leaves(part, below(pointer, key));
}

/** Each place, cut out and read alone, is the value; and no place is missing. */
function check(text: string): void {
  const tree = parse(text, options);
  const { entries, blocks } = locate(text);
  for (const [pointer, value] of leaves(tree)) {
    const entry = entries.get(pointer);
    expect(entry, pointer).toBeDefined();
    const { start, end } = entry!.value;
    expect(parse(`x = ${text.slice(start, end)}`, options)['x'], pointer).toEqual(value);
  }
  for (const [pointer, { key, value }] of entries) {
    const there = stepsOf(pointer).reduce<TomlValue>((part, step) => (part as TomlTable)[step]!, tree);
    expect(parse(`x = ${text.slice(value.start, value.end)}`, options)['x'], pointer).toEqual(there);
    if (key)
      expect(stepsOf(pointer).slice(-keysOf(text.slice(key.start, key.end)).length), pointer).toEqual(
        keysOf(text.slice(key.start, key.end)),
      );
  }
  expect(blocks.map(({ end }) => end).slice(0, -1)).toEqual(
    blocks.slice(1).map(({ header }) => header.start),
  );
}

/** The steps that a key says. */
function keysOf(key: string): string[] {
  const steps = (tree: unknown): string[] =>
    typeof tree === 'object' && tree !== null
      ? Object.entries(tree).flatMap(([step, part]) => [step, ...steps(part)])
      : [];
  return steps(parse(`${key} = 1`));
}

test('finds everything in a file with everything', () => {
  check(everything);
  check(everything.replaceAll('\n', '\r\n'));
  check(`\uFEFF${everything}`);
});

describe('strange texts', () => {
  test.each([
    'a.b.c = 1\na.d = 2',
    '"a.b"."c/d"."~" = 1',
    '"" . x = 2',
    '[a]\n[a.b.c]\nx = 1\n[d]\n[a.b]\ny = 2',
    '[[a]]\n[[a.b]]\nx = 1\n[[a.b]]\n[a.c]\n[[a]]\n[[a.b]]\ny = 2\n[a.b.z]\nw = 1',
    'x = [ # a\n 1, # "b\n\n 2\n , ]',
    'x = [[], [[]], {}, { a = [ ] }]',
    'x = """a"b""c\\"""" # "\ny = 1',
    'x = """"""\ny = \'\'\'\'\'\'\nz = """""a"""""\nw = \'\'\'\'\'a\'\'\'\'\'',
    'x = """\\\n   a \\\\"""\ny = "\\\\"\nz = "a\\"#b" # c',
    'x = 1979-05-27 07:32:00Z\ny = [1979-05-27 07:32:00, 07:32:00]',
    'x = [1,2,]\r\ny = {a=1,b=[{c=2}]}',
    '[ a . "b" ] # c\nx=1',
    '\t[[ a ]]\n\tx = true\n[[a]]',
    '__proto__ = 1\n[constructor]\n__proto__ = {__proto__ = 2}',
  ])('%j', check);
});

test('finds everything in whatever is written as TOML', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'a.b', '__proto__', '#', ''));
  const table = fc.letrec((tie) => ({
    table: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.constantFrom('"', "'''", '\n]', '#', '\\', '=', '[x]\n'),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('table'),
    ),
  })).table;
  fc.assert(
    fc.property(table, (value) => check(stringify(value))),
    { numRuns: 2000 },
  );
});

test('names the nearest place for what has none', () => {
  const places = locate('[a]\nb = 1\n[[a.c]]\nx = 2\n');
  const nameOf = (pointer: Pointer) => {
    const { start, end } = placeOf(places, pointer);
    return '[a]\nb = 1\n[[a.c]]\nx = 2\n'.slice(start, end);
  };
  expect(nameOf('/a/b')).toBe('1');
  expect(nameOf('/a')).toBe('[a]');
  expect(nameOf('/a/c')).toBe('[[a.c]]');
  expect(nameOf('/a/c/0/y/z')).toBe('[[a.c]]');
  expect(nameOf('/a/missing')).toBe('[a]');
  expect(nameOf('/nowhere')).toBe('');
});

test.skipIf(without)('finds everything in every rule file', () => {
  const files = [...elasticFiles(), ...corpusFiles('kibana', '.toml')];
  expect(files.length).toBeGreaterThan(1000);
  for (const { text } of files) check(text);
});
