import type { FieldRow, Table } from '../table.ts';
import { inOrder } from './apply.ts';
import {
  type Formula,
  type LogSourceWords,
  type Pipeline,
  pipedSource,
  type RuleCondition,
  type Transformation,
} from './pipeline.ts';
import { isRenaming, type Renaming, renamerOf } from './running/names.ts';

/** What of a pipeline can be read in the other direction, from Elastic to Sigma. */
export interface Backwards {
  readonly rows: readonly FieldRow[];
  /** What can not, as messages call it. */
  readonly left: readonly string[];
}

/** The names of pipelines as a table that is read one way: forwards, the pipelines themselves are applied. */
export function tableOf(pipelines: readonly Pipeline[]): Table {
  const title = pipelines.map(({ name }) => name ?? 'a pipeline').join(', ');
  const fields = rowsOf(inOrder(pipelines).flatMap(({ transformations }) => transformations)).rows;
  return { title, version: 1, fields };
}

export function backwards({ transformations }: Pipeline): Backwards {
  return rowsOf(transformations);
}

interface Row {
  readonly sigma: string;
  readonly ecs: string;
  readonly scope: LogSourceWords;
  /** One of several fields that the other stands for. */
  readonly isOne: boolean;
}

function rowsOf(transformations: readonly Transformation[]): Backwards {
  const left: string[] = [];
  let rows: readonly Row[] = [];
  const read = (one: Transformation, outer: readonly LogSourceWords[] | undefined) => {
    const own = one.ofRule ? scopesOf(one.ofRule) : [{}];
    const scopes = outer && own && crossed(outer, own);
    if (one.does.kind === 'nest') one.does.transformations.forEach((inner) => read(inner, scopes));
    else if (!isRenaming(one.does)) left.push(...(changesTests(one) ? [one.called] : []));
    else if (scopes === undefined || one.ofTest || one.ofField) left.push(one.called);
    else {
      for (const scope of scopes) rows = withNames(rows, one.does, scope) ?? rows;
      if (one.does.kind === 'field_name_suffix' || hasKeywords(one.does)) left.push(one.called);
    }
  };
  for (const one of transformations) read(one, [{}]);
  const narrowFirst = [...rows].sort((one, other) => wordsIn(other.scope) - wordsIn(one.scope));
  return { rows: narrowFirst.map(rowOf), left };
}

function wordsIn(scope: LogSourceWords): number {
  return Object.keys(scope).length;
}

function hasKeywords(does: Renaming): boolean {
  return does.kind === 'field_name_mapping' && does.mapping.has(null);
}

/** What else is done to the tests of a rule, or says what its log source is. */
const changing: ReadonlySet<string> = new Set([
  'add_condition',
  'change_logsource',
  'drop_detection_item',
  'extract_fields',
  'hashes_fields',
  'map_string',
  'replace_string',
  'set_value',
]);

function changesTests({ does }: Transformation): boolean {
  return changing.has(does.kind) || (does.kind === 'set_state' && /^index(?:_names)?$/.test(does.key));
}

/** The log sources that a condition is for; undefined where it asks for anything else. */
function scopesOf(formula: Formula<RuleCondition>): readonly LogSourceWords[] | undefined {
  switch (formula.kind) {
    case 'is':
      if (formula.condition.kind === 'is_sigma_rule') return [{}];
      return formula.condition.kind === 'logsource' ? [formula.condition.logSource] : undefined;
    case 'and':
      return formula.of.map(scopesOf).reduce((all, one) => all && one && crossed(all, one));
    case 'or': {
      const parts = formula.of.map(scopesOf);
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    case 'not':
      return undefined;
    default:
      return formula satisfies never;
  }
}

const words = ['category', 'product', 'service'] as const;

/** Log sources of both kinds at once. */
function crossed(
  some: readonly LogSourceWords[],
  others: readonly LogSourceWords[],
): readonly LogSourceWords[] {
  return some.flatMap((one) =>
    others.flatMap((other) => {
      const agree = words.every(
        (word) => [one[word], other[word]].includes(undefined) || one[word] === other[word],
      );
      return agree ? [{ ...one, ...other }] : [];
    }),
  );
}

/** How many rows are read back. No pipeline that people write comes near. */
const mostRows = 20_000;

/**
 * The rows so far as they are called next, and the names that a renaming gives itself; undefined where these are more
 * than are read back.
 */
function withNames(rows: readonly Row[], does: Renaming, scope: LogSourceWords): readonly Row[] | undefined {
  const renamer = renamerOf(does);
  const all = new Map<string, Row>();
  const add = (row: Row) => all.set(JSON.stringify(row), row);
  for (const row of rows) {
    const names = isWithin(row.scope, scope) ? renamer(row.ecs) : undefined;
    if (names === undefined) add(row);
    else for (const ecs of names) add({ ...row, ecs, isOne: row.isOne || names.length > 1 });
    if (all.size > mostRows) return undefined;
  }
  for (const row of ownRows(does, scope)) add(row);
  return all.size > mostRows ? undefined : [...all.values()];
}

function ownRows(does: Renaming, scope: LogSourceWords): readonly Row[] {
  switch (does.kind) {
    case 'field_name_prefix':
      return [{ sigma: '*', ecs: `${does.prefix}*`, scope, isOne: false }];
    case 'field_name_suffix':
      return [];
    default: {
      const end = does.kind === 'field_name_mapping' ? '' : '*';
      return [...does.mapping].flatMap(([from, to]) =>
        from === null
          ? []
          : to.map((one) => ({ sigma: from + end, ecs: one + end, scope, isOne: to.length > 1 })),
      );
    }
  }
}

function isWithin(inner: LogSourceWords, outer: LogSourceWords): boolean {
  return words.every((word) => outer[word] === undefined || outer[word] === inner[word]);
}

function rowOf({ sigma, ecs, scope, isOne }: Row): FieldRow {
  return {
    sigma,
    ecs,
    ...(wordsIn(scope) > 0 && { scope }),
    direction: 'to-sigma',
    ...(isOne && { effect: { toSigma: 'broader' } }),
    source: pipedSource,
  };
}
