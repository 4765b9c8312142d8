import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { guarded } from '../../../src/convert/merge/guard.ts';
import { changelog, compare, convert, type FormatId, merge, read, write } from '../../../src/index.ts';
import { languageOf } from '../../../src/languages/index.ts';
import { must } from '../../support/laws.ts';
import { edited, histories } from './histories.ts';
import * as texts from './texts.ts';

const root = join(import.meta.dirname, '../../..');
const original = readFileSync(join(root, 'rules/dev-tcp-from-background-process/elastic.toml'), 'utf8');
const changed = original.replace('"nohup")', '"nohup", "tmux")');

/** Written in another format, where it is edited. */
function written(text: string, to: FormatId): string {
  return must(convert(text, { to, allow: ['carried'] })).text;
}

function mergedText(base: string, ours: string, theirs: string): string {
  const { text, conflicts } = must(merge({ base, ours, theirs }));
  expect(conflicts).toEqual([]);
  return text;
}

describe('a merged rule goes home', () => {
  const [base, theirs] = [written(original, 'sigma'), written(changed, 'sigma')];

  test('as the changed original where its query was not edited', () => {
    const text = mergedText(base, base.replace('level: medium', 'level: high'), theirs);
    const home = must(convert(text, { to: 'elastic' })).text;
    expect(home).toContain('process.name in ("setsid", "nohup", "tmux")');
    expect(home).toBe(changed.replace('severity = "medium"', 'severity = "high"'));
  });

  test('with both changes where it was', () => {
    const ours = base.replace("- '/nohup'", "- '/nohup'\n            - '/screen'");
    const text = mergedText(base, ours, theirs);
    const back = must(convert(text, { to: 'elastic' }));
    expect(back.rules[0]!.diagnostics.map(({ code }) => code)).toContain('carry/edited');
    expect(must(compare(text, back.text)).relation).toBe('equal');
    for (const name of ['screen', 'tmux', 'nohup']) expect(back.text).toContain(`"${name}"`);
  });

  test('with the edit alone where upstream changed something else', () => {
    const ours = base.replace("- '/nohup'", "- '/nohup'\n            - '/screen'");
    const upstream = written(original.replace('risk_score = 47', 'risk_score = 21'), 'sigma');
    const back = must(convert(mergedText(base, ours, upstream), { to: 'elastic' })).text;
    expect(back).toContain('risk_score = 21');
    expect(back).toContain('"screen"');
  });

  test('from Kibana, by way of its own notes', () => {
    const sigma = readFileSync(join(root, 'rules/certutil-download/sigma.yml'), 'utf8');
    const more = sigma.replace('falsepositives:\n', 'falsepositives:\n    - Tests\n');
    const [before, after] = [written(sigma, 'kibana'), written(more, 'kibana')];
    const ours = before.replace('"risk_score":', '"interval":"15m","risk_score":');
    const text = mergedText(before, ours, after);
    expect(must(read(text)).rules[0]).toMatchObject({
      falsePositives: expect.arrayContaining(['Tests']),
      engine: { interval: '15m' },
    });
    expect(written(text, 'sigma')).toContain('- Tests');
  });
});

test('the laws of merging, of all histories', () => {
  for (const { base, ours, theirs } of histories) {
    const [here, there] = [edited(base, ours), edited(base, theirs)];
    expect(must(merge({ base, ours: base, theirs: there })).text).toBe(there);
    expect(must(merge({ base, ours: here, theirs: base })).text).toBe(here);
    expect(must(merge({ base, ours: here, theirs: here })).text).toBe(here);
  }
});

test('histories without a conflict match the same events whichever side is which', () => {
  const single = histories.filter(({ base, conflicts }) => !conflicts && must(read(base)).rules.length === 1);
  expect(single.length).toBeGreaterThan(20);
  for (const { base, ours, theirs, name } of single) {
    const [here, there] = [edited(base, ours), edited(base, theirs)];
    const one = must(merge({ base, ours: here, theirs: there })).text;
    const other = must(merge({ base, ours: there, theirs: here })).text;
    const { relation, because } = must(compare(one, other));
    expect(relation === 'equal' || because !== undefined, name).toBe(true);
  }
});

