import type { Report } from '../diagnostic/diagnostic.ts';
import type { Named, Technique, Threat } from '../rule/rule.ts';

/** One version of ATT&CK Enterprise, made ready to be asked. */
export interface Attack {
  readonly version: string;
  /** In the order of the matrix. */
  readonly tactics: readonly Tactic[];
  readonly techniques: ReadonlyMap<string, AttackTechnique>;
}

export interface Tactic {
  readonly id: string;
  readonly name: string;
  /** As Sigma's tags spell it: `credential-access`. */
  readonly shortname: string;
}

export interface AttackTechnique {
  readonly id: string;
  readonly name: string;
  /** Short names of the tactics it serves, in the order of the matrix. */
  readonly tactics: readonly string[];
  /** Still part of this version; the others have been revoked or deprecated. */
  readonly active: boolean;
}

/** From one version to another: what became of an id. */
export interface AttackPath {
  technique(id: string): string | undefined;
  /** The tactic that a technique stands under now, where it stood under this one. */
  tactic(shortname: string, technique: string | undefined): string;
}

const site = 'https://attack.mitre.org';
export const framework = 'MITRE ATT&CK';

export function tacticLink(id: string): string {
  return `${site}/tactics/${id}/`;
}

export function techniqueLink(id: string): string {
  return `${site}/techniques/${id.replace('.', '/')}/`;
}

/**
 * Sigma's tags become a threat table: techniques under those of their tactics that the rule names, a
 * technique without one under all of its own, a tactic without techniques alone. In the order of the
 * tags. What is no ATT&CK tag, or none that this version knows, is handed back.
 */
export function threatOfTags(
  tags: readonly string[],
  attack: Attack,
  report: Report,
): { readonly threat: readonly Threat[]; readonly rest: readonly string[] } {
  const rest: string[] = [];
  const tactics = new Map<string, Map<string, string[]>>();
  const techniques: string[] = [];
  for (const tag of tags) {
    const word = /^attack\.(.+)$/i.exec(tag)?.[1]?.toLowerCase().replaceAll('_', '-');
    if (word === undefined) rest.push(tag);
    else if (attack.tactics.some((tactic) => tactic.shortname === word)) tactics.set(word, new Map());
    else if (/^t\d{4}(?:\.\d{3})?$/.test(word) && attack.techniques.has(word.toUpperCase()))
      techniques.push(word.toUpperCase());
    else {
      rest.push(tag);
      if (/^t\d|^[a-z]+-/.test(word)) reportUnknown(tag, attack, report);
    }
  }
  const named = new Set(tactics.keys());
  for (const id of techniques) {
    const own = attack.techniques.get(id)!.tactics;
    const under = own.filter((tactic) => named.has(tactic));
    for (const tactic of under.length > 0 ? under : own.slice(0, 1)) {
      const list = tactics.get(tactic) ?? new Map<string, string[]>();
      tactics.set(tactic, list);
      place(id, list);
    }
  }
  const threat = [...tactics].map(([tactic, list]) => threatOf(tactic, list, attack));
  return { threat, rest };
}

function place(id: string, list: Map<string, string[]>): void {
  const [parent = id] = id.split('.');
  const below = list.get(parent) ?? [];
  list.set(parent, below);
  if (id !== parent && !below.includes(id)) below.push(id);
}

function threatOf(shortname: string, list: ReadonlyMap<string, readonly string[]>, attack: Attack): Threat {
  const tactic = attack.tactics.find((one) => one.shortname === shortname)!;
  const techniques = [...list].map(
    ([id, below]): Technique => ({
      ...named(id, attack),
      ...(below.length > 0 && { subtechniques: below.map((sub) => named(sub, attack)) }),
    }),
  );
  return {
    framework,
    tactic: { id: tactic.id, name: tactic.name, reference: tacticLink(tactic.id) },
    ...(techniques.length > 0 && { techniques }),
  };
}

function named(id: string, attack: Attack): Named {
  return { id, name: attack.techniques.get(id)?.name ?? id, reference: techniqueLink(id) };
}

function reportUnknown(tag: string, attack: Attack, report: Report): void {
  report({
    code: 'mapping/unknown-technique',
    message: `ATT&CK ${attack.version} has no "${tag}"; it stays a tag.`,
    path: 'tags',
  });
}

/** The way back: a threat table as Sigma's tags, tactics before their techniques, each once. */
export function tagsOfThreat(threat: readonly Threat[], path: AttackPath | undefined): readonly string[] {
  const tags = new Set<string>();
  for (const { tactic, techniques = [] } of threat) {
    const ids = techniques.flatMap(({ id, subtechniques = [] }) => [
      id,
      ...subtechniques.map((sub) => sub.id),
    ]);
    const shortname = tactic && shortnameOf(tactic.name);
    const now = ids.length === 0 ? [undefined] : ids;
    if (shortname !== undefined)
      now.forEach((id) => tags.add(`attack.${path?.tactic(shortname, id) ?? shortname}`));
    ids.forEach((id) => tags.add(`attack.${(path?.technique(id) ?? id).toLowerCase()}`));
  }
  return [...tags];
}

function shortnameOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
