import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { violations } from '../../src/schema/check.ts';
import { runIn } from '../support/command.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/schema/mapping.schema.json'), 'utf8');
const schema = JSON.parse(text);

test('the schema that is published is in step: npm run schema', () => {
  const made = execFileSync(process.execPath, ['scripts/mapping-schema.mjs', '--print'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(text).toBe(made);
});

test('each of its properties is described', () => {
  const silent: string[] = [];
  const look = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) look(value, `${path}/${key}`);
    if (!('properties' in node)) return;
    for (const [name, own] of Object.entries(node.properties as object)) {
      if (typeof own === 'object' && !/^.{8,}/.test(own.description ?? '')) silent.push(`${path}/${name}`);
    }
  };
  look(schema, '');
  expect(silent).toEqual([]);
});

const tables = ['log-sources', 'fields'].flatMap((folder) =>
  readdirSync(join(root, 'mappings', folder)).map((name) => join(root, 'mappings', folder, name)),
);

test.each(tables)('%s keeps to it', (path) => {
  expect(violations(parse(readFileSync(path, 'utf8')), schema)).toEqual([]);
});

test('a table that does not is found out', () => {
  const table = { title: 'x', version: 1, fields: [{ sigma: 'A', ecs: 'b', source: 's', chnage: {} }] };
  expect(violations(table, schema)).toHaveLength(1);
});

test('the command prints it', () => {
  expect(runIn(root, ['list', 'mappings', '--schema']).stdout).toBe(text);
});
