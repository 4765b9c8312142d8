import { expect, test } from 'vitest';
import { mappingOf } from '../../src/convert/tables.ts';
import { eventToEcs, eventToSigma } from '../../src/mapping/events.ts';
import { renameFields } from '../../src/mapping/fields.ts';
import { lookUp, type Way } from '../../src/mapping/lookup.ts';
import { anyField } from '../../src/mapping/mapping.ts';
import { inScope } from '../../src/mapping/scope.ts';
import { shippedTables } from '../../src/mapping/shipped.ts';
import type { Change, FieldRow } from '../../src/mapping/table.ts';
import { occurrenceOf, testOf } from '../../src/match/predicate.ts';
import { and, not } from '../../src/query/build.ts';
import { many, pattern } from '../../src/query/pattern.ts';
import type { Predicate, Value } from '../../src/query/query.ts';
import type { LogSource } from '../../src/rule/rule.ts';

const mapping = mappingOf({});
const rows = shippedTables().flatMap(({ fields = [] }) => fields);
const sources = shippedTables().flatMap(({ logSources = [] }) => logSources.map(({ sigma }) => sigma));
type Held = string | number | boolean;

const hex = (n: number) => '0123456789abcdef'.repeat(4).slice(0, n);
const lengths = { MD5: 32, SHA1: 40, SHA256: 64, IMPHASH: 32 };

export function heldBy({ change, ecs }: FieldRow, way: Way): readonly Held[] {
  switch (change?.kind) {
    case undefined: {
      const type = mapping.types.get(ecs) ?? 'keyword';
      if (type === 'ip') return ['10.1.2.3', '192.168.0.1', 'fe80::1'];
      if (type === 'boolean') return way === 'toEcs' ? [true, 'true', 'FALSE'] : [true, false];
      if (/long|integer|short|float|double/.test(type)) return way === 'toEcs' ? [7, '7', 12] : [7, 12];
      if (type === 'date') return ['2024-01-02T03:04:05.000Z'];
      return ['Xy1z', 'abc def'];
    }
    case 'file-name':
      if (way === 'toSigma') return ['xy.exe', 'cmd'];
      return change.separator === '/' ? ['/usr/bin/xy.sh', '/xy', '/a/'] : ['C:\\Temp\\xy.exe', 'C:\\x', '\\a\\b\\'];
    case 'extension':
      return way === 'toSigma' ? ['exe'] : ['C:\\a.b\\x.exe', 'C:\\a.b\\x', '/a/b.tar.gz'];
    case 'directory':
      return ['C:\\dir'];
    case 'arguments':
      return ['-x', '/c'];
    case 'account':
      return way === 'toSigma' ? ['SYSTEM', 'jo'] : ['NT AUTHORITY\\SYSTEM', 'ACME\\jo'];
    case 'hash':
      return way === 'toSigma'
        ? [hex(lengths[change.algorithm])]
        : [`MD5=${hex(32)},SHA256=${hex(64)}`, `SHA1=${hex(40)}`, `IMPHASH=${hex(32)}`, `IMPHASH=${'0'.repeat(32)}`];
    case 'words': {
      const all = Object.entries(change.words);
      const own: Held[] = all.map(([sigma, word]) => (way === 'toEcs' ? (/^\d+$/.test(sigma) ? Number(sigma) : sigma) : word));
      return [...own, ...(change.closed ? [] : ['other'])];
    }
    case 'number':
      return way === 'toEcs' ? [4624, '7', 12] : ['4624', '7'];
    case 'prefix':
      return [`${change[way === 'toEcs' ? 'sigma' : 'ecs']}Xyz`, `${change[way === 'toEcs' ? 'sigma' : 'ecs']}`].filter((x) => x !== '');
    case 'empty':
      return way === 'toEcs' ? ['', '-', 'x'] : ['x'];
    case 'hexadecimal':
      return way === 'toEcs' ? ['0x1a4', '0x4'] : [420, 4];
    case 'registry-path':
      return ['HKU\\x\\y', 'HKLM\\SYSTEM\\CurrentControlSet\\Run', 'HKLM\\x\\(Default)', ...(way === 'toSigma' ? ['HKEY_USERS\\x', 'HKLM\\SYSTEM\\ControlSet001\\Run', 'HKLM\\x\\'] : [])];
    case 'registry-key':
      return ['SOFTWARE\\x'];
    case 'registry-hive':
      return ['HKEY_USERS', 'HKLM'];
    case 'registry-number':
      return way === 'toEcs' ? ['DWORD (0x00000001)', 'QWORD (0x00000001-0x00000002)', 'x'] : ['1', '0x00000002'];
    case 'presence':
      return way === 'toEcs' ? ['AccessDenied'] : [change.present ?? change.absent ?? ''];
    case 'entries':
      return way === 'toEcs' ? ['{"a":"x","b":1}', 'Suspended'] : ['{a=x, b=1}', 'Suspended'];
    case 'otherwise':
      return way === 'toEcs' ? [...change.but, 'Fine'] : [change.word];
    case 'mailbox':
      return way === 'toSigma' ? ['jo', 'acme.com'] : ['jo@acme.com', 'SYSTEM'];
    default:
      return change satisfies never;
  }
}

