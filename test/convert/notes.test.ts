import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';

/** People edit what travels with a rule, and not always well. */
const strange = [5, 'x', [5], { a: 1 }, [{}]] as const;

type Tree = { [key: string]: unknown };

const pack = join(import.meta.dirname, '../../rules');
const files = readdirSync(pack, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ndjson'),
);

describe.each(files)('the notes of %s', (file) => {
  const rule = JSON.parse(readFileSync(join(pack, file), 'utf8').split('\n')[0]!) as Tree;
  const paths = pathsOf(rule).filter((path) => path.startsWith('meta/rulecast'));

  test('may hold anything, and every conversion comes to an end that can be told', () => {
    paths.forEach((path, index) => {
      const text = JSON.stringify(changed(rule, path.split('/'), strange[index % strange.length]));
      for (const to of ['elastic', 'sigma', 'kibana'] as const) {
        const outcome = convert(text, { to, today: '2026-01-01' });
        const readable =
          !outcome.ok || outcome.value.text === '' || convert(outcome.value.text, { to: 'native' }).ok;
        expect(readable, `${path} to ${to}`).toBe(true);
      }
    });
  });
});

function pathsOf(value: unknown, at: readonly string[] = []): readonly string[] {
  if (typeof value !== 'object' || value === null) return [at.join('/')];
  return [at.join('/'), ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...at, key]))];
}

function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return to;
  const copy: Tree = Array.isArray(value) ? ([...value] as unknown as Tree) : { ...value };
  copy[key] = changed(copy[key], rest, to);
  return copy;
}
