import { isList, isObject, type Json, sameJson } from '../../rule/json.ts';
import type { Named, Technique, Threat } from '../../rule/rule.ts';

/**
 * The whole `threat` list. Undefined if any entry holds less or more than the model does, as it would
 * not come back as it was:
 *
 *     { framework, tactic: { id, name, reference }, technique?: [{ …, subtechnique?: [{ … }] }] }
 */
export function readThreat(value: Json): readonly Threat[] | undefined {
  const threat = every(value, readEntry);
  return threat && sameJson(writeThreat(threat), value) ? threat : undefined;
}

export function writeThreat(threat: readonly Threat[]): readonly Json[] {
  return threat.map(({ framework, tactic, techniques }) => ({
    framework,
    ...(tactic && { tactic: writeNamed(tactic) }),
    ...(techniques && { technique: techniques.map(writeTechnique) }),
  }));
}

function readEntry(value: Json): Threat | undefined {
  if (!isObject(value)) return undefined;
  const { framework, tactic, technique } = value;
  const named = readNamed(tactic);
  if (typeof framework !== 'string' || named === undefined) return undefined;
  const techniques = every(technique, readTechnique);
  return { framework, tactic: named, ...(techniques && { techniques }) };
}

function readTechnique(value: Json): Technique | undefined {
  const named = readNamed(value);
  if (named === undefined || !isObject(value)) return undefined;
  const subtechniques = every(value['subtechnique'], readNamed);
  return { ...named, ...(subtechniques && { subtechniques }) };
}

function writeTechnique({ subtechniques, ...named }: Technique): Json {
  return { ...writeNamed(named), ...(subtechniques && { subtechnique: subtechniques.map(writeNamed) }) };
}

function readNamed(value: Json | undefined): Named | undefined {
  if (!isObject(value)) return undefined;
  const { id, name, reference } = value;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof reference !== 'string') return undefined;
  return { id, name, reference };
}

function writeNamed({ id, name, reference }: Named): { id: string; name: string; reference: string } {
  return { id, name, reference };
}

/** All of a list, or nothing. */
function every<T>(value: Json | undefined, read: (part: Json) => T | undefined): readonly T[] | undefined {
  if (!isList(value)) return undefined;
  const parts = value.map(read);
  return parts.every((part) => part !== undefined) ? parts : undefined;
}
