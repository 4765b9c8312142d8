import { parse as parseToml, stringify as toToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parseDocument, stringify as toYaml } from 'yaml';

import { convert, read, write } from '../../src/convert/convert.ts';
import { acceptable } from '../../src/convert/fidelity.ts';
import type { Outcome } from '../../src/diagnostic/diagnostic.ts';
import type { FormatId } from '../../src/formats/format.ts';
import { isList, isObject, type Json, type JsonObject, objectOf, sameJson } from '../../src/rule/json.ts';
import type { Pack } from '../../src/rule/rule.ts';
import { type CorpusFile, corpusFiles, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';
import { chance, changedAt, insertedAt, oneOf, type Path, pathsIn, valueAt } from '../support/places.ts';

/** So many of a pack, from all over it. */
function sample(files: readonly CorpusFile[], count: number): readonly CorpusFile[] {
  const every = Math.max(1, Math.floor(files.length / count));
  return files.filter((_, index) => index % every === 0).slice(0, count);
}

const seed = Number(process.env['SEED'] ?? 20260115);
const packs: Readonly<Record<'elastic' | 'sigma' | 'kibana', readonly CorpusFile[]>> = {
  elastic: sample(elasticFiles(), 70),
  sigma: sample(sigmaFiles(), 140).filter(({ text }) => !/^action:|^---/m.test(text)),
  kibana: corpusFiles('kibana/create-api', 'json'),
};

const plainOf = (pack: Pack): Json => JSON.parse(must(write(pack, { format: 'native' })));
const packOf = (plain: Json) => read(JSON.stringify(plain), { format: 'native' });

/** What a rule says, but for how it spells it. */
function said(plain: Json): Json {
  const [rule = null] = (plain as { rules: readonly Json[] }).rules;
  return changedAt(rule, ['carry'], undefined);
}

/** Where a change makes sense: not in the version of the model, in what is only spelling, or in the kind of query. */
function isOpen(path: Path): boolean {
  const steps = path.join('/');
  return (
    path.length > 2 &&
    steps.startsWith('rules/0') &&
    !/carry|origin|detection\/kind|query\/text|detection\/query\/language|created|modified|logSource$/.test(
      steps,
    )
  );
}

const another: Readonly<Record<string, (random: () => number) => Json>> = {
  string: (random) =>
    oneOf(['Other', "it's", 'a "b" \\ c', 'x: y # z', 'two words', '2024-01-31', 'true', '- a'], random),
  number: (random) => oneOf([0, 1, 47, 99], random),
  boolean: (random) => random() < 0.5,
};

interface Change {
  readonly plain: Json;
  /** What went, and what came. */
  readonly touched: readonly Json[];
}

/** One value replaced or removed, or one element more. */
function changeAt(plain: Json, path: Path, random: () => number): Change | undefined {
  const value = valueAt(plain, path);
  if (value === undefined || value === null) return undefined;
  const kind = random();
  if (kind < 0.3) return { plain: changedAt(plain, path, undefined), touched: [value] };
  if (isList(value)) {
    const [first] = value;
    const element = typeof first === 'string' ? another['string']!(random) : first;
    if (element === undefined) return undefined;
    const index = Math.floor(random() * (value.length + 1));
    return { plain: insertedAt(plain, path, index, element), touched: [element, element] };
  }
  const make = another[typeof value];
  if (make === undefined) return undefined;
  const other = make(random);
  return { plain: changedAt(plain, path, other), touched: [value, other] };
}

/** How many lines one of two texts has and the other has not. */
function linesApart(a: string, b: string): number {
  const counts = new Map<string, number>();
  for (const line of a.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of b.split('\n')) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0);
}

/** How many lines a value can take, with its key, its brackets and what wraps. */
function roomFor(value: Json): number {
  if (isList(value)) return value.reduce<number>((sum, part) => sum + roomFor(part), 6);
  if (isObject(value)) return Object.values(value).reduce<number>((sum, part) => sum + roomFor(part), 6);
  return typeof value === 'string' ? 4 + value.split('\n').length + value.length / 40 : 3;
}

/** Whether the change had room where it stands, and words in the format: nothing had to be carried. */
function isInPlace(text: string, { diagnostics, value }: Outcome<string> & { readonly ok: true }): boolean {
  const isRespelled = diagnostics.some(({ code }) => code === 'style/respelled');
  return !isRespelled && value.includes('rulecast') === text.includes('rulecast');
}

