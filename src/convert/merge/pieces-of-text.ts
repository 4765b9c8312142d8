import { attempt } from '../../diagnostic/attempt.ts';
import type { Format } from '../../formats/format.ts';
import type { Pack } from '../../rule/rule.ts';
import { type Edit, edit } from '../../source/edit.ts';
import type { Span } from '../../source/source.ts';
import { knownIn } from './pack.ts';

/** The texts that rules come from and go to. */
export interface Texts {
  readonly ours: string;
  readonly theirs: string;
}

/**
 * The text of ours without what is gone, and with what comes from theirs as it stands there. Undefined where the pieces of the
 * text are no rules of their own.
 */
export function withPiecesMoved(
  { ours, theirs }: Texts,
  format: Format,
  gone: ReadonlySet<string>,
  come: readonly string[],
): string | undefined {
  const [mine, its] = [piecesOf(ours, format), piecesOf(theirs, format)];
  if ([...gone].some((key) => !mine.has(key)) || come.some((key) => !its.has(key))) return undefined;
  const removals = [...gone].map((key) => removal(ours, mine.get(key)!, format));
  const kept = [...mine].filter(([key]) => !gone.has(key));
  const last = kept.at(-1)?.[1];
  if (last === undefined) return undefined;
  // Rules stand with rules, where there are some.
  const kinds = new Set(come.map(kindOf));
  const additions = [...kinds].map((kind) => {
    const behind =
      format.id === 'sigma' ? last : (kept.findLast(([key]) => kindOf(key) === kind)?.[1] ?? last);
    const texts = come.filter((key) => kindOf(key) === kind).flatMap((key) => its.get(key) ?? []);
    return addition(
      ours,
      behind,
      texts.map(({ start, end }) => theirs.slice(start, end)),
      format,
    );
  });
  const outcome = attempt(() => edit(ours, [...removals, ...additions]));
  return outcome.ok ? counted(outcome.value, ours, format) : undefined;
}

/** Where each thing stands that is one by itself. */
function piecesOf(text: string, format: Format): ReadonlyMap<string, Span> {
  const pieces = new Map<string, Span>();
  for (const span of format.regions(text)) {
    const pack = format.read(text.slice(span.start, span.end));
    const keys = pack.ok ? [...knownIn(pack.value).keys()] : [];
    if (keys.length === 1 && !pieces.has(keys[0]!)) pieces.set(keys[0]!, span);
  }
  return pieces;
}

/** `rule`, `filter`, `rest` */
function kindOf(key: string): string {
  return key.slice(0, key.indexOf(' '));
}

function isArray(text: string): boolean {
  return /^\uFEFF?\s*\[/.test(text);
}

/** With the sign that parts it from the next, or from the one before. */
function removal(text: string, { start, end }: Span, { id }: Format): Edit {
  if (id === 'sigma') return { start, end, replacement: '' };
  const behind = /^[ \t]*(?:,\s*|\r?\n)/.exec(text.slice(end))?.[0];
  if (behind !== undefined) return { start, end: end + behind.length, replacement: '' };
  const before = /[ \t\r\n]*,?\s*$/.exec(text.slice(0, start))![0];
  return { start: isArray(text) ? start - before.length : start, end, replacement: '' };
}

/** Behind the last that stays. */
function addition(text: string, { end }: Span, pieces: readonly string[], { id }: Format): Edit {
  if (id === 'sigma') {
    const gap = text.slice(0, end).endsWith('\n') ? '' : '\n';
    const documents = pieces.map((piece) => (piece.startsWith('---') ? piece : `---\n${piece}`));
    const whole = documents.map((piece) => (piece.endsWith('\n') ? piece : `${piece}\n`)).join('');
    return { start: end, end, replacement: `${gap}${whole}` };
  }
  const sign = isArray(text) ? ',\n' : '\n';
  return { start: end, end, replacement: pieces.map((piece) => `${sign}${piece}`).join('') };
}

const counts = {
  exported_rules_count: (pack: Pack) => pack.rules.length,
  exported_exception_list_count: (pack: Pack) => listsIn(pack),
  exported_exception_list_item_count: (pack: Pack) => pack.filters.length - listsIn(pack),
  exported_action_connector_count: (pack: Pack) => pack.rest.length,
  exported_count: (pack: Pack) => pack.rules.length + pack.filters.length + pack.rest.length,
} as const;

function listsIn({ filters }: Pack): number {
  return filters.filter(({ body }) => !Object.hasOwn(body, 'item_id')).length;
}

/** The last line of an export says how many there are. */
function counted(text: string, before: string, format: Format): string {
  const [was, is] = [format.read(before), format.read(text)];
  if (format.id !== 'kibana' || !was.ok || !is.ok) return text;
  const details = format
    .regions(text)
    .find(({ start, end }) => /^\{\s*"exported_count"/.test(text.slice(start, end)));
  if (details === undefined) return text;
  const line = Object.entries(counts).reduce(
    (said, [key, count]) => {
      const more = count(is.value) - count(was.value);
      return said.replace(
        new RegExp(`("${key}"\\s*:\\s*)(\\d+)`),
        (_, name, number) => `${name}${Number(number) + more}`,
      );
    },
    text.slice(details.start, details.end),
  );
  return edit(text, [{ ...details, replacement: line }]);
}
