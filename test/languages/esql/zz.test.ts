import { parse as parseToml } from 'smol-toml';
import { esql } from '../../../src/languages/esql/index.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import { cases, elasticFiles } from '../../support/corpus.ts';
import { withoutSpans } from '../../support/laws.ts';

const qs: [string, string][] = elasticFiles().flatMap(({ path, text }) => {
  const { rule } = parseToml(text) as any;
  return rule.language === 'esql' ? [[path, rule.query]] : [];
});
for (const c of cases<any>('esql-queries.jsonl')) qs.push([c.id, c.query]);
for (const c of cases<any>('sigma-esql-cases.jsonl')) for (const e of c.expected) qs.push([c.id, e]);
let ok = 0,
  kinds: Record<string, number> = {};
for (const [p, q] of qs) {
  const o = esql.parse(q);
  if (!o.ok) {
    console.log('PARSE', p, o.diagnostics[0]);
    continue;
  }
  const pr = esql.print(o.value);
  if (!pr.ok) {
    console.log('PRINT', p, pr.diagnostics);
    continue;
  }
  const a = esql.parse(pr.value);
  if (!a.ok) {
    console.log('REPARSE', p, a.diagnostics[0], pr.value);
    continue;
  }
  const [x, y] = [JSON.stringify(withoutSpans(o.value)), JSON.stringify(withoutSpans(a.value))];
  if (x !== y) {
    console.log('DIFF', p, '\n', q, '\n', pr.value, '\n', x.slice(0, 1500), '\n', y.slice(0, 1500));
    continue;
  }
  const p2 = esql.print(a.value);
  if (!p2.ok || p2.value !== pr.value) console.log('UNSTABLE', p);
  if (process.env['P'] && p.includes(process.env['P'])) console.log(pr.value, '\n', x);
  ok++;
  const op = JSON.stringify(o.value.find).includes('"opaque"')
    ? 'opaque-find'
    : o.value.stages.some((s: any) => s.kind === 'opaque' && !s.keepsEvents)
      ? 'opaque-stage'
      : 'understood';
  const k = (p.includes('.toml') ? 'rule ' : 'case ') + op;
  kinds[k] = (kinds[k] ?? 0) + 1;
}
console.log(ok, qs.length, kinds);
import { test } from 'vitest';
test('x', () => {});
