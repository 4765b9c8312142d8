import { attempt, Failure, need } from '../../diagnostic/attempt.ts';
import { codes } from '../../diagnostic/codes.ts';
import type { Diagnostic, Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { Format, FormatId } from '../../formats/format.ts';
import { type Json, sameJson } from '../../rule/json.ts';
import type { Pack } from '../../rule/rule.ts';
import type { Versions } from '../../source/merge-pieces.ts';
import { asData } from '../as-data.ts';
import { formatFrom } from '../find-format.ts';
import type { Conflict } from './conflict.ts';
import { type Known, knownIn, mergedPack } from './pack.ts';
import { withPiecesMoved } from './pieces-of-text.ts';

/** What is known of the texts that are merged. */
export interface MergeOptions {
  /** The format of the three texts; found by the content of `ours` where it is not said. */
  readonly format?: FormatId;
}

/** The text of ours with all changes of theirs that go together with those of ours. */
export interface Merged {
  readonly text: string;
  readonly conflicts: readonly Conflict[];
}

/**
 * Puts the changes of two sides into one text of rules: `base` is what both began with, `ours` what was edited, `theirs` what the
 * source says now. What was changed on one side alone is taken; what both changed is put together where it goes together, and
 * stays as in `ours`, told as a conflict, where it does not. Queries are merged by what they ask, and read back.
 */
export function merge(versions: Versions<string>, options: MergeOptions = {}): Outcome<Merged> {
  return attempt((report) => {
    const { base, ours, theirs } = versions;
    const format = formatOf(versions, options);
    const packs = packsOf(versions, format, report);
    if (ours === theirs || base === theirs) return { text: ours, conflicts: [] };
    if (base === ours) return { text: theirs, conflicts: [] };
    const conflicts: Conflict[] = [];
    const mayGo = packs.whole;
    const pack = mergedPack(packs, format.id, mayGo, (found) => conflicts.push(found));
    const isMoved = pack.gone.size + pack.come.length > 0;
    const moved = isMoved ? withPiecesMoved(versions, format, pack.gone, pack.come) : ours;
    const onto = moved ?? ours;
    const text = written(inOrderOf(onto, pack.all, format), onto, format, report);
    reportLostComments(ours, text, isMoved, format, report);
    return { text, conflicts: placed(conflicts, text, format) };
  });
}

function formatOf({ base, ours, theirs }: Versions<string>, { format }: MergeOptions): Format {
  const named = format === undefined ? {} : { from: format };
  for (const [text, which] of [
    [ours, 'ours'],
    [base, 'base'],
    [theirs, 'theirs'],
  ] as const) {
    const outcome = attempt(() => formatFrom(text, named));
    if (!outcome.ok) throw unreadable(which, outcome.diagnostics);
    if (which === 'ours') named.from ??= outcome.value.id;
  }
  return formatFrom(ours, named);
}

const called = {
  base: 'The text that was written last (base)',
  ours: 'The text with the local edits (ours)',
  theirs: 'The text of the changed source (theirs)',
} as const;

function unreadable(which: keyof typeof called, diagnostics: readonly Diagnostic[]): Failure {
  const message = `${called[which]} can not be read, so nothing was merged.`;
  const [first] = diagnostics;
  const why = {
    code: 'merge/unreadable',
    message,
    path: which,
    ...(first?.span && { span: first.span }),
  } as const;
  return new Failure(
    why,
    diagnostics.map((one) => ({ ...one, path: one.path ?? which })),
  );
}

/** The packs, and whether each rule of theirs could be read, so that what is missing there is gone. */
function packsOf(
  versions: Versions<string>,
  format: Format,
  report: Report,
): Versions<Pack> & { readonly whole: boolean } {
  let whole = true;
  const packOf = (which: keyof typeof called): Pack => {
    const outcome = format.read(versions[which]);
    if (!outcome.ok) throw unreadable(which, outcome.diagnostics);
    for (const found of outcome.diagnostics.filter(({ code }) => codes[code].level === 'error')) {
      whole = false;
      const { span: _, ...rest } = found;
      report({
        ...rest,
        message: `${called[which]}: ${found.message}`,
        ...(which === 'ours' && found.span && { span: found.span }),
      });
    }
    return outcome.value;
  };
  return { base: packOf('base'), ours: packOf('ours'), theirs: packOf('theirs'), whole };
}

/** In the order in which the text has them; what it does not have comes last. */
function inOrderOf(text: string, all: readonly Known[], format: Format): Pack {
  const there = format.read(text);
  const order = there.ok ? [...knownIn(there.value).keys()] : [];
  const placeOf = ({ key }: Known) => (order.includes(key) ? order.indexOf(key) : order.length);
  const sorted = all.length > 1 ? [...all].sort((a, b) => placeOf(a) - placeOf(b)) : all;
  return {
    rules: sorted.flatMap((one) => (one.kind === 'rule' ? [one.value] : [])),
    filters: sorted.flatMap((one) => (one.kind === 'filter' ? [one.value] : [])),
    rest: sorted.flatMap((one) => (one.kind === 'rest' ? [one.value] : [])),
  };
}

/** The text, which says what was merged: it is read back. */
function written(pack: Pack, onto: string, format: Format, report: Report): string {
  const text = need(format.write(pack, { onto }), report);
  const again = format.read(text);
  if (again.ok && sameJson(meant(again.value), meant(pack))) return text;
  const message =
    'The merged rules do not read back as what was merged; nothing was merged. Please report this.';
  throw new Failure({ code: 'merge/not-as-meant', message });
}

/** What rules say; how it is spelled, and what travels with it, is the business of the format. How far a query stands in is, too. */
function meant({ rules, filters }: Pack): Json {
  const said = rules.map(({ carry: _, origin: __, ...rule }) => rule);
  return JSON.parse(JSON.stringify(asData([said, filters.map(({ body }) => body)]), flush)) as Json;
}

function flush(key: string, value: unknown): unknown {
  return key === 'text' && typeof value === 'string' ? value.trimEnd().replace(/^[ \t]+|\r$/gm, '') : value;
}

/** A text that could not be edited in place was laid out anew, and comments have no place in rules. */
function reportLostComments(
  ours: string,
  text: string,
  isMoved: boolean,
  { id }: Format,
  report: Report,
): void {
  if (isMoved || (id !== 'sigma' && id !== 'elastic')) return;
  const comments = (of: string) => of.match(/^\s*#.*$/gm) ?? [];
  const left = new Set(comments(text).map((line) => line.trim()));
  const lost = comments(ours).filter((line) => !left.has(line.trim()));
  if (lost.length === 0) return;
  const message = `A part of the merged text could not be edited where it stands and was printed anew; comments in it were left out (${lost.length}).`;
  report({ code: 'merge/laid-out-anew', message });
}

function placed(conflicts: readonly Conflict[], text: string, format: Format): readonly Conflict[] {
  if (conflicts.every(({ where }) => where !== 'query')) return conflicts;
  const again = format.read(text);
  const rules = again.ok ? again.value.rules : [];
  return conflicts.map((one) => {
    const rule =
      one.rule === undefined ? rules[0] : rules.find(({ id, title }) => one.rule === (id ?? title));
    const query =
      one.where === 'query' && rule && 'query' in rule.detection ? rule.detection.query : undefined;
    return query?.span ? { ...one, span: query.span } : one;
  });
}
