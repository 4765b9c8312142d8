import { type FormatId, partsAmong, type Rule, type RuleFilter, read } from '../index.ts';
import { inputFiles, readText } from '../node/files.ts';
import { withoutChance } from '../node/strange.ts';
import { findingsOf, type Label, type Manner, printJson, tellFindings } from './tell-match.ts';
import { UsageError } from './usage.ts';

export interface RulesRead {
  readonly rules: readonly Rule[];
  readonly filters: readonly RuleFilter[];
  /** Those that do not only serve a correlation, with what they are called and the text they stand in. */
  readonly asked: readonly (Label & { readonly what: Rule; readonly text: string })[];
  /** Whether all that was named could be read. */
  readonly isWhole: boolean;
}

/**
 * The rules of all files that were named. What is in a folder by chance is passed over; what can not be read is told of, and
 * costs nothing else.
 */
export function rulesAt(paths: readonly string[], from: string | undefined, manner: Manner): RulesRead {
  const { files, missing } = inputFiles(paths);
  if (missing.length > 0) throw new UsageError(`There is nothing at ${missing.join(', ')}.`);
  const filters: RuleFilter[] = [];
  let isWhole = true;
  const all = files.flatMap((file) => {
    const { path } = file;
    const source = readText(path);
    const format = from === undefined ? {} : { format: from as FormatId };
    const first = source.ok ? read(source.text, format) : ({ ok: false, diagnostics: [source] } as const);
    const { outcome, ignored } = withoutChance(file, source.text, first);
    if (ignored) return [];
    const findings = findingsOf(outcome.diagnostics, { path, text: source.text }, manner);
    const told = findings.filter(({ level }) => level === 'error' || manner.verbose);
    if (!manner.json) tellFindings(told, source.text);
    else if (told.length > 0) printJson({ path, diagnostics: told });
    if (told.some(({ level }) => level === 'error')) isWhole = false;
    if (!outcome.ok) return [];
    for (const one of outcome.value.filters) filters.push(one);
    return outcome.value.rules.map((rule) => ({ rule, path, text: source.text }));
  });
  const rules = all.map(({ rule }) => rule);
  const parts = partsAmong(rules);
  const asked = all
    .filter(({ rule }) => !parts.has(rule))
    .map(({ rule, ...place }) => ({ what: rule, ...named(rule), ...place }));
  return { rules, filters, asked, isWhole };
}

function named({ id, name, title }: Rule): Pick<Label, 'rule' | 'title'> {
  return { rule: id ?? name ?? title ?? '', title: title ?? name ?? id ?? '' };
}
