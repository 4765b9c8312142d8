import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { codes } from '../../src/diagnostic/codes.ts';
import type { FormatId } from '../../src/formats/format.ts';
import { type Line, linesOf, runIn } from '../support/command.ts';
import { formatIds, ruleText } from '../support/templates.ts';

type Bytes = (format: FormatId) => Buffer;

const marked = (format: FormatId) =>
  ruleText(format, { description: format === 'sigma' ? "'a é b'" : '"a é b"' });

/** The rule with these bytes in the place of its é. */
function withBytes(...bytes: readonly number[]): Bytes {
  return (format) => {
    const [before = '', behind = ''] = marked(format).split('é');
    return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(behind)]);
  };
}

const sixteen: Bytes = (format) => Buffer.from(`\uFEFF${ruleText(format)}`, 'utf16le');

const strange: Readonly<Record<string, Bytes>> = {
  'UTF-16, the low byte first': sixteen,
  'UTF-16, the high byte first': (format) => sixteen(format).swap16(),
  'UTF-16 that does not say so': (format) => sixteen(format).subarray(2),
  'Latin-1': withBytes(0xe9),
  'a slash in two bytes': withBytes(0xc0, 0xaf),
  'a lone surrogate in three bytes': withBytes(0xed, 0xa0, 0x80),
  'a character beyond the last': withBytes(0xf4, 0x90, 0x80, 0x80),
  'a byte that begins nothing': withBytes(0xff),
  'a byte that goes on with nothing': withBytes(0x80),
  'a character that is cut off at the end': (format) =>
    Buffer.concat([Buffer.from(ruleText(format)), Buffer.from([0xe2, 0x82])]),
  'NUL in a text': withBytes(0),
  'a thousand bytes of NUL': () => Buffer.alloc(1_000),
  'a picture': () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  nothing: () => Buffer.alloc(0),
  'only blanks': () => Buffer.from(' \r\n\t\n'),
  'only a byte-order mark': () => Buffer.from([0xef, 0xbb, 0xbf]),
};

const sound: Readonly<Record<string, Bytes>> = {
  'UTF-8 with a byte-order mark': (format) => Buffer.from(`\uFEFF${marked(format)}`),
  'UTF-8 with line ends of Windows': (format) => Buffer.from(marked(format).replaceAll('\n', '\r\n')),
  'an emoji, and what lies beyond': withBytes(0xf0, 0x9f, 0x98, 0x80, 0xf4, 0x8f, 0xbf, 0xbf),
  'a replacement character that is meant': withBytes(0xef, 0xbf, 0xbd),
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-bytes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ending = { elastic: '.toml', sigma: '.yml', kibana: '.ndjson', native: '.rulecast.json' } as const;
const fileOf = (format: FormatId, name: string) =>
  join(format, name.replaceAll(/\W+/g, '-') + ending[format]);

describe.each(formatIds)('files of %s in one run', (format) => {
  const told = new Map<string, Line>();
  const names = ['first good', ...Object.keys(strange), ...Object.keys(sound), 'last good'];
  let status: number | null = null;

  beforeAll(() => {
    mkdirSync(join(folder, format));
    for (const name of names) {
      const bytes = strange[name] ?? sound[name] ?? ((of: FormatId) => Buffer.from(ruleText(of)));
      writeFileSync(join(folder, fileOf(format, name)), bytes(format));
    }
    const paths = names.map((name) => fileOf(format, name));
    const run = runIn(folder, ['convert', ...paths, '--to', format, '--json', '--out', `${format}-out`]);
    status = run.status;
    for (const line of linesOf(run.stdout)) told.set(line.path ?? '', line);
  });

  test('something could not be read, and all else was done', () => {
    expect(status).toBe(1);
    for (const name of ['first good', 'last good']) {
      const { out = '', path = '' } = told.get(fileOf(format, name)) ?? {};
      expect(readFileSync(join(folder, out))).toEqual(readFileSync(join(folder, path)));
    }
  });

  test.each(Object.keys(strange))('%s: the fault is told at its place', (name) => {
    const path = fileOf(format, name);
    const { out, diagnostics = [] } = told.get(path) ?? {};
    expect(out).toBeUndefined();
    const [first] = diagnostics;
    expect(first).toMatchObject({ path, line: expect.any(Number), column: expect.any(Number) });
    expect(Object.keys(codes)).toContain(first?.code);
    expect(first?.message).toMatch(/^[A-Z].{10,}[.)]$/);
  });

  test.each(Object.keys(sound))('%s: every byte stays', (name) => {
    const { out = '', path = '' } = told.get(fileOf(format, name)) ?? {};
    expect(readFileSync(join(folder, out))).toEqual(readFileSync(join(folder, path)));
  });

  test('the place of a strange byte is its own', () => {
    const [before = ''] = marked(format).split('é');
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    for (const name of [
      'Latin-1',
      'a slash in two bytes',
      'a byte that begins nothing',
      'a byte that goes on with nothing',
    ])
      expect(told.get(fileOf(format, name))?.diagnostics?.[0], name).toMatchObject({
        code: 'read/not-utf8',
        line,
        column,
      });
  });
});
