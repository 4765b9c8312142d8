import { test } from 'vitest';
import { readFileSync } from 'node:fs';
import { read } from '../../src/convert/convert.ts';
import { matcher } from '../../src/convert/matcher.ts';
import { compareQueries } from '../../src/proof/compare-queries.ts';
import { Questions } from '../../src/proof/questions.ts';
import { changes } from '../support/query-changes.ts';
import * as rel from '../../src/proof/relate.ts';
const load = (p: string) => { const text = readFileSync('/work/shared/corpus/' + p, 'utf8'); const o = read(text, { format: p.startsWith('sigma') ? 'sigma' : 'elastic' }); if (!o.ok) throw 0; return o.value.rules.flatMap((r) => { const m = matcher(r, { references: o.value.rules }); return m.ok ? [m.value.query] : []; }).at(-1)!; };
test('p', { timeout: 600000 }, () => {
  for (const p of (process.env.FILES ?? '').split(',')) for (const name of (process.env.CH ?? '').split(',')) {
    const q = load(p); const o = changes[name]!(q)!;
    const proto = Questions.prototype as any; const names = Object.getOwnPropertyNames(proto);
    const spent: Record<string, [number, number]> = {};
    const saved: any = {};
    for (const n of ['event', 'areApart', 'test', 'nameOf', 'same']) { saved[n] = proto[n]; proto[n] = function (...a: any[]) { const t = performance.now(); const r = saved[n].apply(this, a); const s = spent[n] ??= [0, 0]; s[0]++; s[1] += performance.now() - t; return r; }; }
    const t = performance.now(); const v = compareQueries(q, o); const took = performance.now() - t;
    for (const n in saved) proto[n] = saved[n];
    console.log(p, name, v.relation, took, JSON.stringify(spent));
    const t2 = performance.now(); compareQueries(q, o); console.log('again', performance.now() - t2);
  }
});
