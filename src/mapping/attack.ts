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

/**
 * Tags as a threat table of v18: a tactic for each that is named, its techniques under it; a technique
 * none of whose tactics is named stands under its first. In the order of the tags. Tags that are not
 * ATT&CK's, or that it does not know, are handed back.
 */
export function threatFromTags(
  tags: readonly string[],
  attack: AttackData,
  report: Report,
): { readonly threat: readonly Threat[]; readonly rest: readonly string[] } {
  const rest: string[] = [];
  const tactics: string[] = [];
  const techniques: string[] = [];
  for (const tag of tags) {
    const word = tag.startsWith(prefix)
      ? tag.slice(prefix.length).toLowerCase().replaceAll('_', '-')
      : undefined;
    const technique = word === undefined ? undefined : techniqueInV18(word.toUpperCase(), attack);
    if (word !== undefined && tacticRow(word, attack)) tactics.push(tacticInV18(word));
    else if (technique !== undefined) techniques.push(technique);
    else {
      rest.push(tag);
      if (word !== undefined && !/^[gs]\d{4}$|^(?:ds|m|a)\d{4}$/.test(word))
        reportUnknown(tag, attack, report);
    }
  }
  return { threat: asTable(tactics, techniques, attack), rest };
}

function asTable(
  tactics: readonly string[],
  techniques: readonly string[],
  attack: AttackData,
): readonly Threat[] {
  const table = new Map<string, Map<string, string[]>>(tactics.map((tactic) => [tactic, new Map()]));
  for (const id of techniques) {
    const own = tacticsOf(id, 'v18', attack);
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

function threatOf(
  shortname: string,
  list: ReadonlyMap<string, readonly string[]>,
  attack: AttackData,
): Threat {
  const { id, name } = tacticRow(shortname, attack)!;
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

function named(id: string, attack: AttackData): Named {
  const row = attack.techniques[id];
  return { id, name: row?.was ?? row?.name ?? id, reference: techniqueLink(id) };
}

function reportUnknown(tag: string, { versions }: AttackData, report: Report): void {
  const message = `ATT&CK ${versions.v19} has no "${tag}", or ATT&CK ${versions.v18} had nothing for it; it stays a tag.`;
  report({ code: 'mapping/unknown-technique', path: 'tags', message });
}

/** The way back: a threat table of v18 as tags of v19, tactics before their techniques, each once. */
export function threatToTags(
  threat: readonly Threat[],
  attack: AttackData,
  report: Report,
): readonly string[] {
  const tags = new Set<string>();
  for (const { tactic, techniques = [], framework: named } of threat) {
    if (named !== framework) {
      report({
        code: 'mapping/unknown-technique',
        path: 'threat',
        message: `Sigma has no tags for ${named}; its table is carried.`,
      });
      continue;
    }
    const ids = techniques.flatMap(({ id, subtechniques = [] }) => [
      id,
      ...subtechniques.map((sub) => sub.id),
    ]);
    if (tactic)
      tacticsInV19(shortnameOf(tactic.name), ids, attack).forEach((word) => tags.add(prefix + word));
    // A sub-technique names its technique, so that need not be said, but a table without one has to be.
    ids.forEach((id) => tags.add(prefix + techniqueInV19(id, attack).toLowerCase()));
  }
  return [...tags];
}

function shortnameOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function tacticRow(shortname: string, { tactics }: AttackData): TacticRow | undefined {
  return tactics.find((row) => row.shortname === shortname);
}

/** Stealth and Defense Impairment were one tactic in v18. */
function tacticInV18(shortname: string): string {
  return shortname === 'stealth' || shortname === 'defense-impairment' ? defenseEvasion : shortname;
}

/** Defense Evasion became two, and which of them it is depends on the technique. */
function tacticsInV19(shortname: string, ids: readonly string[], attack: AttackData): readonly string[] {
  if (shortname !== defenseEvasion) return [shortname];
  const parts = ids.flatMap((id) =>
    tacticsOf(techniqueInV19(id, attack), 'v19', attack).filter(
      (tactic) => tactic === 'stealth' || tactic === 'defense-impairment',
    ),
  );
  // Without a technique it is Stealth, which kept the id.
  return parts.length > 0 ? [...new Set(parts)] : ['stealth'];
}

function tacticsOf(id: string, version: AttackVersion, { techniques }: AttackData): readonly string[] {
  const row = Object.hasOwn(techniques, id) ? techniques[id] : undefined;
  return row?.[version] ?? row?.tactics ?? [];
}

function techniqueInV19(id: string, { techniques }: AttackData): string {
  const row = Object.hasOwn(techniques, id) ? techniques[id] : undefined;
  return replacement(row?.now, 'v19') ?? id;
}

/** The v18 id of a technique; undefined if v18 has nothing for it. */
function techniqueInV18(id: string, { techniques, back }: AttackData): string | undefined {
  if (!Object.hasOwn(techniques, id)) return undefined;
  if (Object.hasOwn(back, id)) return back[id] ?? undefined;
  return replacement(techniques[id]!.now, 'v18') ?? id;
}

function replacement(
  now: AttackData['techniques'][string]['now'],
  version: AttackVersion,
): string | undefined {
  return typeof now === 'string' ? now : now?.[version];
}
