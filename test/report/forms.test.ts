import { describe, expect, test } from 'vitest';

import { formOfFile, type Proof, type Run, reportForms } from '../../src/index.ts';
import { hostile, proofs, runOver, someRun, tomlRule } from '../support/runs.ts';

const print = (id: string, run: Run = someRun()) => reportForms.find((form) => form.id === id)!.print(run);

test.each(reportForms)('$id says the same of the same run', ({ id }) => {
  expect(print(id)).toBe(print(id));
});

test('the ending of a file says its form', () => {
  const forms = ['a.txt', 'a.json', 'A.MD', 'a.sarif', 'a.sarif.json', 'a.xml'].map(
    (name) => formOfFile(name)?.id,
  );
  expect(forms).toEqual(['text', 'json', 'markdown', 'sarif', 'sarif', 'junit']);
  expect(formOfFile('a.docx')).toBeUndefined();
});

/** What moves a cursor, colours, turns the order of letters, ends a line or begins a command; with lines in between. */
const signs =
  '\u001b[2J\u009b31m\u202e\u2066\u0000 \u0008\r::error::taken\r\n%0A::warning::x\n\u2028  equal: ]]>';
const wildRule = tomlRule(`Wild ${signs}`, 'process.args : "-l"', JSON.stringify(`id ${signs}`).slice(1, -1));
const shown: Proof = { relation: 'narrower', shown: [{ matches: 'read', events: [{ a: signs }] }] };
const wild = runOver(
  [
    { path: `rules/${signs}.toml`, text: wildRule, proof: proofs.broader },
    { path: 'third.toml', text: wildRule, proof: shown },
    { path: 'other.toml', text: wildRule, proof: { relation: 'unknown', because: `of ${signs}` } },
    { path: 'broken.toml', text: wildRule.replace('"-l"', '') },
  ],
  'sigma',
  [{ asked: `--baseline ${signs}`, stops: [{ message: `Stop ${signs}`, path: signs, title: signs }] }],
);

describe('what a rule says moves no cursor and turns no letters', () => {
  const forPeople = reportForms.filter(({ id }) => ['text', 'markdown', 'html', 'github'].includes(id));

  test.each(forPeople)('in $id', ({ print }) => {
    const hidden = /[^\n\P{Cc}]|[\u202a-\u202e\u2066-\u2069]/u;
    expect(print(wild)).toMatch(/Wild/);
    expect(print(wild)).not.toMatch(hidden);
  });
});

describe('text', () => {
  const text = print('text');

  test('a line for each construct: what became of it, where it stood, where it stands', () => {
    expect(text).toContain(
      `rules/listener, 100%.toml:1: Listener Started (${'00000000-0000-4000-8000-000000000002'}): broader`,
    );
    expect(text).toMatch(
      /^ {2}widened +19:27 process\.args : "-l" {2}-> {2}13:9 CommandLine\|contains: '-l'$/m,
    );
    expect(text).toMatch(/^ +row CommandLine <-> process\.args \(mappings\/.*\.yaml\): ./m);
    expect(text).toMatch(/^ +! process\.args has no exact twin.*\[loss\/mapping\]$/m);
  });

  test('the verdict with its event, in both namings', () => {
    expect(text).toContain('  broader: The written rule finds all that the rule read finds, and more.\n');
    expect(text).toContain(
      '    {"process":{"name":"nc","args":["-lv"]}}\n    as written:\n    {"Image":"/usr/bin/nc"',
    );
    expect(text).toContain('is not known: the rules ask for more than is looked through.');
  });

  test('an event is the same value, whatever stands in it', () => {
    const event = print('text', wild)
      .split('\n')
      .find((line) => line.startsWith('    {"a"'));
    expect(JSON.parse(event!)).toEqual({ a: signs });
  });

  test('nothing that a rule says begins a line', () => {
    const lines = print('text', wild).split('\n');
    expect(lines.some((line) => line.includes('Wild') && line.includes('::error::taken'))).toBe(true);
    expect(lines.filter((line) => /^ *(::|%0A|equal|\]\]>)/.test(line))).toEqual([]);
  });

  test('the totals come last, with what closed a gate', () => {
    expect(text.slice(text.lastIndexOf('\n\n'))).toMatch(
      /^\n\n5 rules to sigma: 1 equivalent, 2 broader, 1 refused, 1 failed\.\nVerdicts: 1 equal, 1 broader, 1 unknown\.\nConstructs: /,
    );
    expect(text).toContain('--max-loss equivalent: not met.\n');
  });
});

