import { kindsOf } from './lookup.ts';
import type { Mapping } from './mapping.ts';
import { shippedEcs, shippedMany } from './shipped.ts';

/** The names of ECS as `mappings/ecs-fields.yaml` keeps them: what stands alike in several places said once. */
export interface EcsNames {
  readonly version: string;
  /** Those that are objects. The types of the others are with the types of all fields. */
  readonly objects: readonly string[];
  readonly names: readonly { readonly under?: readonly string[]; readonly are: readonly string[] }[];
}

/** What is known of a field: its type as an index has it, and whether it is one of ECS. */
export interface KnownField {
  readonly type: string;
  readonly ecs: boolean;
}

interface Ecs {
  readonly names: ReadonlySet<string>;
  readonly objects: ReadonlySet<string>;
}

let ecs: Ecs | undefined;

/** What is known of a field; its type is `unknown` where no table has the field. */
export function knownField(name: string, mapping: Mapping): KnownField {
  ecs ??= readyEcs(shippedEcs());
  const type = mapping.types.get(name);
  if (!ecs.names.has(name))
    return { type: type ?? (hasRow(name, mapping) ? 'keyword' : 'unknown'), ecs: false };
  return { type: type ?? (ecs.objects.has(name) ? 'object' : 'keyword'), ecs: true };
}

/** The tables of types have every field of the rows that is no keyword. */
function hasRow(name: string, { byEcs }: Mapping): boolean {
  return byEcs.has(name) || kindsOf(name).some((kind) => byEcs.has(kind));
}

/** Every name of ECS, and the version that has them. */
export function ecsNames(): ReadonlySet<string> {
  ecs ??= readyEcs(shippedEcs());
  return ecs.names;
}

export function ecsVersion(): string {
  return shippedEcs().version;
}

let many: ReadonlySet<string> | undefined;

/** Whether an event may have several values of a field, as ECS says. */
export function isMany(name: string): boolean {
  many ??= new Set(whole(shippedMany()));
  return many.has(name);
}

function readyEcs({ names, objects }: EcsNames): Ecs {
  return { names: new Set(whole(names)), objects: new Set(objects) };
}

function whole(names: EcsNames['names']): readonly string[] {
  return names.flatMap(({ under, are }) => under?.flatMap((one) => below(one, are)) ?? are);
}

function below(prefix: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${prefix}.${name}`);
}
