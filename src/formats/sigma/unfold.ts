import { type Alias, isAlias, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';

import type { Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { refusal, tooDeep } from './complaint.ts';

/** How many values aliases may stand for, all in all. */
const most = 10_000;

type Node = ParsedNode | null;

/** An alias and what it stands for, as places in the text; what is merged into a map stands nowhere. */
export interface Reference {
  readonly at: number;
  readonly to: number | undefined;
}

/**
 * Makes data of a tree in one walk. Aliases and merge keys are written out; a key that stands twice, or is
 * no text, fails. Numbers that are none to JSON stay as they are spelled.
 */
export class Unfolding {
  readonly references: Reference[] = [];
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #deepest: number;
  readonly #report: Report;
  /** The values inside of aliases, so far. */
  #repeated = 0;
  #aliases = 0;

  constructor(deepest: number, report: Report) {
    this.#deepest = deepest;
    this.#report = report;
  }

  unfold(node: Node, depth = 0): Json {
    if (node === null) return null;
    if (depth > this.#deepest) throw tooDeep(node.range[0], this.#deepest);
    if (isAlias(node)) return this.#follow(node, (target) => this.unfold(target, depth));
    this.#count(node);
    if (isScalar(node)) return this.#scalar(node);
    if (isSeq<Node>(node)) return node.items.map((part) => this.unfold(part, depth + 1));
    return this.#map(node, depth + 1);
  }

  #map(node: YAMLMap.Parsed, depth: number): JsonObject {
    const entries = new Map<string, Json>();
    const merged: [string, Json][] = [];
    for (const { key, value } of node.items) {
      if (isMergeKey(key)) {
        for (const entry of this.#merge(key, value, depth)) merged.push(entry);
      } else {
        const name = this.#key(key);
        if (entries.has(name)) throw twice(name, key);
        entries.set(name, this.unfold(value, depth));
      }
    }
    for (const [name, value] of merged) if (!entries.has(name)) entries.set(name, value);
    return objectOf(entries);
  }

  /** `<<: *defaults`, of YAML 1.1: the keys of a map, or of several, that are not said otherwise. */
  #merge(key: Scalar.Parsed, value: Node, depth: number): [string, Json][] {
    this.references.push({ at: key.range[0], to: undefined });
    const maps = [this.unfold(value, depth)].flat(1);
    return maps.flatMap((map) => {
      if (isObject(map)) return Object.entries(map);
      throw refusal('parse/bad-value', 'What is merged into a map is no map', key.range[0], key.range[1]);
    });
  }

  #key(key: Node): string {
    if (key === null) return '';
    if (isAlias(key)) return this.#follow(key, (target) => this.#key(target));
    if (isScalar(key)) {
      this.#count(key);
      return typeof key.value === 'string' ? key.value : (key.source ?? '');
    }
    throw refusal('parse/bad-value', 'A key is a map or a list', key.range[0], key.range[1]);
  }

  #scalar({ value, source, range: [start, end] }: Scalar.Parsed): Json {
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value !== 'number') return null;
    if (!Number.isFinite(value)) return source;
    if (isRounded(value, source)) {
      const message = `${source} is kept as ${value}.`;
      this.#report({ code: 'read/rounded', message, span: { start, end } });
    }
    return value;
  }

  #follow<T>(alias: Alias.Parsed, work: (target: ParsedNode) => T): T {
    const target = this.#anchors.get(alias.source);
    const [start, end] = alias.range;
    if (target === undefined)
      throw refusal('parse/unexpected', 'An alias names nothing before it', start, end);
    if (this.#aliases === 0) this.references.push({ at: start, to: target.range[0] });
    this.#aliases += 1;
    const result = work(target);
    this.#aliases -= 1;
    return result;
  }

  /** An anchor names what comes last under that name, so inside of aliases none is set. */
  #count(node: Exclude<ParsedNode, Alias.Parsed>): void {
    if (this.#aliases === 0) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
      return;
    }
    this.#repeated += 1;
    if (this.#repeated > most) {
      throw refusal('parse/alias-bomb', `The aliases stand for more than ${most} values`, node.range[0]);
    }
  }
}

function isRounded(value: number, source: string): boolean {
  if (Number.isSafeInteger(value) || !/^[-+]?[0-9]+$/.test(source)) return false;
  return source !== String(value) && BigInt(source) !== BigInt(value);
}

function isMergeKey(key: Node): key is Scalar.Parsed {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

function twice(name: string, key: Node): Error {
  const [start, end] = key?.range ?? [0, 0];
  return refusal('parse/duplicate-key', `"${name}" stands twice in one map`, start, end);
}