describe('what can not be merged', () => {
  test.each(['base', 'ours', 'theirs'] as const)('%s can not be read', (which) => {
    const versions = {
      base: texts.eql,
      ours: edited(texts.eql, [['47', '48']]),
      theirs: edited(texts.eql, [['47', '49']]),
    };
    const outcome = merge({ ...versions, [which]: '[rule\n' }, { format: 'elastic' });
    expect(outcome.ok).toBe(false);
    expect(outcome.diagnostics[0]).toMatchObject({ code: 'merge/unreadable', path: which });
  });

  test('a format that is none', () => {
    const [base, ours, theirs] = ['', '', ''];
    expect(merge({ base, ours, theirs }).diagnostics[0]).toMatchObject({ code: 'merge/unreadable' });
    expect(merge({ base: 'x', ours: 'y', theirs: 'z' }, { format: 'word' as never }).ok).toBe(false);
  });

  test('a rule that can not be read upstream is not taken away', () => {
    const theirs = texts.kibana.replace('"name":"Second",', '"name":"Second",,');
    const ours = texts.kibana.replace('"First"', '"The First"');
    const outcome = merge({ base: texts.kibana, ours, theirs });
    expect(must(outcome).text).toBe(ours);
    expect(outcome.diagnostics[0]?.message).toMatch(/^The text of the changed source \(theirs\): /);
  });

  test('conflicts in a pack name their rule, and the place of its query', () => {
    const change = (to: string) => texts.kibana.replace('process.name:b.exe', to);
    const [ours, theirs] = [change('process.name:x.exe'), change('process.name:y.exe')];
    const { text, conflicts } = must(merge({ base: texts.kibana, ours, theirs }));
    expect(text).toBe(ours);
    expect(conflicts).toMatchObject([{ where: 'query', rule: 'r-2' }]);
  });

  test('one part of a query clashes, and the others are merged', () => {
    const ours = edited(texts.eql, [
      ['"windows"', '"linux"'],
      ['"-enc*"', '("-enc*", "-e")'],
    ]);
    const theirs = edited(texts.eql, [
      ['"windows"', '"macos"'],
      ['"powershell.exe")', '"powershell.exe", "pwsh.exe")'],
    ]);
    const { text, conflicts } = must(merge({ base: texts.eql, ours, theirs }));
    expect(text).toBe(edited(ours, [['"powershell.exe")', '"powershell.exe", "pwsh.exe")']]));
    const [{ span }] = conflicts as [(typeof conflicts)[0]];
    expect(conflicts.length).toBe(1);
    expect(text.slice(span!.start, span!.end)).toContain('host.os.type == "linux"');
  });
});

test('a native pack is merged as any other', () => {
  const native = (text: string) => must(write(must(read(text)), { format: 'native' }));
  const ours = edited(texts.eql, [['"powershell.exe")', '"powershell.exe", "pwsh.exe")']]);
  const theirs = edited(texts.eql, [['severity = "medium"', 'severity = "high"']]);
  const text = mergedText(native(texts.eql), native(ours), native(theirs));
  expect(text).toBe(native(edited(ours, [['severity = "medium"', 'severity = "high"']])));
});

describe('the guard', () => {
  const query = (text: string) => must(languageOf('kuery')!.parse(text));
  const versions = { base: query('a:1'), ours: query('a:1 and not b:2'), theirs: query('a:(1 or 3)') };

  test('lets pass what keeps to both', () => {
    expect(guarded(versions, query('a:(1 or 3) and not b:2'))).toBeUndefined();
  });

  test('stops what matches less here though upstream only added', () => {
    expect(guarded(versions, query('a:1 and not b:(2 or 4)'))).toBeDefined();
  });

  test('stops what matches more upstream though here it was only narrowed', () => {
    expect(guarded(versions, query('a:(1 or 3 or 4)'))).toBeDefined();
  });
});

describe('the changelog', () => {
  test('tells nothing of what is not otherwise', () => {
    for (const { base } of histories) expect(must(changelog(base, base))).toEqual([]);
  });

  test('goes over formats', () => {
    const sigma = written(original, 'sigma');
    const said = must(changelog(sigma, changed)).map(({ message }) => message);
    expect(said).toContain('now also matches process.name "tmux"');
  });

  test('tells of what no tree explains with an event', () => {
    const [before, after] = [
      edited(texts.single, [['"a.exe"', '"a.exe" and length(process.args) > 3']]),
      edited(texts.single, [['"a.exe"', '"a.exe" and length(process.args) > 5']]),
    ];
    const [one] = must(changelog(before, after));
    expect(one?.message).toMatch(/length\(process\.args\)/);
  });

  test('leaves out what changes nothing', () => {
    const after = edited(texts.single, [['"a.exe"', '"a.exe" and process.name : "*.exe"']]);
    expect(must(changelog(texts.single, after)).map(({ message }) => message)).toEqual([
      'matches the same events; the query was rewritten',
    ]);
  });

  test('an event shows what is said of it', () => {
    const after = edited(texts.single, [['== "a.exe"', 'in ("a.exe", "b.exe")']]);
    const [one] = must(changelog(texts.single, after));
    expect(one).toMatchObject({
      counterexample: { matches: 'second', events: [{ 'process.name': 'b.exe' }] },
    });
  });
});

test('docs/merge.md says what is said', () => {
  const page = readFileSync(join(root, 'docs/merge.md'), 'utf8');
  const quoted = [...page.matchAll(/^(?:> | {4})(\S.*)$/gm)].map(([, line]) => line!);
  const said = new Set(histories.flatMap(({ conflicts = [], upstream }) => [...conflicts, ...upstream]));
  expect(quoted.length).toBeGreaterThan(5);
  expect(quoted.filter((line) => !said.has(line))).toEqual([]);
});
