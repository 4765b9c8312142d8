import { isList, isObject, type Json, type JsonObject, sameJson } from '../rule/json.ts';
import type { Edit } from '../source/edit.ts';
import type { Span } from '../source/source.ts';
import { elements, type Member, members } from './json-scan.ts';
import { listEdits } from './list-edit.ts';

/** Two values: what a text says, as the writer would say it, and what it is to say. */
export interface Change<T extends Json = Json> {
  readonly before: T;
  readonly after: T;
}

/** How new values are spelled: `indent` is what a level is indented by, nothing if all is one line. */
export interface Spelling {
  readonly print: (value: Json, indent: string) => string;
  readonly indent: string;
}

/**
 * The edits that make the change within a text. Only what differs is touched; everything else, and what
 * the writer never said, keeps its spelling.
 */
export function edits(text: string, span: Span, { before, after }: Change, spelling: Spelling): Edit[] {
  if (sameJson(before, after)) return [];
  const char = text.charAt(span.start);
  const within =
    char === '{' && isObject(before) && isObject(after)
      ? editObject(text, span, { before, after }, spelling)
      : char === '[' && isList(before) && isList(after)
        ? editList(text, span, { before, after }, spelling)
        : undefined;
  return within ?? [{ ...span, replacement: respell(text, span, after, spelling) }];
}

/** The writer may say a list otherwise than the text does; then its elements change one by one, or all of it. */
function editList(text: string, span: Span, change: Change<readonly Json[]>, spelling: Spelling) {
  const { before, after } = change;
  const parts = elements(text, span.start);
  const within = (was: number, is: number) =>
    edits(text, parts[was]!, { before: before[was]!, after: after[is]! }, spelling);
  if (!sameJson(JSON.parse(text.slice(span.start, span.end)), before)) {
    const isAsLong = parts.length === before.length && parts.length === after.length;
    return isAsLong ? parts.flatMap((_, index) => within(index, index)) : undefined;
  }
  const [first] = parts;
  const print = (index: number) => spell(text, first!.start, after[index]!, spelling);
  const gap = spelling.indent === '' ? '' : ' ';
  return listEdits({ text, span, elements: parts, gap }, { before, after, change: within, print });
}

function editObject(text: string, span: Span, change: Change<JsonObject>, spelling: Spelling) {
  const { before, after } = change;
  const all = members(text, span.start);
  const stays = ({ key }: Member) => Object.hasOwn(after, key) || !Object.hasOwn(before, key);
  const first = all.findIndex(stays);
  if (first === -1) return undefined;
  const own = { ...spelling, indent: indentIn(text, span, all[0]!) };
  const changes = Object.keys(after).flatMap((key) => {
    const there = all.findLast((member) => member.key === key);
    const said = Object.hasOwn(before, key) ? before[key] : undefined;
    return there ? editValue(text, there.value, said, after[key]!, own) : [];
  });
  // An addition may begin where a removal does; then it stands before what is removed.
  return [...additions(text, span, all, after, own), ...removals(all, stays, first), ...changes];
}

function editValue(text: string, span: Span, before: Json | undefined, after: Json, spelling: Spelling) {
  if (before !== undefined) return edits(text, span, { before, after }, spelling);
  return [{ ...span, replacement: respell(text, span, after, spelling) }];
}

/** A new member goes behind the one that the writer puts before it, and looks like its neighbours. */
function additions(
  text: string,
  span: Span,
  all: readonly Member[],
  after: JsonObject,
  spelling: Spelling,
): Edit[] {
  const [one, two] = all as [Member, ...Member[]];
  const comma = two
    ? text.slice(one.value.end, two.name.start)
    : `,${text.slice(span.start + 1, one.name.start)}`;
  const colon = text.slice(one.name.end, one.value.start);
  const result: Edit[] = [];
  let behind: Member | undefined;
  for (const [key, value] of Object.entries(after)) {
    const there = all.findLast((member) => member.key === key);
    if (there === undefined) {
      const start = behind?.value.end ?? one.name.start;
      const said = spelling.print(key, '') + colon + spell(text, one.name.start, value, spelling);
      result.push({ start, end: start, replacement: behind ? comma + said : said + comma });
    }
    behind = there ?? behind;
  }
  return result;
}

/** A member takes the comma before it along; those before the first that stays, the comma behind them. */
function removals(all: readonly Member[], stays: (member: Member) => boolean, first: number): Edit[] {
  return all.flatMap((member, at) => {
    if (stays(member)) return [];
    const start = at < first ? member.name.start : all[at - 1]!.value.end;
    const end = at < first ? all[at + 1]!.name.start : member.value.end;
    return [{ start, end, replacement: '' }];
  });
}

/** A list or an object that stood on one line goes on doing so. */
function respell(text: string, span: Span, value: Json, spelling: Spelling): string {
  const old = text.slice(span.start, span.end);
  const oneLine = /^[[{]/.test(old) && old.length > 2 && !old.includes('\n');
  return spell(text, span.start, value, oneLine ? { ...spelling, indent: '' } : spelling);
}

function spell(text: string, at: number, value: Json, { print, indent }: Spelling): string {
  const printed = print(value, indent);
  if (!printed.includes('\n')) return printed;
  return printed.replaceAll('\n', (text.includes('\r\n') ? '\r\n' : '\n') + blankBefore(text, at));
}

/** What the members of an object are indented by, beyond the line that it begins on. */
function indentIn(text: string, span: Span, first: Member): string {
  const gap = text.slice(span.start + 1, first.name.start);
  if (!gap.includes('\n')) return '';
  return gap.slice(gap.lastIndexOf('\n') + 1).slice(blankBefore(text, span.start).length) || '  ';
}

/** The blanks that the line begins with. */
function blankBefore(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
