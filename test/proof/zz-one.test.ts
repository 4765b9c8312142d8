import { test } from 'vitest';
import { eql } from '../../src/languages/eql/index.ts';
import { compareQueries } from '../../src/proof/compare-queries.ts';
import { must } from '../support/laws.ts';
const q = (text: string) => must(eql.parse(text));
const pairs: [string, string][] = JSON.parse(process.env.PAIRS ?? '[]');
test('x', () => { for (const [a, b] of pairs) { const t = performance.now(); const v = compareQueries(q(a), q(b)); console.log(a, '\n', b, '\n', JSON.stringify(v), performance.now() - t); } });
