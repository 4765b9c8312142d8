import type { Pack, QueryText, Rule } from '../../rule/rule.ts';
import { type Edit, edit } from '../../source/edit.ts';
import { indentBlock, indentOf } from './block.ts';
import type { SigmaDocument } from './collection.ts';
import { type Entry, editEntries } from './edits.ts';
import { type Field, fieldsOfFilter, fieldsOfRule, printField } from './fields.ts';
import { lineStart } from './lines.ts';
import { type Part, packOf, partsOf } from './read.ts';
import { sameData } from './word.ts';

/**
 * The text that a pack was read from, with what has changed since, and not a byte else. Undefined where
 * that cannot be: documents came or went, or are laid out in a way that cannot be edited. Fails on a rule that
 * Sigma has no words for.
 */
export function writeOnto(pack: Pack, text: string): string | undefined {
  const parts = [...partsOf(text, silent)];
  const was = packOf(parts);
  if (samePack(was, pack)) return text;
  if (!sameCounts(was, pack)) return undefined;
  const edits = editsOf(pack, text, parts);
  const changed = edit(
    text,
    edits.map((edit) => ({ ...edit, replacement: withLineEnds(edit.replacement, text) })),
  );
  return sameWords(packOf([...partsOf(changed, silent)]), pack) ? changed : undefined;
}

/** The n-th rule of the pack belongs where the n-th rule of the text stands; so do filters. */
function editsOf(pack: Pack, text: string, parts: readonly Part[]): Edit[] {
  const rules = pack.rules.values();
  const filters = pack.filters.values();
  return parts.flatMap(({ document, rule, filter }) => {
    if (filter) {
      const after = filters.next().value ?? filter;
      return editOwn(text, document, fieldsOfFilter(filter), fieldsOfFilter(after));
    }
    const after = rules.next().value ?? rule;
    const query = queryEdits(text, queryOf(rule), queryOf(after));
    const asked = query.length > 0 ? { ...after, detection: rule.detection } : after;
    return [...query, ...editOwn(text, document, fieldsOfRule(rule), fieldsOfRule(asked))];
  });
}

/** What another document of the collection says stays there; a change of it is said here, which wins. */
function editOwn(
  text: string,
  { own, node }: SigmaDocument,
  before: readonly Field[],
  after: readonly Field[],
): Edit[] {
  const first = node.items[0]?.key.range[0] ?? 0;
  const margin = text.slice(lineStart(text, first), first);
  const [was, is] = [entries(before, margin), entries(after, margin)];
  const said = new Map(was.map((entry) => [entry.key, entry.lines]));
  const isOwn = ({ key }: Entry) => Object.hasOwn(own, key);
  const isSaid = (entry: Entry) => isOwn(entry) || said.get(entry.key) !== entry.lines;
  return editEntries(text, node, was.filter(isOwn), is.filter(isSaid));
}

/** In a document that stands in from the margin, every line does. */
function entries(fields: readonly Field[], margin: string): Entry[] {
  const indent = /^ +$/.test(margin) ? margin : '';
  return fields.map((field) => ({ ...field, lines: printField(field).replace(/^(?=.)/gm, indent) }));
}

function queryOf({ detection }: Rule): QueryText | undefined {
  return detection.kind === 'query' ? detection.query : undefined;
}

/** Of two texts that begin and end alike, what differs between. None where the text cannot be edited so. */
function queryEdits(text: string, before: QueryText | undefined, after: QueryText | undefined): Edit[] {
  if (!before?.span || after?.language !== 'sigma' || before.text === after.text) return [];
  const old = text.slice(before.span.start, before.span.end);
  const said = withLineEnds(indentBlock(after.text, indentOf(old)).slice(0, -1), text);
  const most = Math.min(old.length, said.length);
  let start = 0;
  while (start < most && old.charAt(start) === said.charAt(start)) start += 1;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === said.at(-1 - end)) end += 1;
  const replacement = said.slice(start, said.length - end);
  return [{ start: before.span.start + start, end: before.span.end - end, replacement }];
}

/** Lines that end as those of a text do. */
function withLineEnds(lines: string, text: string): string {
  return text.includes('\r\n') ? lines.replace(/\r?\n/g, '\r\n') : lines;
}

function samePack(a: Pack, b: Pack): boolean {
  return sameData(comparable(a), comparable(b));
}

/** Without the places in a text, and what a parser made of it. */
function comparable({ rules, filters, ...pack }: Pack): unknown {
  return {
    ...pack,
    rules: rules.map((rule) => ({ ...rule, detection: withoutPlaces(rule.detection) })),
    filters: filters.map(({ format, body }) => ({ format, body })),
  };
}

function withoutPlaces(detection: Rule['detection']): unknown {
  if (!('query' in detection) || detection.query === undefined) return detection;
  const { span: _, parsed: __, ...query } = detection.query;
  return { ...detection, query };
}

function sameCounts(a: Pack, b: Pack): boolean {
  const isOwn = b.filters.every(({ format }) => format === 'sigma');
  return isOwn && (['rules', 'filters', 'rest'] as const).every((key) => a[key].length === b[key].length);
}

/** Whether both would be written alike. */
function sameWords(a: Pack, b: Pack): boolean {
  return sameCounts(a, b) && sameData(lines(a), lines(b));
}

function lines({ rules, filters }: Pack): string[] {
  return [...rules.map((rule) => fieldsOfRule(rule)), ...filters.map(fieldsOfFilter)].map((fields) =>
    fields.map(unindented).map(printField).join(''),
  );
}

/** How far a block stands in makes no difference to what it says. */
function unindented(field: Field): Field {
  return 'text' in field ? { ...field, text: indentBlock(field.text, '') } : field;
}

function silent(): void {}
