import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, describe, expect, test } from 'vitest';

import { convert } from '../../src/index.ts';
import { startBrowser } from '../support/browser.ts';

const root = join(import.meta.dirname, '../..');
const rule = 'rules/dev-tcp-from-background-process/elastic.toml';
const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runs(name: string, ...args: readonly string[]) {
  const path = join('examples', `${name}.mjs`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('each example runs as its first line says', () => {
  test('convert-a-rule', () => {
    const { status, stdout, stderr } = runs('convert-a-rule', rule, 'kibana');
    expect(status).toBe(0);
    expect(JSON.parse(stdout.split('\n')[0]!)).toMatchObject({ type: 'eql' });
    expect(stderr).toMatch(/^Socket Opened .*: identical, proof: equal$/m);
  });

  test('cast-a-folder takes rows of its own table', () => {
    const from = join(folder, 'from');
    const text = readFileSync(join(root, rule), 'utf8').replace('process.name in', 'labels.lab_host in');
    writeFileSync(join(folder, 'own.toml'), text);
    const { status, stdout } = runs('cast-a-folder', folder, from);
    expect([status, stdout]).toEqual([0, `1 of 1 rules were written to ${from}.\n`]);
    expect(readFileSync(join(from, 'own.yml'), 'utf8')).toContain('LabHost');
  });

  test('migrate-a-folder tells what is otherwise, and stops at what stands in the way', () => {
    const [rules, out] = [join(folder, 'sigma'), join(folder, 'migrated')];
    mkdirSync(rules);
    const lay = (text: string) =>
      writeFileSync(
        join(rules, 'a.yml'),
        `title: A\nid: 00000000-0000-4000-8000-000000000001\nlogsource: {product: windows}\ndetection:\n  s: ${text}\n  condition: s\n`,
      );
    lay('{LabHost: a}');
    const first = runs('migrate-a-folder', rules, out);
    expect(first).toMatchObject({
      status: 0,
      stdout: 'written a.toml\n  A was added\n1 rules. {"written":1}\n',
      stderr: '1 of 1\n',
    });
    expect(readFileSync(join(out, 'a.toml'), 'utf8')).toContain('labels.lab_host : "a"');
    lay('{LabHost: [a, b]}');
    expect(runs('migrate-a-folder', rules, out).stdout).toContain(
      '  A now also matches labels.lab_host "b"\n',
    );
    expect(runs('migrate-a-folder', join(folder, 'none'), out)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There is nothing at'),
    });
  });

  test('match-events', () => {
    expect(runs('match-events').stdout).toBe('user.name: root: line 2\n');
    const events = join(folder, 'events.ndjson');
    const event = { process: { name: 'nohup', args: ['/dev/tcp/10.0.0.1/80 0>&1'] } };
    const fields = { event: { category: 'process', type: 'start' }, host: { os: { type: 'linux' } } };
    writeFileSync(events, `{}\n${JSON.stringify({ ...event, ...fields })}\n`);
    expect(runs('match-events', events, rule).stdout).toMatch(/^Socket Opened .*: line 2\n$/);
  });

  test('gate fails a build that loses more than it may', () => {
    expect(runs('gate', 'broader', rule)).toMatchObject({ status: 0 });
    expect(runs('gate', 'equivalent', rule)).toMatchObject({ status: 1 });
    expect(runs('gate', 'good', rule)).toMatchObject({ status: 2 });
  });

  test('add-a-format comes home', () => {
    const { status, stdout } = runs('add-a-format');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\{"name":"Root logs on"/);
    expect(stdout).toMatch(
      /\n2f8b0e3a-\S+ \| Root logs on \| high \| event\.category: authentication and user\.name: root\n/,
    );
  });
});

test('the table has a row for each of them, and a test each', () => {
  const names = readdirSync(join(root, 'examples')).filter((name) => /\.(?:mjs|html)$/.test(name));
  const table = readFileSync(join(root, 'examples/README.md'), 'utf8');
  const tests = readFileSync(import.meta.filename, 'utf8');
  for (const name of names) {
    expect(table, name).toContain(`| [${name}](${name}) |`);
    expect(tests, name).toContain(`'${name.replace(/\.mjs$/, '')}`);
  }
  expect(table.match(/^\| \[/gm)).toHaveLength(names.length);
});

const { browser, because } = await startBrowser();
afterAll(() => browser?.close());

test.skipIf(!browser)(`browser.html converts what is pasted ${because}`, async () => {
  const bundle = await rolldown({
    input: join(root, 'dist/index.js'),
    platform: 'browser',
    logLevel: 'silent',
  });
  await bundle.write({ file: join(folder, 'rulecast.js'), format: 'esm' });
  copyFileSync(join(root, 'examples', 'browser.html'), join(folder, 'browser.html'));
  const types = { html: 'text/html', js: 'text/javascript' } as const;
  const server = createServer(({ url = '' }, response) => {
    const [, name, ending] = /^\/(\w+\.(html|js))$/.exec(url) ?? [];
    if (name === undefined) response.writeHead(404).end();
    else
      response
        .setHeader('content-type', types[ending as keyof typeof types])
        .end(readFileSync(join(folder, name)));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    const page = await browser!.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/browser.html`);
    await page.selectOption('#to', 'sigma');
    const text = readFileSync(join(root, rule), 'utf8');
    await page.fill('#rule', text);
    const outcome = convert(text, { to: 'sigma' });
    expect(await page.textContent('#text')).toBe(outcome.ok && outcome.value.text);
    expect(await page.textContent('#grade')).toMatch(/^broader\n/);
    expect(faults).toEqual([]);
  } finally {
    server.close();
  }
});
