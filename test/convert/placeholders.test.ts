import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { readPlaceholders } from '../../src/convert/placeholders.ts';
import { failsWith, must } from '../support/laws.ts';

const rule = (line: string) => `title: T
id: 00000000-0000-4000-8000-000000000001
logsource:
    product: other
detection:
    selection:
        ${line}
    condition: selection
`;

const placeholders = { Admins: ['root', 'adm*'], Ports: [22, '3389'], Odd: ['a\\*b', '%Admins%'] };

function cast(line: string, more: Partial<ConvertOptions> = { placeholders }) {
  return must(convert(rule(line), { to: 'elastic', today: '2026-01-01', ...more })).rules[0]!;
}

function queryOf(line: string): string {
  const [written] = cast(line).written;
  return written?.detection.kind === 'query' ? written.detection.query!.text.trim() : '';
}

describe('placeholders', () => {
  test.each([
    ["u|expand: '%Admins%'", 'any where u : ("root", "adm*")'],
    ["u|expand|contains: 'x%Admins%'", 'any where u : ("*xroot*", "*xadm*")'],
    ["u|cased|expand: '%Admins%'", 'any where u like ("root", "adm*")'],
    ["u|expand: ['%Ports%', 'z']", 'any where u : ("22", "3389", "z")'],
    ["u|expand: '%Ports%-%Ports%'", 'any where u : ("22-22", "22-3389", "3389-22", "3389-3389")'],
    ["u|contains|all|expand: ['%Ports%', 'z']", 'any where u : ("*22*", "*3389*") and u : "*z*"'],
    ["u|expand|neq: '%Ports%'", 'any where not u : ("22", "3389")'],
    ["u: '%Ports%'", 'any where u : "%Ports%"'],
    ["u|re|expand: '^(%Ports%)x$'", 'any where u regex ("(22)x", "(3389)x")'],
    ["u|re|i|expand: '^%Ports%$'", 'any where u regex~ ("22", "3389")'],
    ["u|re|all|expand: ['^%Ports%', 'z$']", 'any where u regex ("22.*", "3389.*") and u regex ".*z"'],
  ])('%s', (line, text) => {
    expect(queryOf(line)).toBe(text);
  });

  test('stand for their values literally: a star that is escaped is one, and no placeholder is looked up twice', () => {
    expect(cast("u|expand: '%Odd%'").diagnostics.map(({ code }) => code)).toContain('convert/placeholder');
    expect(queryOf("u|expand: '%Odd%'")).toContain('"%Admins%"');
  });

  test('without a list are refused, by their names', () => {
    const { fidelity, diagnostics } = cast("u|expand: ['%Nobody%', '%Ports%']");
    expect(fidelity).toBe('refused');
    const found = diagnostics.find(({ code }) => code === 'loss/placeholder');
    expect(found?.message).toContain('%Nobody%');
    expect(rule("u|expand: ['%Nobody%', '%Ports%']").slice(found?.span?.start, found?.span?.end)).toContain(
      'u|expand',
    );
    expect(cast("u|expand: '%toString%'").fidelity).toBe('refused');
    const open = cast("u|re|expand: 'a%Nobody%'").diagnostics[0];
    expect([open?.code, open?.message]).toEqual(['loss/placeholder', found?.message]);
  });

  test('that make an expression which does not hold together are refused, at their place', () => {
    const line = "u|re|expand: 'a%open%'";
    const { diagnostics } = cast(line, { placeholders: { open: ['('] } });
    expect(diagnostics[0]?.code).toBe('parse/bad-value');
    const { start, end } = diagnostics[0]!.span!;
    expect(rule(line).slice(start, end)).toContain('u|re|expand');
  });

  test('too many for one test are refused', () => {
    const many = Array.from({ length: 200 }, (_, index) => `v${index}`);
    const { diagnostics } = cast("u|expand: '%many%%many%%many%'", { placeholders: { many } });
    expect(diagnostics[0]?.code).toBe('parse/too-large');
  });

  test('stay as they are in Sigma, and come home', () => {
    const text = rule("u|expand: '%Admins%'");
    expect(must(convert(text, { to: 'sigma', placeholders })).text).toBe(text);
    const there = must(convert(text, { to: 'elastic', today: '2026-01-01', placeholders })).text;
    expect(must(convert(there, { to: 'sigma' })).text).toContain("u|expand: '%Admins%'");
  });
});

describe('lists of placeholders', () => {
  test.each([
    ['Admins: [root, adm*]\nPort: 22\n', { Admins: ['root', 'adm*'], Port: [22] }],
    ['{"Admins": ["root"]}', { Admins: ['root'] }],
    ['name: p\nvars:\n    Admins: [root]\n', { Admins: ['root'] }],
  ])('%j', (text, lists) => {
    expect(must(readPlaceholders(text))).toEqual(lists);
  });

  test.each(['- a', 'A: {b: c}', 'A: []', 'A: [true]', 'A: null', 'A: [b', ''])('%j is none', (text) => {
    expect(failsWith(readPlaceholders(text))[0]).toMatch(/^parse\//);
  });
});
