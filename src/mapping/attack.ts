import type { Report } from '../diagnostic/diagnostic.ts';
import type { Named, Technique, Threat } from '../rule/rule.ts';
import type { AttackData, AttackVersion, TacticRow } from './attack-data.ts';

/**
 * ATT&CK between Sigma's tags and Elastic's threat tables. Sigma's rules name its version 19, Elastic's
 * its version 18; ids, names and tactics are translated on the way. Offline: names come from the table,
 * links follow from the ids.
 */

export const framework = 'MITRE ATT&CK';
const site = 'https://attack.mitre.org';

export function tacticLink(id: string): string {
  return `${site}/tactics/${id}/`;
}

export function techniqueLink(id: string): string {
  return `${site}/techniques/${id.replace('.', '/')}/`;
}

const prefix = 'attack.';
const defenseEvasion = 'defense-evasion';

/** The tables of ATT&CK, and the version in which it is to be written. */
export interface Attack {
  readonly tables: AttackData;
  readonly version: AttackVersion;
}

/**
 * Tags as a threat table: a tactic for each that is named, its techniques under it; a technique none of
 * whose tactics is named stands under its first. In the order of the tags, which may be of either version.
 * Tags that are not ATT&CK's, or that the version does not know, are handed back.
 */
export function threatFromTags(
  tags: readonly string[],
  attack: Attack,
  report: Report,
): { readonly threat: readonly Threat[]; readonly rest: readonly string[] } {
  const rest: string[] = [];
  const tactics: string[] = [];
  const techniques: string[] = [];
  for (const tag of tags) {
    const word = wordOf(tag);
    const technique = word === undefined ? undefined : techniqueIn(word.toUpperCase(), attack);
    if (word !== undefined && tacticRow(word, attack.tables)) tactics.push(word);
    else if (technique !== undefined) techniques.push(technique);
    else {
      rest.push(tag);
      if (word !== undefined && !isOther(word)) reportUnknown(tag, attack, report);
    }
  }
  const named = tactics.flatMap((tactic) => tacticsIn(tactic, techniques, attack));
  return { threat: asTable(named, techniques, attack), rest };
}

/** What a tag of ATT&CK names, as ATT&CK spells it; undefined for other tags. */
function wordOf(tag: string): string | undefined {
  return tag.startsWith(prefix) ? tag.slice(prefix.length).toLowerCase().replaceAll('_', '-') : undefined;
}

/** Groups, software, data sources and mitigations have tags, and no place in a threat table. */
function isOther(word: string): boolean {
  return /^[gs]\d{4}$|^(?:ds|m|a)\d{4}$/.test(word);
}

function asTable(
  tactics: readonly string[],
  techniques: readonly string[],
  attack: Attack,
): readonly Threat[] {
  const table = new Map<string, Map<string, string[]>>(tactics.map((tactic) => [tactic, new Map()]));
  for (const id of techniques) {
    const own = tacticsOf(id, attack);
    const named = own.filter((tactic) => tactics.includes(tactic));
    for (const tactic of named.length > 0 ? named : own.slice(0, 1)) {
      const list = table.get(tactic) ?? new Map<string, string[]>();
      table.set(tactic, list);
      place(id, list);
    }
  }
  return [...table].map(([tactic, list]) => threatOf(tactic, list, attack));
}

/** A sub-technique stands below its technique, which is named with it. */
function place(id: string, list: Map<string, string[]>): void {
  const [parent = id] = id.split('.');
  const below = list.get(parent) ?? [];
  list.set(parent, below);
  if (id !== parent && !below.includes(id)) below.push(id);
}

function threatOf(shortname: string, list: ReadonlyMap<string, readonly string[]>, attack: Attack): Threat {
  const { id, name } = tacticRow(shortname, attack.tables)!;
  const techniques = [...list].map(
    ([technique, below]): Technique => ({
      ...named(technique, attack),
      ...(below.length > 0 && { subtechniques: below.map((sub) => named(sub, attack)) }),
    }),
  );
  return {
    framework,
    tactic: { id, name, reference: tacticLink(id) },
    ...(techniques.length > 0 && { techniques }),
  };
}

function named(id: string, { tables, version }: Attack): Named {
  const row = tables.techniques[id];
  const name = (version === 'v18' ? row?.was : undefined) ?? row?.name ?? id;
  return { id, name, reference: techniqueLink(id) };
}

function reportUnknown(tag: string, { tables: { versions }, version }: Attack, report: Report): void {
  const message =
    version === 'v18'
      ? `ATT&CK ${versions.v19} has no "${tag}", or ATT&CK ${versions.v18} had nothing for it; it stays a tag.`
      : `ATT&CK ${versions.v19} has no "${tag}"; it stays a tag.`;
  report({ code: 'mapping/unknown-technique', path: 'tags', message });
}

/** The way back: a threat table of either version as tags, tactics before their techniques, each once. */
export function threatToTags(threat: readonly Threat[], attack: Attack, report: Report): readonly string[] {
  const tags = new Set<string>();
  for (const entry of threat) {
    if (entry.framework !== framework) {
      report({
        code: 'mapping/unknown-technique',
        path: 'threat',
        message: `Sigma has no tags for ${entry.framework}; its table is carried.`,
      });
      continue;
    }
    const ids = idsIn(entry).map((id) => techniqueIn(id, attack) ?? id);
    if (entry.tactic)
      for (const word of tacticsIn(shortnameOf(entry.tactic.name), ids, attack)) tags.add(prefix + word);
    // A sub-technique names its technique, so that need not be said, but a table without one has to be.
    for (const id of ids) tags.add(prefix + id.toLowerCase());
  }
  return [...tags];
}