function testsFor(field: string, held: readonly Held[]): readonly Predicate[] {
  const is = (value: Value, caseSensitive = false): Predicate => ({ kind: 'equals', field, values: [value], quantifier: 'any', caseSensitive });
  const texts = held.filter((one) => typeof one === 'string').filter((x) => x !== '');
  const cuts = texts.flatMap((text) => {
    const at = Math.max(text.lastIndexOf('\\'), text.lastIndexOf('/'), text.lastIndexOf('='), text.lastIndexOf('@'));
    const half = Math.ceil(text.length / 2);
    const ends = [text.slice(half), text.slice(-2), ...(at >= 0 ? [text.slice(at), text.slice(at + 1)] : []), ...(text.includes('.') ? [text.slice(text.lastIndexOf('.'))] : [])].filter((x) => x !== '');
    const starts = [text.slice(0, half), text.slice(0, 2), ...(at >= 0 ? [text.slice(0, at), text.slice(0, at + 1)] : [])].filter((x) => x !== '');
    return [
      is([text]), is([text], true), is([text.toUpperCase()]),
      ...ends.map((one) => is(pattern([many, one]))),
      ...starts.map((one) => is(pattern([one, many]))),
      ...[...starts, ...ends].map((one) => is(pattern([many, one, many]))),
    ];
  });
  return [
    ...cuts,
    ...held.flatMap((one) => (typeof one === 'string' ? [] : [is(one), is([String(one)])])),
    is(['']), is(['nothing of it']), is(null),
    { kind: 'exists', field },
  ];
}

const fieldOf = (row: FieldRow, way: Way) => {
  const name = way === 'toEcs' ? row.sigma : row.ecs;
  return name.endsWith(anyField) && row.sigma.endsWith(anyField) ? `${name.slice(0, -1)}Anything` : name;
};

function effectOf(where: Predicate, logSource: LogSource, way: Way) {
  const losses = new Set<string>();
  const kinds = new Set<string>();
  const result = renameFields(where, {
    mapping, logSource, way,
    around: [where.kind === 'and' ? where : { kind: 'and', of: [where] }],
    report: (d) => { if (d.code.startsWith('loss/')) losses.add(d.effect ?? 'none'); if (d.code === 'mapping/unsayable' ) losses.add('unsayable'); },
    used: (use) => { if (use.effect) losses.add(use.effect); if (use.without) losses.add('unsayable'); if (use.row && 'sigma' in use.row && 'change' in use.row) kinds.add((use.row.change as Change | undefined)?.kind ?? 'none'); },
  });
  return { result, losses, kinds };
}

const spell = (p: Predicate): string => p.kind === 'equals' ? `${p.field}${p.caseSensitive ? '==' : ':'}${p.values.map((v) => Array.isArray(v) ? v.map((x) => typeof x === 'string' ? x : 'wildcard' in x ? (x.wildcard==='many'?'*':'?') : '%').join('') : `#${v}`).join('|')}` : p.kind === 'and' || p.kind === 'or' ? `(${p.of.map(spell).join(` ${p.kind} `)})` : p.kind === 'not' ? `not ${spell(p.of)}` : p.kind === 'exists' ? `${p.field}:EXISTS` : JSON.stringify(p);

test.each(['toEcs', 'toSigma'] as const)('%s', (way) => {
  const seen = new Set<string>();
  const faults = new Map<string, { count: number; first: string }>();
  let pairs = 0, exact = 0;
  for (const row of rows) {
    if ((row.direction ?? 'both') !== 'both' && row.direction !== (way === 'toEcs' ? 'to-ecs' : 'to-sigma')) continue;
    const field = fieldOf(row, way);
    for (const source of sources.filter((one) => inScope(row.scope, one)).slice(0, 3)) {
      const beside = Object.entries(row.scope?.beside ?? {})[way === 'toEcs' ? 0 : 1];
      const key = JSON.stringify([field, source, beside]);
      if (seen.has(key)) continue;
      seen.add(key);
      const known = lookUp(field, { mapping, logSource: source, way });
      const all = known?.rows ?? [row];
      const held = [...new Set(all.flatMap((one) => heldBy(one, way)))].slice(0, 14);
      const bes = beside ? { [beside[0]]: beside[1][0] ?? 'x' } : {};
      const events = [{ ...bes }, ...held.map((value) => ({ ...bes, [field]: value }))];
      const there = events.map((event) => way === 'toEcs' ? eventToEcs(event, source, mapping) : eventToSigma(event, source, mapping));
      for (const plain of testsFor(field, held)) for (const t0 of [plain, not(plain)]) {
        const t = beside ? and([{ kind: 'equals', field: beside[0], values: [typeof beside[1][0] === 'string' ? [beside[1][0]] : beside[1][0] ?? ['x']], quantifier: 'any', caseSensitive: false }, t0]) : t0;
        const { result, losses, kinds } = effectOf(t, source, way);
        if (losses.has('unsayable') || losses.has('approximate') || losses.has('dropped') || losses.size > 1) continue;
        const a = testOf(t); const b = testOf(result);
        events.forEach((event, i) => {
          pairs += 1;
          if (losses.size === 0) exact += 1;
          const [before, after] = [a(occurrenceOf(event)), b(occurrenceOf(there[i]!))];
          const bad = before !== after && !(losses.has('broader') && after) && !(losses.has('narrower') && before);
          if (!bad) return;
          const changes = [...new Set(all.map((one) => one.change?.kind ?? 'none'))].join('+');
          const k = `${[...kinds].join(',')} of ${changes} | ${[...losses]} | ${before ? 'sigma-only(missed)' : 'found too much'} | ${t0.kind === 'not' ? 'NOT ' : ''}${plain.kind}`;
          const f = faults.get(k) ?? { count: 0, first: `${JSON.stringify(source)} ${spell(t)}  =>  ${spell(result)}   ON ${JSON.stringify(event)}  =>  ${JSON.stringify(there[i])}` };
          faults.set(k, { ...f, count: f.count + 1 });
        });
      }
    }
  }
  console.log(way, pairs, exact, faults.size, '\n' + [...faults].sort((a,b)=>b[1].count-a[1].count).map(([k, f]) => `${f.count} ${k}\n     ${f.first}`).slice(0,60).join('\n'));
  expect(1).toBe(1);
});
