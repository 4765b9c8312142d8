import type { Effect, Report } from '../diagnostic/diagnostic.ts';
import type { FieldTest, Predicate } from '../query/query.ts';
import { nearest } from '../source/near.ts';
import type { Span } from '../source/source.ts';
import { underNegation } from './effect.ts';
import { type Asked, nameIn, othersThan, unnamedRow } from './lookup.ts';
import { anyField } from './mapping.ts';
import { inScope } from './scope.ts';
import type { FieldRow, UnnamedRow } from './table.ts';
import { isAnalysed } from './types.ts';

export interface Renaming extends Asked {
  readonly report: Report;
  /** Fields are called alike on both sides, as in a Sigma rule whose taxonomy is ECS. */
  readonly keepsNames?: boolean | undefined;
  /** Told of every row that was applied, and of every field without one. */
  readonly used?: ((use: Use) => void) | undefined;
  /** Told of every test and what it has become, after the rows that were applied to it. */
  readonly became?: ((leaf: Predicate, became: Predicate, positive: boolean) => void) | undefined;
}

/** What became of a field, by which row. Without a row, no table says anything of it. */
export interface Use {
  readonly field: string;
  /** Its name on the other side; its own where it has none there. */
  readonly name: string;
  readonly row?: FieldRow | UnnamedRow;
  /** Rows there are, none of which has words for what is asked. */
  readonly without?: readonly FieldRow[];
  /** What the row was applied to: of a list, the values that took it. Absent where only the name counts. */
  readonly test?: FieldTest;
  /** What it may as well have been taken for. */
  readonly others: readonly string[];
  /** What it does to the rule where the test stands. */
  readonly effect?: Effect;
}

/** Where a finding stands: the field as it was called, and its place in the text. */
type Place = { readonly field: string; readonly span?: Span };

/** A row was applied to a test. */
export function tellRow(
  row: FieldRow,
  effect: Effect | undefined,
  test: FieldTest,
  positive: boolean,
  to: Renaming,
): void {
  const name = tellName(row, test.field, to, test, effect && (positive ? effect : underNegation(effect)));
  const isKind = row.sigma.endsWith(anyField);
  const [from, there] = isKind
    ? [test.field, name]
    : to.way === 'toEcs'
      ? [row.sigma, row.ecs]
      : [row.ecs, row.sigma];
  const place = placeOf(test);
  if (isAnalysed(to.way === 'toEcs' ? name : test.field, to.mapping) && asksForText(test)) {
    const message =
      to.way === 'toEcs'
        ? `${name} is analysed text: Elasticsearch knows its words and not the whole, and EQL needs a keyword of the same content to test it.`
        : `${test.field} is analysed text, of which words are found; in Sigma it is asked whether the text stands in it.`;
    to.report({ code: 'loss/mapping', effect: 'approximate', message, ...place });
  }
  if (effect !== undefined) {
    const turned = positive ? effect : underNegation(effect);
    const message = `${from} has no exact twin; it is written as a test of ${there}, which is ${turned} here.`;
    to.report({ code: 'loss/mapping', effect: turned, message, ...place });
  }
  if (row.assume !== undefined) {
    const message = `${from} is taken for ${there}: ${row.assume}`;
    to.report({ code: 'mapping/assumption', message, ...place });
  }
}

/** A row was applied to a name. */
export function tellName(
  row: FieldRow,
  field: string,
  to: Renaming,
  place: Place | FieldTest = { field },
  effect?: Effect,
): string {
  const name = nameIn(row, field, to.way);
  const others = othersThan(row, field, to);
  to.used?.({ field, name, row, others, ...testIn(place), ...(effect && { effect }) });
  if (others.length > 0) {
    const message = `${field} may be ${others.join(' or ')} in ${taxonomyOf(to)} as well; it is taken for ${name}.`;
    to.report({ code: 'mapping/ambiguous', message, ...placeOf(place) });
  }
  return name;
}

function testIn(place: Place | FieldTest): Pick<Use, 'test'> {
  return 'kind' in place ? { test: place } : {};
}

function asksForText(test: FieldTest): boolean {
  return test.kind !== 'exists' && !(test.kind === 'equals' && test.values.every((value) => value === null));
}