describe.skipIf(without).each(Object.entries(packs))('in files of %s', (format, files) => {
  test('a change anywhere is made, and all around it stays', () => {
    const random = chance(seed);
    let changed = 0;
    for (const { path: file, text } of files) {
      const plain = plainOf(must(read(text, { format })));
      const places = pathsIn(plain).filter(isOpen);
      for (let round = 0; round < 6; round += 1) {
        const path = oneOf(places, random);
        const change = changeAt(plain, path, random);
        const pack = change && packOf(change.plain);
        if (!change || !pack?.ok || pack.diagnostics.length > 0) continue;
        const outcome = write(pack.value, { format, onto: text });
        const where = `${file} ${path.join('/')} ${JSON.stringify(change.touched).slice(0, 200)}`;
        if (!outcome.ok) {
          expect(outcome.diagnostics.length, where).toBeGreaterThan(0);
          continue;
        }
        const again = read(outcome.value, { format });
        if (!again.ok) expect(again.diagnostics, where).toEqual([]);
        expect(said(plainOf(must(again))), where).toEqual(said(change.plain));
        const room = change.touched.reduce<number>((sum, value) => sum + roomFor(value), 2);
        if (isInPlace(text, outcome))
          expect(linesApart(text, outcome.value), where).toBeLessThanOrEqual(room);
        changed += 1;
      }
    }
    expect(changed).toBeGreaterThan(files.length);
  });
});

interface Speech {
  readonly parse: (text: string) => Json;
  readonly print: (data: Json) => string;
  readonly way: readonly FormatId[];
  /** Where a key of nobody's would be a part of the query. */
  readonly closed: RegExp;
}

const speech: Readonly<Record<string, Speech>> = {
  elastic: {
    parse: (text) => parseToml(text) as JsonObject,
    print: (data) => toToml(data as JsonObject),
    way: ['sigma', 'kibana', 'elastic'],
    closed: /^$|new_terms/,
  },
  sigma: {
    parse: (text) => parseDocument(text, { schema: 'core' }).toJS() as Json,
    print: (data) => toYaml(data, { schema: 'core' }),
    way: ['kibana', 'elastic', 'sigma'],
    closed: /^detection/,
  },
  kibana: {
    parse: (text) => JSON.parse(text.split('\n')[0]!) as Json,
    print: (data) => `${JSON.stringify(data)}\n`,
    way: ['elastic', 'sigma', 'kibana'],
    closed: /^$^/,
  },
};

const strangers = ['x_own', '__proto__', 'constructor', 'a.b', 'toString'];

describe.skipIf(without).each(Object.entries(packs))(
  'with a key of nobody in files of %s',
  (format, files) => {
    const { parse, print, way, closed } = speech[format]!;
    const random = chance(seed + 1);
    const texts = files.flatMap(({ path: file, text }) => {
      const data = format === 'kibana' ? (JSON.parse(text) as Json) : parse(text);
      const maps = pathsIn(data).filter(
        (path) => isObject(valueAt(data, path)) && !closed.test(path.join('/')),
      );
      // One at each depth.
      const depths = new Set(maps.map((path) => path.length));
      return [...depths].flatMap((depth) => {
        const at = oneOf(
          maps.filter((path) => path.length === depth),
          random,
        );
        const own = [...at, oneOf(strangers, random)];
        if (valueAt(data, own) !== undefined) return [];
        const strange = changedAt(
          data,
          own,
          oneOf<Json>(['own', 7, true, ['a', 'b'], objectOf([['__proto__', 'p']])], random),
        );
        return [{ name: `${file} ${own.join('/')}`, text: print(strange) }];
      });
    });

    test('every byte stays', () => {
      expect(texts.length).toBeGreaterThan(files.length);
      for (const { name, text } of texts) {
        const pack = must(read(text, { format }));
        expect(must(write(pack, { format, onto: text })), name).toBe(text);
      }
    });

    test('it comes home', () => {
      let home = 0;
      for (const { name, text } of texts) {
        let here: string | undefined = text;
        for (const to of way) {
          if (here === undefined) break;
          const outcome = convert(here, { to, allow: acceptable, today: '2026-01-15', prove: false });
          here = must(outcome).rules.at(-1)?.text || undefined;
        }
        if (here === undefined) continue;
        home += 1;
        if (!sameJson(parse(here), parse(text))) expect(parse(here), name).toEqual(parse(text));
        expect(sameJson(parse(here), parse(text)), name).toBe(true);
      }
      expect(home).toBeGreaterThan(texts.length * 0.8);
    });
  },
);