function idsIn({ techniques = [] }: Threat): readonly string[] {
  return techniques.flatMap(({ id, subtechniques = [] }) => [id, ...subtechniques.map((sub) => sub.id)]);
}

/** A threat table of either version in another. What both have alike stays as it was said. */
export function threatIn(threat: readonly Threat[], attack: Attack): readonly Threat[] {
  const entries = threat.flatMap((entry) => (isAtHome(entry, attack) ? [entry] : recast(entry, attack)));
  const byTactic = new Map<string | Threat, Threat>();
  for (const entry of entries) {
    const key = threat.includes(entry) ? entry : (entry.tactic?.id ?? entry);
    const before = byTactic.get(key);
    byTactic.set(key, before ? joined(before, entry) : entry);
  }
  return [...byTactic.values()];
}

function isAtHome(entry: Threat, attack: Attack): boolean {
  if (entry.framework !== framework || !entry.tactic) return true;
  const row = tacticRow(shortnameOf(entry.tactic.name), attack.tables);
  if (row === undefined) return true;
  const isKnown = row.in === undefined || row.in === attack.version;
  return (
    isKnown && idsIn(entry).every((id) => (techniqueIn(id, attack) ?? id) === id && stays(id, row, attack))
  );
}

/** Whether a technique is still of a tactic. What was of it in no version is its author's own word. */
function stays(id: string, { shortname }: TacticRow, attack: Attack): boolean {
  const other = { ...attack, version: attack.version === 'v18' ? 'v19' : 'v18' } as const;
  const isOf = (one: Attack) =>
    tacticsOf(id, one).some((tactic) => tacticsIn(tactic, [id], attack).includes(shortname));
  return isOf(attack) || !isOf(other);
}

function recast(entry: Threat, attack: Attack): readonly Threat[] {
  const ids = idsIn(entry).map((id) => techniqueIn(id, attack) ?? id);
  const tactics = tacticsIn(shortnameOf(entry.tactic?.name ?? ''), ids, attack);
  return asTable(tactics, [...new Set(ids)], attack);
}

/** Two tactics that were one hold what either held. */
function joined(a: Threat, b: Threat): Threat {
  const known = new Set(idsIn(a));
  const more = (b.techniques ?? []).filter(({ id }) => !known.has(id));
  return more.length === 0 ? a : { ...a, techniques: [...(a.techniques ?? []), ...more] };
}

/** Tags of either version in another, in their order, each once. */
export function tagsIn(tags: readonly string[], attack: Attack): readonly string[] {
  const ids = tags.flatMap((tag) => techniqueIn(wordOf(tag)?.toUpperCase() ?? '', attack) ?? []);
  const recast = tags.flatMap((tag) => {
    const word = wordOf(tag);
    if (word === undefined) return [tag];
    if (tacticRow(word, attack.tables)) return tacticsIn(word, ids, attack).map((one) => prefix + one);
    return [prefix + (techniqueIn(word.toUpperCase(), attack) ?? word).toLowerCase()];
  });
  return [...new Set(recast)];
}

function shortnameOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

const byName = new WeakMap<AttackData, ReadonlyMap<string, TacticRow>>();

function tacticRow(shortname: string, tables: AttackData): TacticRow | undefined {
  const rows =
    byName.get(tables) ?? new Map(tables.tactics.map((row) => [row.shortname, row] as const).reverse());
  byName.set(tables, rows);
  return rows.get(shortname);
}

/**
 * The tactic as the version has it. Defense Evasion of v18 became Stealth and Defense Impairment, and which
 * of them it is depends on the techniques.
 */
function tacticsIn(shortname: string, ids: readonly string[], attack: Attack): readonly string[] {
  const isPart = (tactic: string) => tactic === 'stealth' || tactic === 'defense-impairment';
  if (attack.version === 'v18') return [isPart(shortname) ? defenseEvasion : shortname];
  if (shortname !== defenseEvasion) return [shortname];
  const parts = ids.flatMap((id) => tacticsOf(id, attack).filter(isPart));
  // Without a technique it is Stealth, which kept the id.
  return parts.length > 0 ? [...new Set(parts)] : ['stealth'];
}

function tacticsOf(id: string, { tables: { techniques }, version }: Attack): readonly string[] {
  const row = Object.hasOwn(techniques, id) ? techniques[id] : undefined;
  return row?.[version] ?? row?.tactics ?? [];
}

/** The id of a technique in a version; undefined if that has nothing for it. */
function techniqueIn(id: string, { tables: { techniques, back }, version }: Attack): string | undefined {
  if (!Object.hasOwn(techniques, id)) return undefined;
  if (version === 'v18' && Object.hasOwn(back, id)) return back[id] ?? undefined;
  return replacement(techniques[id]!.now, version) ?? id;
}

function replacement(
  now: AttackData['techniques'][string]['now'],
  version: AttackVersion,
): string | undefined {
  return typeof now === 'string' ? now : now?.[version];
}
