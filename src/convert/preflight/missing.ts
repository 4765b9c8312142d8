import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { isPlace } from '../../mapping/index-fields/family.ts';
import { disabledAbove, isClosed } from '../../mapping/index-fields/find.ts';
import type { IndexFields, KnownFields } from '../../mapping/index-fields/model.ts';
import { shownName } from '../../mapping/index-fields/names.ts';
import { type Asked, isVerified } from './asked.ts';
import { failure, never } from './complaint.ts';
import { finding } from './finding.ts';
import { anyThere } from './look.ts';
import { shownList } from './shown.ts';
import { suggested } from './suggest.ts';

interface Around {
  readonly known: KnownFields;
  readonly indices: readonly IndexFields[];
  readonly unmet: readonly string[];
  /** Fields without which the rule finds nothing. */
  readonly needed: ReadonlySet<string>;
}

/** What is to be told of a field that no index has: once, by the use of it that suffers most. */
export function absent(field: string, asked: readonly Asked[], around: Around): readonly Diagnostic[] {
  const { known, indices } = around;
  const meant = asked.filter(({ optional }) => !optional);
  const worst =
    meant.find(({ asks }) => isVerified(asks)) ?? meant.find(({ negated }) => !negated) ?? meant[0];
  if (worst === undefined) return [];
  if (field.includes('*') && anyThere(field, indices)) return [];
  if (known.of === 'ecs') return isOthers(field, indices) ? [] : [unknownToEcs(field, worst, around)];
  if (!indices.every((index) => isClosed(field, index))) return [notMapped(field, worst, around)];
  if (isExpected(worst)) return [];
  const why = whyNot(field, around);
  const end = `${comes(field, worst, around)}${hint(field, known)}`;
  if (around.unmet.length > 0) {
    const unless = `unless ${shownList(around.unmet)} has it`;
    return [finding('fields/not-here', `${why}; ${unless}, ${end.replace(/^so /, '')}.`, worst)];
  }
  const code = worst.negated && !isVerified(worst.asks) ? 'fields/always-holds' : 'fields/unknown';
  return [finding(code, `${why}, ${end}.`, worst)];
}

/** A filter of Kibana or a rule that asks for the absence of a field gets what it asks for. */
function isExpected({ use, negated, asks }: Asked): boolean {
  if (isVerified(asks) || use.kind !== 'test') return false;
  if (use.test.kind === 'exists') return negated === true;
  return use.test.kind === 'equals' && use.test.values.includes(null);
}

function comes(field: string, asked: Asked, { needed }: Around): string {
  if (asked.use.kind === 'group' || asked.use.kind === 'searched') return asked.use.without;
  if (isVerified(asked.asks) || (asked.use.kind === 'path' && asked.asks === 'dsl')) return failure(asked);
  if (!asked.negated && needed.has(field)) return 'so the rule finds nothing';
  return never(asked);
}

function whyNot(field: string, { indices }: Around): string {
  const names = [...new Set(indices.map(shownName))];
  const places = names.length > 1 ? `none of ${shownList(names)}` : shownList(names);
  const off = disabledAbove(field, indices[0]!);
  const shut = off === undefined ? '' : ` (nothing in ${off} is read there)`;
  const there = names.length > 1 ? `${field} is in ${places}` : `${field} is not in ${places}`;
  return `${there}${shut}`;
}

function hint(field: string, known: KnownFields): string {
  const names = suggested(field, known);
  return names.length === 0 ? '' : `; ${shownList(names).replace(/ and /, ' or ')} may be meant`;
}

/** Below a field of ECS stand the sites' own keys and multi-fields. */
function isOthers(field: string, indices: readonly IndexFields[]): boolean {
  for (let at = field.lastIndexOf('.'); at > 0; at = field.lastIndexOf('.', at - 1)) {
    const above = indices[0]?.fields.get(field.slice(0, at));
    if (above) return isPlace(above.type) || at === field.lastIndexOf('.');
  }
  return false;
}

function unknownToEcs(field: string, asked: Asked, { known, indices }: Around): Diagnostic {
  const message = `${field} is no field of ${shownList(indices.map(shownName))}, so it is some integration's own${hint(field, known)}.`;
  return finding('fields/not-ecs', message, asked);
}

function notMapped(field: string, asked: Asked, { known, indices }: Around): Diagnostic {
  const open = indices.filter((index) => !isClosed(field, index));
  const parts = [...new Set(open.flatMap(({ missing = [] }) => missing))];
  const how =
    parts.length > 0
      ? `unless ${shownList(parts)} maps it, which was not read`
      : 'and is there only once an event brings it';
  const message = `${field} is not mapped by ${shownList([...new Set(open.map(shownName))])}, ${how}${hint(field, known)}.`;
  return finding('fields/not-mapped', message, asked);
}
