import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { corpus } from './corpus.ts';

/** A field, log source or category as another converter maps it. */
export interface Pair {
  readonly pipeline: string;
  readonly name: string;
  readonly theirs: string;
  /** `category=…` or `service=…`, where the pair holds only there. */
  readonly where?: string;
}

/** Why our tables say something else than another converter's, for some of its names. */
export interface Difference {
  readonly pipelines: readonly string[];
  readonly names: readonly string[];
  /** Only of pairs with this on the other side. */
  readonly theirs?: string;
  readonly because: string;
}

/** The tables of pySigma's pipelines for Elastic, where they stand beside the corpus; they are facts, and no part of this project. */
const path = join(corpus, '../reference/pysigma-field-maps.json');
export const withoutPeer = corpus === '' || !existsSync(path);

type Names = string | readonly string[];
type Fields = { readonly [name: string]: Names };

export function peerPairs(): readonly Pair[] {
  if (withoutPeer) return [];
  const maps = JSON.parse(readFileSync(path, 'utf8')) as { readonly [pipeline: string]: unknown };
  return Object.entries(maps).flatMap(([pipeline, map]) => pairsOf(pipeline, map));
}

function pairsOf(pipeline: string, map: unknown): readonly Pair[] {
  switch (pipeline) {
    case 'ecs_windows_variable':
      return Object.entries(map as { [name: string]: readonly (readonly string[])[] }).flatMap(
        ([name, places]) =>
          places.map(([key, word, theirs]) => ({ pipeline, name, theirs: theirs!, where: `${key}=${word}` })),
      );
    case 'windows_service_to_channel':
    case 'sysmon_category_to_eventid':
      return plain(pipeline, map as Fields);
    default:
      return plain(pipeline, (map as { readonly fields: Fields }).fields);
  }
}

function plain(pipeline: string, fields: Fields): readonly Pair[] {
  return Object.entries(fields).flatMap(([name, theirs]) =>
    [theirs].flat().map((one) => ({ pipeline, name, theirs: String(one) })),
  );
}

/** Every difference that the tables list, from all files of `mappings/differences`. */
export function differences(): readonly Difference[] {
  const folder = join(import.meta.dirname, '../../mappings/differences');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap(
      (name) =>
        (parse(readFileSync(join(folder, name), 'utf8')) as { differences: Difference[] }).differences,
    );
}
