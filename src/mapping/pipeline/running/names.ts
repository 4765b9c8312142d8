import { or } from '../../../query/build.ts';
import type { Predicate } from '../../../query/query.ts';
import type { Action, Names, Transformation } from '../pipeline.ts';
import { isForLeaf, isForName } from './conditions.ts';
import { changed, dropped, fieldOf, type Leaf, referenceOf, withField, withReference } from './leaf.ts';
import { lost, marked } from './marks.ts';
import { costs, type Run, spend } from './run.ts';

/** What a field is called next; undefined where it keeps its name. */
type Renamer = (name: string | null) => readonly string[] | undefined;

/** The actions that rename fields. */
export type Renaming = Extract<Action, { kind: `field_name_${string}` }>;

export function isRenaming(action: Action): action is Renaming {
  return action.kind.startsWith('field_name_');
}

export function renamerOf(action: Renaming): Renamer {
  switch (action.kind) {
    case 'field_name_mapping':
      return (name) => action.mapping.get(name);
    case 'field_name_prefix_mapping':
      return (name) => (name === null ? undefined : byPrefix(action.mapping, name));
    case 'field_name_prefix':
      return (name) => (name === null ? undefined : [action.prefix + name]);
    case 'field_name_suffix':
      return (name) => (name === null ? undefined : [name + action.suffix]);
    default:
      return action satisfies never;
  }
}

function byPrefix(mapping: Names, name: string): readonly string[] | undefined {
  for (const [from, to] of mapping) {
    if (from !== null && name.startsWith(from)) return to.map((prefix) => prefix + name.slice(from.length));
  }
  return undefined;
}

/** Renames the fields of a rule: those worth a look, its keys, those of its tests and what these compare them with. */
export function rename(transformation: Transformation, renamer: Renamer, run: Run): void {
  const alone = (name: string): readonly string[] => {
    const names = isForName(transformation, name, run) ? renamer(name) : undefined;
    if (names === undefined) return [name];
    spend(run, costs.test * names.length);
    note(run, name, names);
    const { id } = transformation;
    const marks = new Set([...(run.nameMarks.get(name) ?? []), ...(id === undefined ? [] : [id])]);
    for (const one of names) run.nameMarks.set(one, marks);
    return names;
  };
  run.fields = run.fields.flatMap(alone);
  for (const [key, names] of run.keys) run.keys.set(key, names.flatMap(alone));
  if (run.where === undefined) return;
  run.where = changed(
    run.where,
    (leaf) => {
      spend(run, effortOf(transformation.does));
      const made = isForLeaf(transformation, leaf, run)
        ? renamed(leaf, transformation, renamer, run)
        : undefined;
      return made && marked(made, leaf, transformation, run);
    },
    lost(run, transformation),
  );
}

/** How much there is to be looked at for one name. */
function effortOf(does: Action): number {
  return does.kind === 'field_name_prefix_mapping' ? 1 + does.mapping.size : 1;
}

function note(run: Run, from: string | null, to: readonly string[]): void {
  if (from !== null) run.mapped.add(from);
  for (const name of to) run.named.add(name);
}

function renamed(
  leaf: Leaf,
  transformation: Transformation,
  renamer: Renamer,
  run: Run,
): Predicate | typeof dropped | undefined {
  const compared = compareAnew(leaf, transformation, renamer, run);
  const field = fieldOf(leaf);
  const names =
    field !== undefined && isForName(transformation, field, run, leaf) ? renamer(field) : undefined;
  if (field === undefined || names === undefined) return compared && or(compared);
  if (names.length === 0) return dropped;
  spend(run, costs.test * names.length);
  note(run, field, names);
  return or((compared ?? [leaf]).flatMap((one) => names.map((name) => withField(one, name))));
}

/** The test with the field renamed that it compares its own with. */
function compareAnew(
  leaf: Leaf,
  transformation: Transformation,
  renamer: Renamer,
  run: Run,
): readonly Leaf[] | undefined {
  const reference = referenceOf(leaf);
  if (reference === undefined || !isForName(transformation, reference, run, leaf)) return undefined;
  const names = renamer(reference);
  if (names === undefined || names.length === 0) return undefined;
  spend(run, costs.test * names.length);
  note(run, reference, names);
  return names.map((name) => withReference(leaf, name));
}
