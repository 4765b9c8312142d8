import type { Effect } from '../../src/diagnostic/diagnostic.ts';
import { together } from '../../src/mapping/effect.ts';
import { renameFields } from '../../src/mapping/fields.ts';
import { familyOf } from '../../src/mapping/index-fields/family.ts';
import type { Way } from '../../src/mapping/lookup.ts';
import type { Mapping } from '../../src/mapping/mapping.ts';
import type { FieldRow } from '../../src/mapping/table.ts';
import type { Use } from '../../src/mapping/telling.ts';
import { testOf as wordTest } from '../../src/mapping/words.ts';
import { occurrenceOf, type Types, testOf } from '../../src/match/predicate.ts';
import { and, not } from '../../src/query/build.ts';
import type { Event, Scalar } from '../../src/query/event.ts';
import type { FieldType } from '../../src/query/facts.ts';
import { isPattern, many, one, pattern } from '../../src/query/pattern.ts';
import type { Equals, Predicate, Value } from '../../src/query/query.ts';
import type { LogSource } from '../../src/rule/rule.ts';

/** Tests that a rule may make of a field that holds such a value, or nearly so. */
export function testsFor(field: string, held: Scalar): readonly Predicate[] {
  const is = (value: Value, caseSensitive = false): Equals => ({
    kind: 'equals',
    field,
    values: [value],
    quantifier: 'any',
    caseSensitive,
  });
  const plain: readonly Predicate[] = [is(null), { kind: 'exists', field }, is(['nothing of it'])];
  if (typeof held !== 'string') return [is(held), is([String(held)]), ...plain];
  const tests: Predicate[] = [is([held]), is([held], true), is([held.toUpperCase()]), ...plain];
  for (const at of cutsIn(held)) {
    const [start, end] = [held.slice(0, at), held.slice(at)];
    tests.push(is(pattern([start, many])), is(pattern([many, end])));
    tests.push(
      is(pattern([many, end, many])),
      is(pattern([many, start, many])),
      is(pattern([many, end]), true),
    );
  }
  if (held.length > 1) tests.push(is(pattern([one, held.slice(1)])));
  return tests;
}

/** Where words and pieces of paths begin and end. */
function cutsIn(text: string): readonly number[] {
  const signs = [...text.matchAll(/[\\/.=@, "()]/g)].map(({ index }) => index);
  const all = [Math.ceil(text.length / 2), ...signs, ...signs.map((at) => at + 1)];
  return [...new Set(all)].filter((at) => at > 0 && at < text.length);
}

export interface Asked {
  readonly where: Predicate;
  readonly isNegated: boolean;
  readonly beside: Readonly<Record<string, Scalar>>;
  readonly event: Event;
  readonly there: Event;
  readonly logSource: LogSource;
  readonly mapping: Mapping;
  readonly way: Way;
  readonly rows: readonly FieldRow[];
}

/** What is wrong where a test holds of an event and its other wording of the other event does not, or the other way round. */
export function broken(asked: Asked): string | undefined {
  const { event, there, mapping, rows } = asked;
  const alone = asked.isNegated ? not(asked.where) : asked.where;
  const beside = Object.entries(asked.beside).map(([name, is]) => wordTest(name, [is]));
  const where = beside.length > 0 ? and([...beside, alone]) : alone;
  const { renamed, effect, isKept } = renamedTest(where, asked);
  if (isKept || (effect !== undefined && effect !== 'broader' && effect !== 'narrower')) return undefined;
  const types = typesOf(mapping);
  const before = testOf(where, types)(occurrenceOf(event));
  const after = testOf(renamed, types)(occurrenceOf(there));
  if (before === after || (effect === 'broader' && after) || (effect === 'narrower' && before))
    return undefined;
  const kinds = [...new Set(rows.map(({ change }) => change?.kind ?? 'none'))].join('+');
  return `${kinds} ${effect ?? ''} ${before ? 'missed' : 'too much'} ${asked.isNegated ? 'NOT' : ''} ${asked.where.kind} @@ ${JSON.stringify(asked.logSource)} ${spelled(where)} => ${spelled(renamed)} of ${JSON.stringify(event)} => ${JSON.stringify(there)}`;
}

/** A test by its other names, what that does to it, and whether there are no other names. */
export function renamedTest(
  where: Predicate,
  { mapping, logSource, way }: Pick<Asked, 'mapping' | 'logSource' | 'way'>,
) {
  let effect: Effect | undefined;
  let isKept = false;
  const used = ({ row, without }: Use) => {
    isKept ||=
      without !== undefined ||
      row === undefined ||
      !('sigma' in row && 'ecs' in row && typeof row.ecs === 'string');
  };
  const around = [where.kind === 'and' ? where : { kind: 'and' as const, of: [where] }];
  const renamed = renameFields(where, {
    ...{ mapping, logSource, way, around, used },
    report: (found) => {
      if (found.code.startsWith('loss/')) effect = together(effect, found.effect);
    },
  });
  return { renamed, effect, isKept };
}

const made = new WeakMap<Mapping, Types>();

/** Types of fields as the matcher has them. */
export function typesOf(mapping: Mapping): Types {
  const known = made.get(mapping);
  if (known) return known;
  const types = [...mapping.types].flatMap(([field, type]): readonly [string, FieldType][] => {
    const family = familyOf(type);
    return family === 'ip' || family === 'number' || family === 'boolean' || family === 'date'
      ? [[field, family]]
      : [];
  });
  made.set(mapping, new Map(types));
  return made.get(mapping)!;
}

export function spelled(where: Predicate): string {
  switch (where.kind) {
    case 'and':
    case 'or':
      return `(${where.of.map(spelled).join(` ${where.kind} `)})`;
    case 'not':
      return `not ${spelled(where.of)}`;
    case 'equals':
      return `${where.field}${where.caseSensitive ? '==' : ':'} ${where.values.map(spelledValue).join(' | ')}`;
    default:
      return JSON.stringify(where);
  }
}

function spelledValue(value: Value): string {
  if (value === null || !isPattern(value)) return String(value);
  return `"${value.map((part) => (typeof part === 'string' ? part : 'wildcard' in part ? (part.wildcard === 'many' ? '*' : '?') : '%')).join('')}"`;
}
