import fc from 'fast-check';
import { test } from 'vitest';
import { compareQueries } from '../../src/proof/compare-queries.ts';
import { finderOf } from '../../src/match/match.ts';
import { timelineOf } from '../../src/match/timeline.ts';
import { everyStream, pairOfQueries } from '../support/queries.ts';

function w(p: any): string { switch (p.kind) { case 'equals': return p.field + ':' + p.values.flat().join('|'); case 'not': return '!(' + w(p.of) + ')'; case 'and': case 'or': return '(' + p.of.map(w).join(' ' + p.kind + ' ') + ')'; default: return JSON.stringify(p); } }
function show(q: any): string { const f = q.find; const st = q.stages.map((s: any) => '| ' + s.measure + ' ' + JSON.stringify(s.keep) + ' by ' + s.by + ' within ' + s.within + ' least ' + s.least).join('');
 const step = (s: any) => (s.missing ? '!' : '') + '[' + w(s.where) + ']' + (s.runs > 1 ? 'x' + s.runs : '');
 switch (f.kind) { case 'filter': return w(f.where) + st; case 'sequence': case 'sample': return f.kind + ' by ' + f.by.map((b: any) => b.field) + ' within ' + f.within + ' ' + f.steps.map(step).join(' ') + (f.until ? ' until ' + step(f.until) : '') + st;
 case 'correlation': return 'presence ' + f.asks.where.kind + ' by ' + f.by + ' within ' + f.within + ' ' + f.of.map((o: any) => '[' + w(o.query.find.where) + ']').join(' ') } return '?'; }
const ev = (s: any) => s && s.map((e: any) => `${e['@timestamp'] % 100000}:${e.f}${e.g}${e.u}${e.h}`).join(' ');
test('fuzz', { timeout: 3_000_000 }, () => {
  const longer = fc.sample(fc.array(fc.record({ f: fc.constantFrom('a','b','c'), g: fc.constantFrom('x','y','z', ['x','y','z']), u: fc.constantFrom('1','1','2'), h: fc.constantFrom('1','1','2'), gap: fc.constantFrom(0, 500, 1000, 2000, 7000) }), { minLength: 3, maxLength: 6 }), { numRuns: 3000, seed: 7 }).map((es) => { let t = 1700000000000; return es.map(({ gap, ...e }) => ({ ...e, '@timestamp': (t += gap) })); });
  const universe = [...everyStream(2), ...everyStream(3, false), ...longer].map((events) => ({events, timeline: timelineOf(events, {})}));
  console.log(universe.length);
  const pairs = fc.sample(pairOfQueries, { numRuns: +(process.env.N ?? 200), seed: +(process.env.SEED ?? 1) });
  const counts = new Map<string, number>(); const why = new Map<string, number>();
  let slow = 0, total = 0, bad = 0; const mult = 1;
  for (const [a, b] of pairs) {
    const t = performance.now();
    const v = compareQueries(a, b);
    const took = performance.now() - t; total += took; slow = Math.max(slow, took);
    if (took > 150) console.log('SLOW', took, show(a), ' || ', show(b), v.relation);
    counts.set(v.relation, (counts.get(v.relation) ?? 0) + 1);
    const [fa, fb] = [finderOf(a, {}), finderOf(b, {})];
    let alone, other, shared;
    for (const { events, timeline } of universe) {
      const [x, y] = [fa.find(timeline), fb.find(timeline)];
      const [p, q] = [x.length > 0, y.length > 0];
      if (p && !q) alone ??= events;
      if (q && !p) other ??= events;
      if (p && q && !shared && (x.some(m => new Set(m.events.filter(e => e >= 0)).size === events.length) || y.some(m => new Set(m.events.filter(e => e >= 0)).size === events.length))) shared = events;
      if (alone && other && shared) break;
    }
    const r = v.relation;
    const fail = (alone && (r === 'equal' || r === 'broader')) || (other && (r === 'equal' || r === 'narrower')) || (shared && r === 'disjoint');
    const unk = r === 'unknown';
    if (fail) { bad++; console.log('BAD', r, JSON.stringify(a), JSON.stringify(b), JSON.stringify({alone, other, shared, v})); }
    if (unk) { const missed = (alone && !v.counterexamples.some(c => c.matches === 'first') ? 'A' : '') + (other && !v.counterexamples.some(c => c.matches === 'second') ? 'B' : '') + (shared ? 'S' : '');
      why.set(v.because + missed, (why.get(v.because + missed) ?? 0) + 1);
      if (process.env.SHOW && why.get(v.because + missed)! < +(process.env.SHOW) + 1) console.log('UNK', missed, v.because, '\n   ', show(a), '\n   ', show(b), '\n   ', ev(alone), ' || ', ev(other), ' || ', ev(shared), v.counterexamples.map(c => c.matches)); }
    for (const { matches, events } of v.counterexamples) {
      const t2 = timelineOf(events, {});
      if ((fa.find(t2).length > 0) !== (matches === 'first') || (fb.find(t2).length > 0) !== (matches === 'second')) console.log('WRONG CE');
    }
    if (bad > 5) break;
  }
  console.log(counts, why, 'slowest', slow, 'mean', total / pairs.length);
});
