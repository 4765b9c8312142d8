import { and, not, or } from '../query/build.ts';
import { isPattern, many } from '../query/pattern.ts';
import type { Equals, Exists, FieldTest, Operand, Predicate, Regex, Value } from '../query/query.ts';
import { isFieldTest, mapLeaves, mapOperandFields } from '../query/walk.ts';
import { asksForAbsent } from './absent.ts';
import { joinedAccounts } from './changes/account.ts';
import type { Renamed } from './changes/change.ts';
import { expressionOfName, expressionOfWhole } from './changes/expression.ts';
import { changeValue } from './changes/index.ts';
import { knownField } from './ecs.ts';
import { together } from './effect.ts';
import { lookUp, nameIn, unnamedRow } from './lookup.ts';
import { effectOfNothing, effectOfPresence, effectOfRow, rowsOfNothing } from './nothing.ts';
import type { FieldRow } from './table.ts';
import {
  type Renaming,
  tellName,
  tellNothing,
  tellOtherWords,
  tellRow,
  tellUnnamed,
  tellUnsayable,
} from './telling.ts';
import { retyped, typed } from './types.ts';
import { testOf, wordsOf } from './words.ts';

/** A predicate with its fields called by the names of the other taxonomy, and its values changed with them. */
export function renameFields(where: Predicate, to: Renaming): Predicate {
  if (to.keepsNames) return to.way === 'toEcs' ? retyped(where, to.mapping, true) : where;
  let here: Renaming = to;
  const renamed = mapLeaves(where, (leaf, positive, around) => {
    // Leaves that stand side by side stand in the same joins.
    if (here.around !== around) here = { ...to, around };
    const became = renameLeaf(leaf, positive, here);
    to.became?.(leaf, became, positive);
    return became;
  });
  return to.way === 'toSigma' ? joinedAccounts(renamed) : renamed;
}

/** A field as it is called on the other side where only the name counts: a join key, an operand. */
export function renameField(field: string, to: Renaming): string {
  if (to.keepsNames) return field;
  const known = lookUp(field, to);
  const named = known?.rows?.filter((candidate) => candidate.change === undefined);
  const row = named?.find((candidate) => candidate.key) ?? named?.[0];
  if (row) return tellName(row, field, to);
  const unnamed = known?.unnamed ?? unnamedRow(field, to);
  if (unnamed) tellUnnamed(unnamed, { field }, undefined, to);
  else if (known?.rows) tellOtherWords(known.rows, field, to);
  else tellNothing(field, to);
  return field;
}

/** An operand with its fields renamed. */
export function renameOperand(operand: Operand, to: Renaming): Operand {
  return mapOperandFields(operand, (field) => renameField(field, to));
}

function renameLeaf(leaf: Predicate, positive: boolean, to: Renaming): Predicate {
  if (isFieldTest(leaf)) return renameTest(leaf, positive, to);
  switch (leaf.kind) {
    case 'compare':
      return { ...leaf, left: renameOperand(leaf.left, to), right: renameOperand(leaf.right, to) };
    case 'call':
      return { ...leaf, arguments: leaf.arguments.map((argument) => renameOperand(argument, to)) };
    default:
      return leaf;
  }
}

function renameTest(test: FieldTest, positive: boolean, to: Renaming): Predicate {
  const known = lookUp(test.field, to);
  if (known?.rows) {
    return test.kind === 'equals'
      ? renameEquals(test, known.rows, positive, to)
      : renameOther(test, known.rows, positive, to);
  }
  if (known) tellUnnamed(known.unnamed, test, positive, to);
  else tellNothing(test.field, to, test);
  return test;
}

/**
 * Each value by the first row that can say it. Where that would tear a list apart only because a row is
 * the shorter way of saying some of it, the row that says all is taken.
 */
function renameEquals(test: Equals, rows: readonly FieldRow[], positive: boolean, to: Renaming): Predicate {
  const [first] = rows;
  const otherwise = positive ? undefined : renameOtherwise(test, rows, to);
  if (otherwise) return otherwise;
  const whole = first && first.change === undefined ? renameWhole(test, first, to) : undefined;
  if (first && whole) {
    tellRow(first, effectOfRow(first, test.values, to.way), test, positive, to);
    return whole;
  }
  const each = test.values.map((value) =>
    firstOf(value === null ? rowsOfNothing(rows, to.way) : rows, (row) =>
      renameValue(value, test, row, rows, positive, to),
    ),
  );
  if (!each.every((one) => one !== undefined)) {
    const stuck = test.values[each.indexOf(undefined)]!;
    tellUnsayable(test, spellValue(stuck), rows, positive, to);
    return test;
  }
  return rejoined(test, inOneRow(test, rows, each, positive, to) ?? each, positive, to);
}