describe('json', () => {
  const { files, summary, gates, to, version } = JSON.parse(print('json'));

  test('a file a line, its rules with their ledgers within', () => {
    expect([version, to, summary.rules, gates.length]).toEqual([1, 'sigma', 5, 2]);
    expect(
      print('json')
        .split('\n')
        .filter((line) => line.startsWith('{"path"')),
    ).toHaveLength(5);
    const [, { rules }] = files;
    const widened = rules[0].ledger.find(({ became }: { became: string }) => became === 'widened');
    expect(widened).toMatchObject({
      kind: 'test',
      source: {
        words: 'process.args : "-l"',
        places: [{ line: 19, column: 27, endLine: 19, endColumn: 46 }],
      },
      target: { words: "CommandLine|contains: '-l'" },
      rows: [{ names: 'CommandLine <-> process.args' }],
      findings: [{ code: 'loss/mapping', effect: 'broader' }],
    });
    expect(rules[0].proof.relation).toBe('broader');
  });
});

describe('markdown', () => {
  const text = print('markdown');

  test('rules with a loss in full, the others as a number', () => {
    expect(text).toContain('## Listener Started: broader\n');
    expect(text).toMatch(
      /\| widened \| 19:27 `process\.args : "-l"` \| 13:9 <code>CommandLine&#124;contains: '-l'<\/code> \|/,
    );
    expect(text).not.toMatch(/\| dropped \| .*rule\.author/);
    expect(text).not.toContain('## Netcat Started');
    expect(text).toContain('<summary>1 rule without a loss: 1 equivalent</summary>');
  });

  test('what a rule says is never markup', () => {
    const plain = text.replace(/```json\n[^]*?```/g, '').replace(/`[^`\n]*`/g, '');
    const live = plain.replaceAll('\\<', '');
    expect(live).not.toMatch(/@team|<(?!\/?(details|summary|code|br)>)/);
  });

  test('no text of a rule ends the cell of a table', () => {
    const rows = text
      .split('\n')
      .filter((line) => /^\| (changed|widened|dropped|carried) \| (?!\d+ \|$)/.test(line));
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(row.match(/\|/g), row).toHaveLength(5);
  });
});

describe('github', () => {
  const lines = print('github').trimEnd().split('\n');

  test('each warning at its line; a note is none', () => {
    expect(lines).toContain(
      '::warning file=rules/listener%2C 100%25.toml,line=19,col=27,title=loss/mapping::process.args has no exact twin; it is written as a test of CommandLine, which is broader here.',
    );
    expect(lines.join('\n')).not.toContain('mapping/assumption');
  });

  test('a file that is broken, a verdict and a gate', () => {
    expect(lines.some((line) => line.startsWith('::error file=rules/broken.toml,line='))).toBe(true);
    expect(lines.some((line) => line.includes('title=verdict%3A broader::Listener Started: '))).toBe(true);
    expect(lines.at(-1)).toBe('::error title=--max-loss 0::The run has 2 losses, and none is allowed.');
  });

  test('nothing that a rule says is a command', () => {
    const text = tomlRule('One\n::stop-commands::two', 'process.args : "-l"', 'x');
    const strange = runOver([{ path: 'a\nb.toml', text, proof: proofs.broader }]);
    for (const line of [...lines, ...print('github', strange).trimEnd().split('\n')])
      expect(line).toMatch(/^::(error|warning) [^\r\n]*::[^\r\n]*$/);
    expect(hostile).toContain('%');
  });
});
