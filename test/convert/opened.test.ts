import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { opened } from '../../src/convert/opened.ts';
import { translate } from '../../src/convert/translate.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { match } from '../../src/index.ts';
import { languageOf } from '../../src/languages/index.ts';
import { filter, not } from '../../src/query/build.ts';
import { normal } from '../../src/query/normal.ts';
import type { Query } from '../../src/query/query.ts';
import { predicates } from '../../src/query/walk.ts';
import { elasticFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

const read = (language: string, text: string): Query => must(languageOf(language)!.parse(text));

function open(language: string, text: string) {
  const found: Diagnostic[] = [];
  const query = opened(read(language, text), { language, text }, (one) => found.push(one));
  return { query, found };
}

const texts = (query: Query) =>
  query.find.kind === 'filter'
    ? [...predicates(query.find.where)].flatMap((part) => (part.kind === 'opaque' ? [part.language] : []))
    : [];

function firstPlace(text: string) {
  const { find } = open('esql', text).query;
  return find.kind === 'filter' && 'span' in find.where ? find.where.span : undefined;
}

const quoted = (text: string) => JSON.stringify(text);

describe('text of one language within a query of another', () => {
  test.each([
    ['kuery', 'a:x and not b:(1 or 2)'],
    ['kuery', 'not a:*'],
    ['kuery', 'a >= 5 or b:x*'],
    ['lucene', 'a:x AND NOT b:[1 TO 5]'],
    ['lucene', 'a:/x.*/ OR _exists_:b'],
  ])('is what %s makes of %s', (language, text) => {
    const meant = read(language, text);
    const name = language === 'kuery' ? 'kql' : 'qstr';
    const inEsql = open('esql', `from * | where ${name}(${quoted(text)})`);
    expect(normal({ ...inEsql.query, from: [] })).toEqual(normal(meant));
    const clause = language === 'kuery' ? { kql: { query: text } } : { query_string: { query: text } };
    const inFilter = open('dsl', JSON.stringify([{ meta: { negate: true }, query: clause }]));
    expect(normal(inFilter.query)).toEqual(
      normal(meant.find.kind === 'filter' ? filter(not(meant.find.where)) : meant),
    );
  });

  test('is two-valued, whatever stands around it', () => {
    const { query } = open('esql', 'from * | where not kql("a: x") and b != 1');
    const events = [{ b: 2 }, { a: 'x', b: 2 }, { a: 'y', b: 1 }, { a: 'y' }];
    const found = [...match({ language: 'esql', text: 'from * | where not kql("a: x") and b != 1' }, events)];
    expect(found.map(({ events: [at] }) => at)).toEqual([0]);
    expect(texts(query)).toEqual([]);
  });

  test('has the places of its tests where it stands letter for letter, and its own elsewhere', () => {
    const plain = 'from * | where kql("a: x")';
    expect(firstPlace(plain)).toEqual({ start: 20, end: 24 });
    const escaped = 'from * | where kql("a: \\"x\\"")';
    expect(firstPlace(escaped)).toEqual({ start: 15, end: escaped.length });
  });

  test('stays text where its language does not read it, and says so at its place', () => {
    const text = 'from * | where kql("a: (") or b == 1';
    const { query, found } = open('esql', text);
    expect(texts(query)).toEqual(['kuery']);
    expect(found).toMatchObject([{ code: 'parse/suspicious', span: { start: 15, end: 26 } }]);
    expect(must(languageOf('esql')!.print(query))).toContain('where kql("a: (") or b == 1');
  });

  test('that has no words finds nothing in Lucene, and everything in KQL', () => {
    const whereOf = (text: string) => open('esql', `from * | where ${text}`).query.find;
    expect(whereOf('qstr(" ")')).toMatchObject({ where: { kind: 'constant', value: false } });
    expect(whereOf('kql("")')).toMatchObject({ where: { kind: 'constant', value: true } });
  });

  test('stays as it is where the query stays in its language', () => {
    const text = 'from a metadata _id, _version, _index\n| where kql("b: x")';
    expect(must(translate(text, { from: 'esql', to: 'esql' })).text).toBe(text);
  });

  test('that no language is has no meaning, and nothing is lost', () => {
    const where = { kind: 'opaque', language: 'other', text: 'x' } as const;
    expect(opened(filter(where), { language: 'esql' }, () => {})).toEqual(filter(where));
  });

  test.each(['kql', 'qstr'])('any text of %s is printed and read as the same tree', (name) => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab:"\\ *(){}\n\u00e4\ud83d\ude00') }), (text) => {
        const esql = languageOf('esql')!;
        const query = filter({ kind: 'opaque', language: name === 'kql' ? 'kuery' : 'lucene', text });
        const again = must(esql.parse(must(esql.print(query))));
        expect(again.find).toMatchObject({ where: (query.find as { where: object }).where });
      }),
    );
  });
});

describe('a field of words', () => {
  const types = { message: 'text' } as const;
  const cast = (text: string, from: string, to: string) => must(translate(text, { from, to, types }));

  test('is searched by what KQL asks within ES|QL, and compared by ES|QL itself', () => {
    expect(cast('from * | where message : "abc"', 'esql', 'sigma').text).toContain("message|contains: 'abc'");
    expect(cast('from * | where message == "abc"', 'esql', 'sigma').text).toContain("message|cased: 'abc'");
    const inEcs = translate('from * | where message == "abc"', {
      from: 'esql',
      to: 'sigma',
      taxonomy: 'sigma',
    });
    expect(must(inEcs).text).toContain("message|cased: 'abc'");
  });

  test('is compared whole where it is written in ES|QL, which loses nothing', () => {
    const { text, diagnostics } = cast("s:\n  message: 'Some Words'\ncondition: s", 'sigma', 'esql');
    expect(text).toContain('where to_lower(message) == "some words"');
    expect(diagnostics.filter(({ effect }) => effect !== undefined)).toEqual([]);
  });
});

describe.skipIf(without)('real rules (set CORPUS to run)', () => {
  const rules = elasticFiles()
    .map(({ path, text }) => ({
      path,
      rule: parseToml(text)['rule'] as { language?: string; query?: string },
    }))
    .filter(({ rule }) => rule.language === 'esql')
    .map(({ path, rule }) => ({ path, text: rule.query ?? '' }));

  test('hold so many texts of other languages, and all are read', () => {
    const inOthers = rules.map(({ text }) => texts(read('esql', text)).filter((one) => one !== 'esql'));
    expect([inOthers.filter((one) => one.length > 0).length, inOthers.flat().length]).toEqual([21, 29]);
    const left = rules.flatMap(({ text }) => texts(open('esql', text).query).filter((one) => one !== 'esql'));
    expect(left).toEqual([]);
  });

  test('are understood in so many conditions more', () => {
    const understood = (query: Query) => query.find.kind === 'filter' && texts(query).length === 0;
    expect(rules.filter(({ text }) => understood(read('esql', text)))).toHaveLength(78);
    expect(rules.filter(({ text }) => understood(open('esql', text).query))).toHaveLength(97);
  });
});
