import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { locate } from '../../src/formats/elastic/locate.ts';
import { parseToml } from '../../src/formats/elastic/toml.ts';
import { elasticFiles } from '../support/corpus.ts';

test('speed', () => {
  const files = elasticFiles();
  const time = (n: string, f: () => void) => {
    f();
    f();
    f();
    const t = performance.now();
    f();
    f();
    const d = (performance.now() - t) / 2;
    console.log(n, ((d * 1000) / files.length).toFixed(1), 'us/file');
  };
  time('smol', () => files.forEach((f) => parse(f.text, { integersAsBigInt: true })));
  time('parseToml', () => files.forEach((f) => parseToml(f.text)));
  time('locate', () => files.forEach((f) => locate(f.text)));
  expect(1).toBe(1);
});