/** All of a list under another name, its values as they are. */
function renameWhole(test: Equals, row: FieldRow, to: Renaming): Predicate | undefined {
  return settleTypes(listOf({ ...test, field: nameIn(row, test.field, to.way) }, test.values), to);
}

/** The same list by one row without a change, if only shorthands stand against it. */
function inOneRow(
  test: Equals,
  rows: readonly FieldRow[],
  each: readonly RowRenamed[],
  positive: boolean,
  to: Renaming,
): readonly RowRenamed[] | undefined {
  const used = new Set(each.map((one) => one.row));
  const plain = rows.find((row) => row.change === undefined);
  if (used.size < 2 || !plain || ![...used].every((row) => row === plain || isShorthand(row)))
    return undefined;
  const renamed = test.values.map((value) => renameValue(value, test, plain, rows, positive, to));
  return renamed.every((one) => one !== undefined) ? renamed : undefined;
}

/** A field for a piece of another: what it says, the other can say as well. */
function isShorthand({ change }: FieldRow): boolean {
  return change?.kind === 'file-name' || change?.kind === 'extension';
}

function firstOf<T, U>(values: readonly T[], find: (value: T) => U | undefined): U | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface RowRenamed extends Renamed {
  readonly row: FieldRow;
}

function renameValue(
  value: Value,
  test: Equals,
  row: FieldRow,
  rows: readonly FieldRow[],
  positive: boolean,
  to: Renaming,
): RowRenamed | undefined {
  const target = {
    field: nameIn(row, test.field, to.way),
    from: test.field,
    caseSensitive: test.caseSensitive,
  };
  const renamed = changeValue(value, target, row.change, to.way);
  if (renamed === undefined) return undefined;
  const settled = settleTypes(renamed.test, to);
  if (settled === undefined) return undefined;
  // Who asks for an absent field as well loses nothing where an empty one is left out.
  const isSaid = row.change?.kind === 'empty' && asksForAbsent(test, positive, to.around);
  const asking = { rows, positive, around: to.around, way: to.way };
  const unsaid = together(isSaid ? undefined : renamed.effect, effectOfNothing(value, test, row, asking));
  const effect = together(unsaid, effectOfRow(row, [value], to.way));
  return { row, test: settled, ...(effect && { effect }) };
}

/** The values of a list, renamed one by one, as few lists again. */
function rejoined(test: Equals, parts: readonly RowRenamed[], positive: boolean, to: Renaming): Predicate {
  for (const row of new Set(parts.map((part) => part.row))) {
    const own = parts.filter((part) => part.row === row);
    const effect = own.map((part) => part.effect).reduce(together, undefined);
    const isAll = own.length === parts.length;
    const values = isAll ? test.values : test.values.filter((_, index) => parts[index]?.row === row);
    tellRow(row, effect, isAll ? test : { ...test, values }, positive, to);
  }
  const joined = regrouped(
    test.quantifier,
    parts.map((part) => part.test),
  );
  return withSpan(joined, test);
}

function regrouped(quantifier: 'any' | 'all', tests: readonly Predicate[]): Predicate {
  const [only, ...more] = tests;
  if (only?.kind === 'equals' && more.length === 0 && only.values.length === 1) return inAny(only);
  // One for each field that the rows lead to, which are few.
  const lists: { readonly head: Equals; readonly values: Value[] }[] = [];
  const others: Predicate[] = [];
  for (const test of tests) {
    const single = test.kind === 'equals' && (quantifier === 'any' || test.values.length === 1);
    if (!single) {
      others.push(test);
      continue;
    }
    const { field, caseSensitive } = test;
    const list = lists.find(({ head }) => head.field === field && head.caseSensitive === caseSensitive);
    if (!list) lists.push({ head: test, values: [...test.values] });
    else for (const value of test.values) list.values.push(value);
  }
  const parts = lists.map(({ head, values }) => listOf({ ...head, quantifier }, values));
  return quantifier === 'any' ? or([...parts, ...others]) : and([...parts, ...others]);
}

function inAny(test: Equals): Equals {
  return test.quantifier === 'any' ? test : { ...test, quantifier: 'any' };
}

/** Two values of one side may be one of the other. Of one value, `any` and `all` are the same: `any` is said. */
function listOf(test: Equals, values: readonly Value[]): Equals {
  if (values.length === 1) return { ...test, values, quantifier: 'any' };
  const different = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  return { ...test, values: different, quantifier: different.length === 1 ? 'any' : test.quantifier };
}

