/** ATT&CK as `mappings/attack.yaml` keeps it: what v18 and v19 share said once. */
export interface AttackData {
  readonly versions: Readonly<Record<AttackVersion, string>>;
  /** In the order of the matrix; in both versions unless `in` names one. */
  readonly tactics: readonly TacticRow[];
  readonly techniques: Readonly<Record<string, TechniqueRow>>;
  /** The way back for techniques that v19 has and v18 has not: the v18 id, or null. */
  readonly back: Readonly<Record<string, string | null>>;
}

export type AttackVersion = 'v18' | 'v19';

export interface TacticRow {
  readonly id: string;
  readonly shortname: string;
  readonly name: string;
  readonly in?: AttackVersion;
}

export interface TechniqueRow {
  /** As v19 has it. */
  readonly name: string;
  /** As v18 had it, where that differs. */
  readonly was?: string;
  /** In both versions. */
  readonly tactics?: readonly string[];
  readonly v18?: readonly string[];
  readonly v19?: readonly string[];
  /** Revoked: what to name instead. */
  readonly now?: string | Readonly<Partial<Record<AttackVersion, string>>>;
  readonly deprecated?: true;
}
