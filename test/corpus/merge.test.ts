import { expect, test } from 'vitest';

import { parseText } from '../../src/convert/parse-text.ts';
import { printQuery } from '../../src/convert/print.ts';
import { attempt } from '../../src/diagnostic/attempt.ts';
import { changelog, merge, read, write } from '../../src/index.ts';
import { languageOf } from '../../src/languages/index.ts';
import { and, not } from '../../src/query/build.ts';
import { normal, spell } from '../../src/query/normal.ts';
import type { Equals, Predicate, Query, Value } from '../../src/query/query.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { type CorpusFile, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';

type Change = (where: Predicate) => Predicate | undefined;

const user = (name: string): Predicate => ({
  kind: 'equals',
  field: 'labels.edited',
  values: [[name]],
  quantifier: 'any',
  caseSensitive: true,
});

const excluding =
  (name: string): Change =>
  (where) =>
    and([where, not(user(name))]);

/** A value more in the first list that is asked for. */
const taking =
  (value: Value): Change =>
  (where) => {
    const parts = where.kind === 'and' ? where.of : [where];
    const at = parts.findIndex((part) => isList(part));
    const list = parts[at] as Equals | undefined;
    if (list === undefined) return undefined;
    return and(parts.with(at, { ...list, values: [...list.values, value] }));
  };

function isList(part: Predicate): part is Equals {
  return (
    part.kind === 'equals' &&
    part.quantifier === 'any' &&
    part.values.length > 1 &&
    typeof part.values[0] === 'object'
  );
}

const dropping: Change = (where) =>
  where.kind === 'and' && where.of.length > 2 ? and(where.of.slice(0, -1)) : undefined;

/** What is done here and upstream, and what both come to. */
const pairs: readonly (readonly [name: string, here: Change, upstream: Change])[] = [
  ['two exclusions', excluding('here'), excluding('upstream')],
  ['a value here, an exclusion upstream', taking(['here-z.exe']), excluding('upstream')],
  ['a value on each side', taking(['here-z.exe']), taking(['upstream-y.exe'])],
  ['an exclusion here, a clause less upstream', excluding('here'), dropping],
];

const step = Number(process.env['STEP'] ?? 97);
const files = [...elasticFiles(), ...sigmaFiles()].filter((_, index) => index % step === 0);

interface Edited {
  readonly text: string;
  readonly meaning: string;
}

/** The file with a query that is printed anew, as a conversion does it. */
function withQuery(
  file: CorpusFile,
  rule: Rule,
  query: Query,
  envelope: Partial<Rule> = {},
): Edited | undefined {
  const { detection } = rule;
  if (!('query' in detection) || !detection.query) return undefined;
  const format = detection.query.language === 'sigma' ? 'sigma' : 'elastic';
  const language = languageOf(detection.query.language ?? 'kuery');
  const text = language && attempt((report) => printQuery(query, language, { to: format }, report).text);
  if (!text?.ok || !language) return undefined;
  const { span: _, parsed: __, ...kept } = detection.query;
  const written = write(
    {
      rules: [{ ...rule, ...envelope, detection: { ...detection, query: { ...kept, text: text.value } } }],
      filters: [],
      rest: [],
    },
    { format, onto: file.text },
  );
  if (!written.ok) return undefined;
  return { text: written.value, meaning: meaningOf(written.value) };
}

function meaningOf(text: string): string {
  const pack = read(text);
  const [rule] = pack.ok ? pack.value.rules : [];
  const query = rule && 'query' in rule.detection ? rule.detection.query : undefined;
  return query ? spell(normal(parseText(query, () => {}))) : '';
}

function changed(query: Query, change: Change): Query | undefined {
  if (query.find.kind !== 'filter' || query.stages.length > 0) return undefined;
  const where = change(query.find.where);
  return where && { ...query, find: { ...query.find, where } };
}

test.skipIf(without)(
  `real rules, edited on both sides (one of ${step} files)`,
  () => {
    let merged = 0;
    let told = 0;
    let said = 0;
    for (const file of files) {
      const pack = read(file.text);
      const [rule, ...more] = pack.ok ? pack.value.rules : [];
      const asked = rule && 'query' in rule.detection ? rule.detection.query : undefined;
      if (rule === undefined || asked === undefined || more.length > 0) continue;
      const parsed = attempt(() => parseText(asked, () => {}));
      if (!parsed.ok) continue;
      const base = withQuery(file, rule, parsed.value);
      if (base === undefined) continue;
      for (const [name, here, upstream] of pairs) {
        const [mine, its] = [changed(parsed.value, here), changed(parsed.value, upstream)];
        const both = mine && changed(mine, upstream);
        // In the other order a clause less is another one.
        const meant = upstream === dropping ? its && changed(its, here) : both;
        if (!mine || !its || !meant) continue;
        const ours = withQuery(file, rule, mine, { tags: [...(rule.tags ?? []), 'here.one'] });
        const theirs = withQuery(file, rule, its, {
          severity: 'critical',
          references: [...(rule.references ?? []), 'https://example.org/'],
        });
        const expected = withQuery(file, rule, meant);
        if (!ours || !theirs || !expected) continue;
        const outcome = merge({ base: base.text, ours: ours.text, theirs: theirs.text });
        if (!outcome.ok) throw new Error(`${file.path}: ${name}: ${outcome.diagnostics[0]?.message}`);
        const { text, conflicts } = outcome.value;
        expect(
          conflicts.map(({ message }) => message),
          `${file.path}: ${name}`,
        ).toEqual([]);
        expect(meaningOf(text), `${file.path}: ${name}`).toBe(expected.meaning);
        const again = read(text);
        const [result] = again.ok ? again.value.rules : [];
        expect(result).toMatchObject({ severity: 'critical', tags: [...(rule.tags ?? []), 'here.one'] });
        expect(result?.references?.at(-1)).toBe('https://example.org/');
        expect(merge({ base: base.text, ours: base.text, theirs: theirs.text })).toMatchObject({
          value: { text: theirs.text },
        });
        expect(merge({ base: base.text, ours: ours.text, theirs: base.text })).toMatchObject({
          value: { text: ours.text },
        });
        merged += 1;
        if (name !== 'two exclusions') continue;
        const log = changelog(base.text, theirs.text);
        const messages = log.ok ? log.value.map(({ message }) => message) : [];
        expect(messages, file.path).toContain('references: https://example.org/ added');
        said += 1;
        if (messages.includes('now also excludes labels.edited "upstream"')) told += 1;
      }
    }
    expect(merged).toBeGreaterThan(files.length / 2);
    // Elsewhere the exclusion changes nothing that can be proved: ES|QL that is not understood, rules of indicators.
    expect(told).toBeGreaterThan(0.9 * said);
  },
  600_000,
);

test.skipIf(without)(
  `what is told of real rules is so (one of ${step} files)`,
  () => {
    for (const file of files) {
      const said = changelog(file.text, file.text);
      if (said.ok) expect(said.value, file.path).toEqual([]);
    }
  },
  600_000,
);
