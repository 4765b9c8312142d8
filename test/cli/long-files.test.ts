import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';

import { runConvert } from '../../src/cli/run-convert.ts';
import type { ConvertOptions } from '../../src/index.ts';
import { main } from '../support/command.ts';
import { ruleOf } from '../support/long-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
});

const laidOver = {
  exceptions_list: [{ id: 'l', list_id: 'l', type: 'detection', namespace_type: 'single' }],
};
const exceptions = [
  { list_id: 'l', type: 'detection', name: 'l', description: 'l' },
  {
    list_id: 'l',
    item_id: 'i',
    type: 'simple',
    name: 'i',
    description: 'x',
    entries: [{ type: 'match', field: 'user.name', operator: 'included', value: 'x' }],
  },
];
const linesOf = (...objects: readonly (object | string)[]) =>
  objects.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('');

const big = join(folder, 'big.ndjson');
writeFileSync(
  big,
  linesOf(
    ruleOf('a'),
    ruleOf('b', laidOver),
    '{"rule_id": broken}',
    ruleOf('c', { query: 'process where (' }),
    ruleOf('d', laidOver),
    ...exceptions,
    { id: 'c1', type: 'action', attributes: { name: 'Mail', actionTypeId: '.email' } },
  ),
);
const other = join(folder, 'other.ndjson');
writeFileSync(other, linesOf(ruleOf('e'), ruleOf('f', laidOver), ...exceptions));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly told: readonly string[];
}

/** The command within this process; files count as long from a byte on, if they are to. */
async function run(
  paths: readonly string[],
  options: ConvertOptions,
  more: { out?: string; json?: boolean },
  isLong: boolean,
): Promise<Ran> {
  const written: Record<'out' | 'err', string[]> = { out: [], err: [] };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.err.push(String(text)) > 0);
  const flags = { paths, json: false, verbose: true, updateBaseline: false, ...more };
  const sizes = isLong ? { long: 0, part: 1 } : { long: Number.MAX_SAFE_INTEGER, part: 1 };
  const code = await runConvert(flags, options, sizes);
  vi.restoreAllMocks();
  return { code, out: written.out.join(''), told: written.err.sort() };
}

const targets: readonly ConvertOptions[] = [
  { to: 'sigma' },
  { to: 'kibana' },
  { to: 'native' },
  { to: 'elastic' },
  { to: 'kibana', shape: 'asset' },
];

describe.each(targets)('%o', (options) => {
  test.each([[[big]], [[other, big]]])('a folder: %j', async (paths) => {
    const [small, long] = [mkdtempSync(join(folder, 'small-')), mkdtempSync(join(folder, 'long-'))];
    const whole = await run(paths, options, { out: small }, false);
    const parts = await run(paths, options, { out: long }, true);
    expect(parts.told.map((line) => line.replaceAll(long, small))).toEqual(whole.told);
    expect(parts.code).toBe(whole.code);
    expect(readdirSync(long)).toEqual(readdirSync(small));
    for (const name of readdirSync(small))
      expect(readFileSync(join(long, name), 'utf8')).toBe(readFileSync(join(small, name), 'utf8'));
  });

  test.runIf(options.to !== 'elastic' && options.shape === undefined).each([[[big]], [[other, big]]])(
    'one file: %j',
    async (paths) => {
      const [ending] = { sigma: ['.yml'], kibana: ['.ndjson'], native: ['.rulecast.json'], elastic: [] }[
        options.to
      ];
      const [small, long] = ['small', 'long'].map((name) => join(folder, `${name}${ending}`));
      const whole = await run(paths, options, { out: small! }, false);
      const parts = await run(paths, options, { out: long! }, true);
      expect(parts).toEqual(whole);
      expect(readFileSync(long!, 'utf8')).toBe(readFileSync(small!, 'utf8'));
    },
  );

  test('an object for each rule, each finding once', async () => {
    const printed = async (isLong: boolean) => {
      const { out } = await run([big], options, { json: true }, isLong);
      const all = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const findings = all.flatMap(({ diagnostics = [] }) => diagnostics).map((one) => JSON.stringify(one));
      return { findings: findings.sort(), rules: all.map(({ diagnostics: _, ...rule }) => rule) };
    };
    expect(await printed(true)).toEqual(await printed(false));
  });
});

test('the frame of an error shows its line, and the number of that in the file', async () => {
  const { told } = await run([big], { to: 'sigma' }, { out: join(folder, 'x.yml') }, true);
  expect(told.join('')).toMatch(/big\.ndjson:3:\d+: error: .*\n {4}3 \| \{"rule_id": broken\}/);
});

test('several rules are no file of a format that has one in each, and nothing is left', async () => {
  await expect(run([big], { to: 'elastic' }, { out: join(folder, 'one.toml') }, true)).rejects.toThrow(
    'holds one rule',
  );
  vi.restoreAllMocks();
  expect(existsSync(join(folder, 'one.toml'))).toBe(false);
});

describe('the command', () => {
  const lines = (count: number, length: number) => {
    const description = 'd'.repeat(length);
    return Array.from({ length: count }, (_, at) => linesOf(ruleOf(`r${at}`, { description }))).join('');
  };
  /** Has a process say at its end how much it had in memory, in kilobytes. */
  const watch =
    'data:text/javascript,process.on("exit",()=>process._rawDebug("peak",process.resourceUsage().maxRSS))';
  const peakOf = (args: readonly string[], input?: string) => {
    const { stderr, stdout, status } = spawnSync(
      process.execPath,
      ['--import', watch, main, 'convert', ...args],
      { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30, ...(input !== undefined && { input }) },
    );
    return { peak: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024, stdout, status };
  };

  test('needs no more memory for a file of four times the size, which standard input may be as well', () => {
    writeFileSync(join(folder, 'm1.ndjson'), lines(800, 25_000));
    const text = lines(3200, 25_000);
    writeFileSync(join(folder, 'm4.ndjson'), text);
    const one = peakOf(['m1.ndjson', '--to', 'native', '--out', 'm1.rulecast.json']);
    const four = peakOf(['m4.ndjson', '--to', 'native', '--out', 'm4.rulecast.json']);
    expect([one.status, four.status]).toEqual([0, 0]);
    // Read whole, it would be 60 MB of text more at the least.
    expect(four.peak - one.peak).toBeLessThan(50);
    const piped = peakOf(['-', '--to', 'native'], text);
    // Held, it would be twice its 80 MB.
    expect(piped.peak - one.peak).toBeLessThan(80);
    expect(piped.stdout).toBe(readFileSync(join(folder, 'm4.rulecast.json'), 'utf8'));
  }, 60_000);

  test('leaves nothing of a file that it is stopped in', async () => {
    writeFileSync(join(folder, 'stop.ndjson'), lines(800, 25_000));
    const there = join(folder, 'stopped');
    mkdirSync(there);
    writeFileSync(join(there, 'stop.yml'), 'before\n');
    const child = spawn(process.execPath, [main, 'convert', 'stop.ndjson', '--to', 'sigma', '--out', there], {
      cwd: folder,
    });
    while (readdirSync(there).length < 2 && child.exitCode === null)
      await new Promise((next) => setTimeout(next, 20));
    expect(readdirSync(there)).toHaveLength(2);
    child.kill('SIGTERM');
    await new Promise((next) => child.on('close', next));
    expect(child.signalCode).toBe('SIGTERM');
    expect(readdirSync(there)).toEqual(['stop.yml']);
    expect(readFileSync(join(there, 'stop.yml'), 'utf8')).toBe('before\n');
  }, 30_000);
});
