import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { type Attack, tagsIn, threatFromTags, threatIn, threatToTags } from '../../src/mapping/attack.ts';
import { shippedAttack } from '../../src/mapping/shipped.ts';
import type { Threat } from '../../src/rule/rule.ts';
import { elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

const tables = shippedAttack();
const v18: Attack = { tables, version: 'v18' };
const v19: Attack = { tables, version: 'v19' };
const both = [
  ['v18', v18],
  ['v19', v19],
] as const;
const ids = Object.keys(tables.techniques);
const silent = () => {};

/** Techniques that stand under a tactic which, in this version, they do not belong to. */
function strangers(threat: readonly Threat[], { version }: Attack): string[] {
  return threat.flatMap(({ tactic, techniques = [] }) => {
    const rows = tables.tactics.filter(
      ({ id, in: only }) => id === tactic?.id && (only ?? version) === version,
    );
    const belongs = (id: string) => {
      const row = tables.techniques[id];
      const own = row?.[version] ?? row?.tactics ?? [];
      return rows.some(({ shortname, name }) => name === tactic?.name && own.includes(shortname));
    };
    return techniques
      .flatMap(({ id, subtechniques = [] }) =>
        subtechniques.length > 0 ? subtechniques.map((sub) => sub.id) : [id],
      )
      .filter((id) => !belongs(id))
      .map((id) => `${tactic?.name} ${id}`);
  });
}

describe.each(both)('ATT&CK %s', (version, attack) => {
  test('a technique stands under a tactic of its own', () => {
    for (const id of ids) {
      const { threat } = threatFromTags([`attack.${id.toLowerCase()}`], attack, silent);
      expect(strangers(threat, attack), id).toEqual([]);
    }
  });

  test('a table is said by its tags, and comes back from them', () => {
    for (const id of ids) {
      const { threat } = threatFromTags([`attack.${id.toLowerCase()}`], attack, silent);
      const tags = threatToTags(threat, attack, silent);
      expect(threatFromTags(tags, attack, silent).threat, id).toEqual(threat);
    }
  });

  test('what is of this version already stays as it is', () => {
    for (const id of ids) {
      const { threat } = threatFromTags([`attack.${id.toLowerCase()}`], attack, silent);
      const named = threat.map((entry) => ({ ...entry, note: 'mine' }));
      expect(threatIn(named, attack), id).toEqual(named);
      expect(tagsIn(threatToTags(threat, attack, silent), attack)).toEqual(
        threatToTags(threat, attack, silent),
      );
    }
  });

  test.each(both)('tables of %s can be cast into it', (_, from) => {
    for (const id of ids) {
      const { threat } = threatFromTags([`attack.${id.toLowerCase()}`], from, silent);
      expect(strangers(threatIn(threat, attack), attack), `${id} to ${version}`).toEqual([]);
    }
  });
});

test('Defense Evasion of 18 is Stealth and Defense Impairment of 19, and back', () => {
  const tags = ['attack.defense-evasion', 'attack.t1562.001', 'attack.t1070', 'mine.tag'];
  const newer = tagsIn(tags, v19);
  expect(newer).not.toContain('attack.defense-evasion');
  expect(newer).toContain('mine.tag');
  expect(newer).toEqual(expect.arrayContaining(['attack.stealth', 'attack.defense-impairment']));
  expect(tagsIn(newer, v18).slice(0, 1)).toEqual(['attack.defense-evasion']);
  const { threat } = threatFromTags(tags, v18, silent);
  expect(threat.map(({ tactic }) => tactic?.name)).toEqual(['Defense Evasion']);
  expect(threatIn(threat, v19).map(({ tactic }) => tactic?.name)).toEqual(['Defense Impairment', 'Stealth']);
  expect(threatIn(threatIn(threat, v19), v18).map(({ tactic }) => tactic?.name)).toEqual(['Defense Evasion']);
});

describe.skipIf(without)('in real rules', () => {
  test("Elastic's threat tables stay as they are in 18, and every technique of 19 has its tactic", () => {
    let changed = 0;
    for (const { path, text } of elasticFiles()) {
      const threat = must(read(text, { format: 'elastic' })).rules[0]?.threat ?? [];
      if (threatIn(threat, v18).some((entry, index) => entry !== threat[index])) changed += 1;
      const before = strangers(threat, v18).length;
      expect(strangers(threatIn(threat, v19), v19).length, path).toBeLessThanOrEqual(before);
    }
    expect(changed).toBeLessThan(15);
  });

  test("Sigma's tags stay as they are in 19", () => {
    const changed = sigmaFiles().filter(({ path, text }) => {
      if (!path.startsWith('sigma/rules')) return false;
      const { tags = [] } = must(read(text, { format: 'sigma' })).rules[0] ?? {};
      return JSON.stringify(tagsIn(tags, v19)) !== JSON.stringify(tags);
    });
    expect(changed.map(({ path }) => path).length).toBeLessThan(60);
  });
});