/**
 * There are rows, and none of them has words for the value. Sigma does not mind a field of another
 * vocabulary; an index of Elastic does, and the test will never hold.
 */
export function tellUnsayable(
  test: FieldTest,
  what: string,
  rows: readonly FieldRow[],
  positive: boolean,
  to: Renaming,
): void {
  const names = [...new Set(rows.map((row) => nameIn(row, test.field, to.way)))].join(' or ');
  const used = { field: test.field, name: test.field, others: [], without: rows, test };
  if (to.way === 'toSigma') {
    const alone = unnamedRow(test.field, to);
    if (alone) {
      tellUnnamed(alone, test, positive, to);
      return;
    }
    const message = `${test.field} is ${names} in Sigma, which has no words for ${what}; the field keeps its name.`;
    to.used?.(used);
    to.report({ code: 'mapping/no-name', message, ...placeOf(test) });
    return;
  }
  const effect = positive ? 'narrower' : 'broader';
  const message = `${test.field} is ${names} on the other side, which has no words for ${what}; the test keeps its name and never holds, which is ${effect} here.`;
  to.used?.({ ...used, effect });
  to.report({ code: 'loss/value-type', effect, message, ...placeOf(test) });
}

/**
 * The other side has no such name, as a table says. Going to Elastic, a test of it never holds, and one that is negated
 * always; without `positive` it is the name alone that is asked for.
 */
export function tellUnnamed(
  row: UnnamedRow,
  place: Place | FieldTest,
  positive: boolean | undefined,
  to: Renaming,
): void {
  const { field } = place;
  const asksForNone = 'kind' in place && place.kind === 'equals' && place.values.includes(null);
  const effect = positive === asksForNone ? 'broader' : 'narrower';
  const because = `${row.because.replace(/\.$/, '')}; the field keeps its name`;
  if (to.way === 'toSigma' || positive === undefined) {
    to.used?.({ field, name: field, row, others: [], ...testIn(place) });
    const message = `${taxonomyOf(to)} has no name for ${field}: ${because}.`;
    to.report({ code: 'mapping/no-name', message, ...placeOf(place) });
    return;
  }
  to.used?.({ field, name: field, row, others: [], ...testIn(place), effect });
  const holds = asksForNone ? 'always' : 'never';
  const message = `${taxonomyOf(to)} has no field for ${field}: ${because}, and the test ${holds} holds, which is ${effect} here.`;
  to.report({ code: 'loss/no-field', effect, message, ...placeOf(place) });
}

/** A name alone is asked for, and the other side has no name for just that: it says it in other words. */
export function tellOtherWords(rows: readonly FieldRow[], field: string, to: Renaming): void {
  const names = [...new Set(rows.map((row) => nameIn(row, field, to.way)))].join(' or ');
  to.used?.({ field, name: field, others: [], without: rows });
  const message = `${taxonomyOf(to)} has no name for ${field}: ${names} says it in other words; the field keeps its name.`;
  to.report({ code: 'mapping/no-name', message, path: field });
}

/** No table says anything of a field. */
export function tellNothing(field: string, to: Renaming, test?: FieldTest): void {
  to.used?.({ field, name: field, others: [], ...(test && { test }) });
  const near = nearest(field, knownNames(to));
  const hint = near === undefined ? '' : `; ${near} may be meant`;
  const message = `No table says what ${field} is called in ${taxonomyOf(to)}; the field keeps its name${hint}.`;
  to.report({ code: 'mapping/unknown-field', message, ...placeOf(test ?? { field }) });
}

/** The names that the tables have on this side for the log source. */
export function knownNames({ mapping, logSource, way }: Asked): readonly string[] {
  const index = way === 'toEcs' ? mapping.bySigma : mapping.byEcs;
  return [...index].flatMap(([name, rows]) =>
    !name.includes(anyField) && rows.some(({ scope }) => inScope(scope, logSource)) ? [name] : [],
  );
}

function taxonomyOf({ way }: Asked): string {
  return way === 'toEcs' ? 'ECS' : 'Sigma';
}

function placeOf({ field, span }: Place) {
  return { path: field, ...(span && { span }) };
}
