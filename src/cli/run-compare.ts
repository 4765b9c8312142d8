import {
  type CompareOptions,
  compare,
  comparePacks,
  type FormatId,
  partsAmong,
  type Rule,
  type RuleFilter,
  read,
} from '../index.ts';
import { inputFiles, readText } from '../node/files.ts';
import { type Labels, type Manner, tellPacks, tellRules } from './tell-compare.ts';
import { findingsOf, printJson, tellFindings } from './tell-match.ts';
import { progress } from './terminal.ts';
import { loaded, UsageError } from './usage.ts';

interface Flags extends Manner {
  readonly a: string;
  readonly b: string;
  readonly from?: FormatId | undefined;
}

/** The rules that one of the two stands for. */
interface Side {
  readonly rules: readonly Rule[];
  readonly filters: readonly RuleFilter[];
  /** Those that do not only serve a correlation. */
  readonly asked: readonly Rule[];
  readonly paths: ReadonlyMap<Rule, string>;
  /** Whether all that was named could be read. */
  readonly isWhole: boolean;
}

/** Compares two rules, or two packs of them, and tells how they stand to one another. Gives the exit code. */
export function runCompare(flags: Flags, options: CompareOptions): number {
  const [first, second] = [sideOf(flags.a, flags), sideOf(flags.b, flags)];
  const labels: Labels = (rule) => ({
    rule: rule.id ?? rule.name ?? rule.title ?? '',
    title: rule.title ?? rule.name ?? rule.id ?? '',
    path: first.paths.get(rule) ?? second.paths.get(rule) ?? '',
  });
  const isWhole = first.isWhole && second.isWhole;
  const areSingle = [first, second].every(({ asked }) => asked.length === 1);
  return (areSingle ? runRules : runPacks)(first, second, labels, isWhole, flags, options);
}

type Run = (
  first: Side,
  second: Side,
  labels: Labels,
  isWhole: boolean,
  flags: Flags,
  options: CompareOptions,
) => number;

const runRules: Run = (first, second, labels, isWhole, flags, options) => {
  const [a, b] = [first.asked[0]!, second.asked[0]!];
  const comparison = loaded(compare(first, second, options));
  tellRules(comparison, labels(a), labels(b), flags);
  return comparison.relation === 'equal' && isWhole ? 0 : 1;
};

const runPacks: Run = (first, second, labels, isWhole, flags, options) => {
  const found = comparePacks(first, second, {
    ...options,
    progress: (done, total) => progress(done, total, 'pairs'),
  });
  const areEqual = tellPacks(found, [first.asked.length, second.asked.length], labels, flags);
  return areEqual && isWhole ? 0 : 1;
};

/** What is in a folder by chance is passed over; what can not be read is told of, and costs nothing else. */
function sideOf(given: string, flags: Flags): Side {
  const { files, missing } = inputFiles([given]);
  if (missing.length > 0) throw new UsageError(`There is nothing at ${given}.`);
  const rules: Rule[] = [];
  const filters: RuleFilter[] = [];
  const paths = new Map<Rule, string>();
  let isWhole = true;
  for (const { path, named } of files) {
    const source = readText(path);
    const format = flags.from === undefined ? {} : { format: flags.from };
    const outcome = source.ok ? read(source.text, format) : ({ ok: false, diagnostics: [source] } as const);
    if (!outcome.ok && !named && outcome.diagnostics.some(({ code }) => strange.has(code))) continue;
    const found = findingsOf(outcome.diagnostics, { path, text: source.text }, { ...flags, events: '' });
    const told = found.filter(({ level }) => level === 'error' || flags.verbose);
    if (!flags.json) tellFindings(told, source.text);
    else if (told.length > 0) printJson({ path, diagnostics: told });
    if (told.some(({ level }) => level === 'error')) isWhole = false;
    if (!outcome.ok) continue;
    filters.push(...outcome.value.filters);
    for (const rule of outcome.value.rules) {
      rules.push(rule);
      paths.set(rule, path);
    }
  }
  const parts = partsAmong(rules);
  const asked = rules.filter((rule) => !parts.has(rule));
  if (asked.length === 0) throw new UsageError(`There is no rule to compare at ${given}.`);
  return { rules, filters, asked, paths, isWhole };
}

const strange: ReadonlySet<string> = new Set(['read/unknown-format', 'read/empty']);
