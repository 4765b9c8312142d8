import { isList, isObject, type Json, sameJson, valueAt } from '../../rule/json.ts';
import { changesOf } from '../../source/piece-changes.ts';
import type { Difference } from '../compare/envelope.ts';
import { listed, nameOf, valueText, verbOf } from './naming.ts';
import type { Said } from './rule-change.ts';

/** What stands beside the query and is otherwise, in words. */
export function envelopeChange({ field, first, second }: Difference): readonly Said[] {
  // A map key by key, where both are one.
  if (isObject(first) && isObject(second)) {
    return [...new Set([...Object.keys(first), ...Object.keys(second)])]
      .filter((key) => !sameJson(valueAt(first, key), valueAt(second, key)))
      .flatMap((key) => {
        const [was, is] = [valueAt(first, key), valueAt(second, key)];
        return envelopeChange({
          field: `${field}.${key}`,
          ...(was !== undefined && { first: was }),
          ...(is !== undefined && { second: is }),
        });
      });
  }
  const said = {
    where: field,
    ...(first !== undefined && { before: first }),
    ...(second !== undefined && { after: second }),
  };
  return messagesOf(field, first, second).map((message) => ({ ...said, message }));
}

function messagesOf(field: string, before: Json | undefined, after: Json | undefined): readonly string[] {
  const name = nameOf(field);
  if (isList(before ?? []) && isList(after ?? [])) return listMessages(name, before, after);
  if (before === undefined) return [`${name} set${toText(after)}`];
  if (after === undefined)
    return [`${name} removed${isPlain(before) ? ` (it was ${valueText(before)})` : ''}`];
  if (!isPlain(before) || !isPlain(after)) return [`${name} changed${linesText(before, after)}`];
  return [`${name} ${verbOf(field, before, after)} from ${valueText(before)} to ${valueText(after)}`];
}

function listMessages(name: string, before: Json | undefined, after: Json | undefined): readonly string[] {
  const [was, is] = [before, after].map((list) => (isList(list) ? list : []));
  const come = without(is!, was!);
  const gone = without(was!, is!);
  const messages = [
    ...(come.length > 0 ? [`${name}: ${listed(come)} added`] : []),
    ...(gone.length > 0 ? [`${name}: ${listed(gone)} removed`] : []),
  ];
  return messages.length > 0 ? messages : [`${name} put in another order`];
}

function without(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  const there = new Set(other.map((value) => JSON.stringify(value)));
  return list.filter((value) => !there.has(JSON.stringify(value)));
}

function toText(value: Json | undefined): string {
  return value !== undefined && isPlain(value) ? ` to ${valueText(value)}` : '';
}

function isPlain(value: Json): boolean {
  return typeof value === 'string'
    ? value.length <= 60 && !value.includes('\n')
    : !isObject(value) && !isList(value);
}

/** How much of a text is otherwise. */
function linesText(before: Json, after: Json): string {
  if (typeof before !== 'string' || typeof after !== 'string') return '';
  const [was, is] = [before, after].map((text) => text.split('\n'));
  if (was!.length < 2 && is!.length < 2) return '';
  const changes = changesOf(was!, is!);
  const come = changes.reduce((sum, { pieces }) => sum + pieces.length, 0);
  const gone = changes.reduce((sum, { start, end }) => sum + end - start, 0);
  return ` (lines: ${come} added, ${gone} removed)`;
}
