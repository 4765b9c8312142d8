import { readFileSync } from 'node:fs';
import { read } from '../../src/convert/convert.ts';
import { matcher } from '../../src/convert/matcher.ts';
import { compareQueries } from '../../src/proof/compare-queries.ts';
import { changes } from './query-changes.ts';
const load = (p: string) => { const text = readFileSync('/work/shared/corpus/' + p, 'utf8'); const o = read(text, { format: p.startsWith('sigma') ? 'sigma' : 'elastic' }); if (!o.ok) throw 0; return o.value.rules.flatMap((r) => { const m = matcher(r, { references: o.value.rules }); return m.ok ? [m.value.query] : []; }).at(-1)!; };
for (const p of process.argv[2]!.split(',')) for (const name of process.argv[3]!.split(',')) {
  const q = load(p); const o = changes[name]!(q)!;
  if (process.argv[4]) console.log(JSON.stringify(q));
  for (let i = 0; i < 3; i++) { const t = performance.now(); const v = compareQueries(q, o); console.log(p, name, v.relation, v.because, performance.now() - t); if (process.argv[4] && i === 0) console.log(JSON.stringify(v).slice(0, 1500)); }
}
