import { familyOf, isPlace } from '../../mapping/index-fields/family.ts';
import type { FoundField } from '../../mapping/index-fields/find.ts';
import type { FieldTest } from '../../query/query.ts';
import { type Asked, isVerified, nameOf, type Use } from './asked.ts';
import type { Complaint } from './complaint.ts';
import { typed } from './shown.ts';
import { judgeValues } from './values.ts';
import { judgeWords } from './words.ts';

/** What is wrong with asking a field in this way, as one index keeps it. What is not certain is no complaint. */
export function judge(found: FoundField, asked: Asked): Complaint | undefined {
  if (asked.use.kind === 'path') return judgePath(found, asked);
  return (
    judgePlace(found, asked) ??
    judgeNested(found, asked) ??
    judgeFlattened(found, asked) ??
    judgeUse(found, asked, asked.use)
  );
}

/** Kibana asks for nested objects only where they are mapped; a filter as it is written asks everywhere. */
function judgePath({ name, field: { type } }: FoundField, { asks }: Asked): Complaint | undefined {
  if (type === 'nested') return undefined;
  const what = `${name} is ${typed(type)} and no list of nested objects`;
  return { code: 'fields/nested', what, end: asks === 'kuery' ? 'never' : 'fails' };
}

/** An object is no field, although it can be asked whether it is there. */
function judgePlace({ name, field }: FoundField, { asks, use }: Asked): Complaint | undefined {
  if (!isPlace(field.type)) return undefined;
  const code = 'fields/object';
  const what = `${name} is an object, and only the fields in it have values`;
  if (isVerified(asks)) return { code, what, end: 'fails' };
  if (use.kind === 'group' || use.kind === 'searched')
    return { code, what: `${what}, ${use.without}`, end: 'said' };
  const isThere = isPresence(use) && field.type !== 'nested' && field.disabled !== true;
  return isThere ? undefined : { code, what, end: 'never' };
}

function isPresence(use: Use): boolean {
  return use.kind === 'test' && asksForPresence(use.test);
}

/** Whether a field has a value, whichever, can be asked of all types. */
function asksForPresence(test: FieldTest): boolean {
  return test.kind === 'exists' || (test.kind === 'equals' && test.values.every((value) => value === null));
}

function judgeNested({ name, nested }: FoundField, { asks, use, within }: Asked): Complaint | undefined {
  if (nested === undefined || within !== undefined) return undefined;
  const code = 'fields/nested';
  const what = `${name} is a field of the nested objects of ${nested}`;
  if (isVerified(asks)) return { code, what: `${what}, which ${nameOf(asks)} does not search`, end: 'said' };
  if (use.kind === 'group' || use.kind === 'searched')
    return { code, what: `${what}, where only a nested search finds it, ${use.without}`, end: 'said' };
  const how = asks === 'kuery' ? `${nested}: { … }` : 'a nested search';
  return { code, what: `${what}, which only ${how} finds`, end: 'never' };
}

function judgeFlattened({ name, field, keyOf }: FoundField, { asks, use }: Asked): Complaint | undefined {
  if (familyOf(field.type) !== 'flattened') return undefined;
  const code = 'fields/flattened';
  if (asks === 'eql' || (asks === 'esql' && keyOf !== undefined)) {
    const what =
      keyOf === undefined ? `${name} is flattened` : `${name} is a key of ${keyOf}, which is flattened`;
    return { code, what: `${what}, and no field to ${nameOf(asks)}`, end: 'fails' };
  }
  // What becomes of wildcards in the words of KQL and Lucene differs from version to version.
  if (keyOf === undefined || asks !== 'dsl' || use.kind !== 'test' || !looksInside(use.test))
    return undefined;
  const what = `${name} is a key of ${keyOf}, which is flattened: its keys are found by whole values and their beginnings`;
  return { code, what, end: 'fails' };
}

/** Wildcards before the end of a value, or an expression. */
function looksInside(test: FieldTest): boolean {
  if (test.kind === 'regex') return true;
  if (test.kind !== 'equals') return false;
  return test.values.some(
    (value) =>
      Array.isArray(value) &&
      value.some((part, index) => typeof part === 'object' && (index < value.length - 1 || index === 0)) &&
      value.length > 1,
  );
}

function judgeUse({ name, field }: FoundField, asked: Asked, use: Use): Complaint | undefined {
  switch (use.kind) {
    case 'named':
    case 'path':
      return undefined;
    case 'group':
      return field.ungrouped
        ? {
            code: 'fields/not-grouped',
            what: `${name} is ${typed(field.type)} without doc values, by which nothing is grouped, ${use.without}`,
            end: 'said',
          }
        : undefined;
    case 'searched':
      return judgeSearched(name, field.unsearchable, asked);
    case 'join':
    case 'operand':
      return asked.asks === 'eql' ? judgeWords({ name, field }, asked) : undefined;
    case 'test':
      return judgeTest({ name, field }, asked, use.test);
    default:
      return use satisfies never;
  }
}

function judgeTest(found: FoundField, asked: Asked, test: FieldTest): Complaint | undefined {
  const { name, field } = found;
  if (asksForPresence(test))
    return field.unsearchable && test.kind === 'exists' ? unseen(name, asked) : undefined;
  return (
    judgeSearched(name, field.unsearchable, asked) ??
    judgeWords(found, asked) ??
    judgeValues(found, asked, test)
  );
}

/** ES|QL reads what no search finds from the event itself. */
function judgeSearched(name: string, unsearchable: true | undefined, { asks }: Asked): Complaint | undefined {
  if (!unsearchable || asks === 'esql') return undefined;
  const what = `${name} is neither indexed nor kept in doc values`;
  return { code: 'fields/not-searchable', what, end: 'fails' };
}

function unseen(name: string, { asks }: Asked): Complaint | undefined {
  if (asks === 'esql') return undefined;
  const what = `${name} is neither indexed nor kept in doc values`;
  return { code: 'fields/not-searchable', what, end: 'never' };
}
