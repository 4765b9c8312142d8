import type { Fidelity, FormatId } from '../../index.ts';

/** What is known of earlier runs. What the files say themselves stands among the copies, which count where the two differ. */
export interface Manifest {
  readonly head: Head;
  /** By the paths of their sources. */
  readonly entries: ReadonlyMap<string, Entry>;
}

/** What all is made with: where one of these differs, all is made again. */
export interface Head {
  readonly rulecast: string;
  readonly to: FormatId;
  readonly names: 'keep' | 'house';
  readonly bundle: boolean;
  readonly options: string;
  readonly tables: string;
  /** Filters and exceptions in files of the source, which count for the rules of others. */
  readonly beside: string;
}

/** What became of one file of the source. */
export interface Entry {
  readonly source: string;
  /** Of the bytes that it was made of; empty if it is to be made again. */
  readonly digest: string;
  /** Of all sources, where it took rules of others to make it. */
  readonly around?: string;
  /** The day that was written where the rule has none, so that it stays. */
  readonly day?: string;
  /** Of a file without rules: that it failed, or what became of its filters. */
  readonly fidelity?: Fidelity;
  readonly rules: readonly RuleEntry[];
  readonly targets: readonly TargetEntry[];
}

export interface RuleEntry {
  readonly id?: string;
  readonly title: string;
  readonly fidelity: Fidelity;
  /** Where it stands; not if it was not written. */
  readonly target?: string;
}

export interface TargetEntry {
  readonly path: string;
  /** Of what was written last. */
  readonly digest: string;
  /** Which rule it is of, where a file of the source has a target for each: its id, or its title. */
  readonly of: string;
}

export const manifestPath = '.rulecast/manifest.json';
export const manifestVersion = 1;

/**
 * JSON with a line for each source, in order of path, so that versions of it can be merged line by line; for that, each line
 * ends with a comma, and a `null` comes last.
 */
export function printManifest({ head, entries }: Manifest): string {
  const words = Object.entries({ manifest: manifestVersion, ...head });
  const lines = [...entries.values()]
    .sort((a, b) => (a.source < b.source ? -1 : 1))
    .map((entry) => `${JSON.stringify(entry)},`);
  return [
    '{',
    ...words.map(([key, value]) => `"${key}": ${JSON.stringify(value)},`),
    '"files": [',
    ...lines,
    'null]',
    '}',
    '',
  ].join('\n');
}