/** Tests without values of the plain kind: the first row that only renames, or one that can follow. */
function renameOther(
  test: Exclude<FieldTest, Equals>,
  rows: readonly FieldRow[],
  positive: boolean,
  to: Renaming,
): Predicate {
  const piece = test.kind === 'regex' ? renameExpression(test, rows, positive, to) : undefined;
  if (piece) return piece;
  const there = test.kind === 'exists' ? renamePresence(test, rows[0], positive, to) : undefined;
  if (there) return there;
  const plain = rows.find(
    (row) => row.change === undefined || row.change.kind === 'number' || row.change.kind === 'entries',
  );
  const kept = rows.filter(({ change }) => change?.kind !== 'presence' && change?.kind !== 'otherwise');
  const said = rowsOfNothing(rows, to.way).filter((one) => kept.includes(one));
  const row = test.kind === 'exists' ? (said.find((one) => !isShorthand(one)) ?? said[0]) : plain;
  const settled = row && settleTypes({ ...test, field: nameIn(row, test.field, to.way) }, to);
  if (row && settled) {
    const unsaid =
      test.kind === 'exists' ? effectOfPresence(test.field, row, { rows, way: to.way }) : undefined;
    tellRow(row, together(unsaid, row.effect?.[to.way]), test, positive, to);
    return settled;
  }
  tellUnsayable(test, spellTest(test), rows, positive, to);
  return test;
}

/** That a field is none of all those values for which ECS has another word than for the rest. */
function renameOtherwise(test: Equals, rows: readonly FieldRow[], to: Renaming): Predicate | undefined {
  if (to.way !== 'toEcs' || test.quantifier !== 'any') return undefined;
  const asked = new Set(wordsOf(test)?.map((word) => String(word).toLowerCase()));
  for (const row of rows) {
    if (row.change?.kind !== 'otherwise') continue;
    const but = row.change.but.map((word) => String(word).toLowerCase());
    if (asked.size !== but.length || !but.every((word) => asked.has(word))) continue;
    tellRow(row, row.effect?.toEcs, test, false, to);
    return not(testOf(row.ecs, [row.change.word]));
  }
  return undefined;
}

/** That a field is there, where ECS has a word for it, or Sigma a piece of text. */
function renamePresence(
  test: Exists,
  row: FieldRow | undefined,
  positive: boolean,
  to: Renaming,
): Predicate | undefined {
  const isSaid = row?.change?.kind === (to.way === 'toEcs' ? 'presence' : 'hash');
  if (!row || !isSaid) return undefined;
  const { test: renamed } =
    changeValue([many], { ...asNamed(row, test, to), caseSensitive: false }, row.change, to.way) ?? {};
  if (!renamed) return undefined;
  tellRow(row, row.effect?.[to.way], test, positive, to);
  return withSpan(renamed, test);
}

function asNamed(row: FieldRow, { field }: FieldTest, { way }: Renaming) {
  return { field: nameIn(row, field, way), from: field };
}

/** A regular expression for a piece of a path or of a command line, and one for the whole, unless a row before says it as it is. */
function renameExpression(
  test: Regex,
  rows: readonly FieldRow[],
  positive: boolean,
  to: Renaming,
): Predicate | undefined {
  const rename = to.way === 'toEcs' ? expressionOfName : expressionOfWhole;
  for (const row of rows) {
    if (row.change === undefined) return undefined;
    const renamed = rename(test, row.change);
    if (!renamed) continue;
    tellRow(row, renamed.isLoose ? 'broader' : undefined, test, positive, to);
    const { flags: _, ...plain } = test;
    return { ...plain, ...renamed.test, field: nameIn(row, test.field, to.way) };
  }
  return undefined;
}

/** Going to ECS, values take the type of their field; undefined where no value of that type can say the test. */
function settleTypes(test: Predicate, { way, mapping, final }: Renaming): Predicate | undefined {
  if (way === 'toSigma') return test;
  let sayable = true;
  const settled = mapLeaves(test, (leaf) => {
    // Of a field that only a pipeline knows, nobody knows the type.
    if (isFieldTest(leaf) && final?.has(leaf.field) && knownField(leaf.field, mapping).type === 'unknown')
      return leaf;
    const typedLeaf = leaf.kind === 'equals' || leaf.kind === 'range' ? typed(leaf, mapping) : leaf;
    sayable &&= typedLeaf !== undefined;
    return typedLeaf ?? leaf;
  });
  return sayable ? settled : undefined;
}

function spellValue(value: Value): string {
  if (value === null || !isPattern(value)) return `${value}`;
  const text = value.map((part) => (typeof part === 'string' ? part : 'wildcard' in part ? '*' : '%'));
  return `"${text.join('')}"`;
}

function spellTest(test: Exclude<FieldTest, Equals>): string {
  return test.kind === 'range' ? `${test.operator} ${test.value}` : `a test of kind ${test.kind}`;
}

function withSpan(node: Predicate, { span }: FieldTest): Predicate {
  return span && isFieldTest(node) ? { ...node, span } : node;
}
