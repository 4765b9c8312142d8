import { test } from 'vitest';
import { read } from '../../src/convert/convert.ts';
import { matcher } from '../../src/convert/matcher.ts';
import { compareQueries } from '../../src/proof/compare-queries.ts';
import type { Query } from '../../src/query/query.ts';
import { elasticFiles, sigmaFiles } from '../support/corpus.ts';
import { changes } from '../support/query-changes.ts';

const queries: { path: string; query: Query }[] = [];
for (const { path, text } of [...elasticFiles(), ...sigmaFiles()]) {
  const outcome = read(text, { format: path.startsWith('sigma') ? 'sigma' : 'elastic' });
  if (!outcome.ok || (process.env.ONLY && !new RegExp(process.env.ONLY).test(path))) continue;
  for (const rule of outcome.value.rules) {
    const m = matcher(rule, { references: outcome.value.rules });
    if (m.ok) { const { find, stages } = m.value.query; if (find.kind !== 'filter' || stages.some(s => s.kind === 'aggregate')) queries.push({ path, query: m.value.query }); }
  }
}
test('corpus', { timeout: 3000000 }, () => {
  console.log(queries.length);
  const kinds = new Map<string, number>();
  for (const { query } of queries) { const k = query.find.kind + query.stages.map(s => s.kind).join(); kinds.set(k, (kinds.get(k) ?? 0) + 1); }
  console.log(kinds);
  const times: number[] = []; const per = new Map<string, Record<string, number>>(); let shown = 0;
  for (const { path, query } of queries) {
    for (const [name, change] of Object.entries(changes)) {
      const other = change(query); if (!other) continue;
      const t = performance.now(); const v = compareQueries(query, other); const took = performance.now() - t; times.push(took);
      if (took > 100) console.log('SLOW', took, name, path, v.relation);
      const c = per.get(name) ?? {}; per.set(name, c); const k = v.relation + (v.counterexamples.length === 0 ? '!' : ''); c[k] = (c[k] ?? 0) + 1;
      if ((v.counterexamples.length === 0 || v.relation === 'unknown') && (c[k] ?? 0) < 3 && shown++ < 400) console.log(name, path, v.relation, v.because, v.counterexamples.map(x => x.matches));
    }
  }
  for (const [n, c] of per) console.log(n.padEnd(30), JSON.stringify(c));
  times.sort((a, b) => a - b); console.log('n', times.length, 'median', times[times.length >> 1], 'p95', times[Math.floor(times.length * .95)], 'max', times.at(-1));
});
