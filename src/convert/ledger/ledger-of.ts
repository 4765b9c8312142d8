import { attempt } from '../../diagnostic/attempt.ts';
import type { Way } from '../../mapping/lookup.ts';
import type { Query } from '../../query/query.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Span } from '../../source/source.ts';
import type { ConvertedRule } from '../conversion.ts';
import { lower } from '../lower.ts';
import { languageOf } from '../origin.ts';
import { referencesOf } from '../references.ts';
import { filesOf } from '../seen-rows.ts';
import { mappingOf } from '../tables.ts';
import { writing } from '../writing.ts';
import { detectionEntries, isSameQuery, originEntries, queryEntries } from './detection.ts';
import { envelopeEntries, type Written, writtenBack } from './envelope.ts';
import { type ConvertedFile, type LedgerFile, ledgerFile } from './file.ts';
import { withFindings } from './findings.ts';
import { journeyOf } from './journey.ts';
import { placeOfKey, type Side } from './keyed.ts';
import type { Becoming, Construct, LedgerEntry } from './ledger.ts';
import { type LocatedLeaf, locatedQuery } from './located.ts';
import { settingIn } from './names.ts';
import { severalEntries } from './several.ts';
import { logSourceEntries, searchedEntries } from './sources.ts';
import { sameTestEntries, testEntries } from './tests.ts';

/**
 * What became of each construct of a rule, with its place on both sides, the rows that were applied to it and the
 * findings about it. It is made after the fact: a conversion that nobody wants a ledger of costs nothing more.
 */
export function ledgerOf(rule: ConvertedRule, file: ConvertedFile): readonly LedgerEntry[] {
  if (rule.diagnostics.some(({ code }) => code === 'convert/part-of'))
    return withFindings([], rule.diagnostics);
  const known = ledgerFile(file);
  const written = rule.text === '' ? undefined : readBack(rule, known);
  const read = partsOf(rule.rule, known);
  const from: Side = { format: known.source, text: known.text, within: known.regionOf(rule) };
  const entries = constructs(rule, read, from, written, known);
  const told = withFindings(entries, rule.diagnostics, (path) => addedAt(path, written));
  if (written === undefined) return told.map(asDropped);
  return rule.fidelity === 'carried' ? told.map(asCarried) : told;
}

/** What the target wanted and the rule did not say: as it was written. */
function addedAt(path: string, written: Written | undefined): Construct | undefined {
  const { side } = written ?? {};
  if (side === undefined) return undefined;
  const place = placeOfKey(side, path) ?? placeOfKey(side, `rule.${path}`);
  return place && { words: side.text.slice(place.start, place.end), places: [place], path };
}

function readBack(rule: ConvertedRule, { source, target, options }: LedgerFile): Written | undefined {
  return writtenBack(rule.text, target, rule.written, writing(options, source !== target));
}

/** The rules that hold what a rule asks: those of a correlation, or it alone. */
function partsOf(rule: Rule, { known }: LedgerFile): readonly Rule[] {
  return rule.detection.kind === 'correlation'
    ? referencesOf(rule, known).filter((part) => part !== undefined)
    : [rule];
}

function constructs(
  { rule, written: rules }: ConvertedRule,
  read: readonly Rule[],
  from: Side,
  written: Written | undefined,
  file: LedgerFile,
): readonly LedgerEntry[] {
  const mapping = mappingOf(file.options);
  const files = filesOf(mapping);
  const way = wayOf(rule, file);
  const family = { rule, parts: referencesOf(rule, file.known), known: file.known };
  const journey = journeyOf(family, way, mapping, file.options);
  const leaves = read.flatMap((part) => locatedQuery(part, file.text).leaves);
  const there = writtenLeaves(written);
  const elsewhere = new Set([
    ...(way === 'toEcs' ? ['logSource'] : []),
    ...(way === 'toSigma' ? ['indices'] : []),
  ]);
  const asked = questionOf(rule, file);
  const said = written && questionOf(rules.at(-1) ?? rule, file, rules);
  return [
    ...(way === 'toEcs' ? logSourceEntries(read, journey.sources, there, placeOfKey(from, 'logsource')) : []),
    ...(way === 'toSigma' ? searchedEntries(rule, journey, from, written) : []),
    ...queryEntries(rule, from, written),
    ...(isSameQuery(rule, written)
      ? sameTestEntries(leaves, there)
      : testEntries(leaves, { journey, written: there, files })),
    ...severalEntries(asked, said, { journey, files, place: placeOfAsking(rule, from) }),
    ...detectionEntries(rule, from, written),
    ...originEntries(rule, from, written),
    ...envelopeEntries(rule, from, written, elsewhere),
  ];
}

/** Where a rule says what it asks of several events. */
function placeOfAsking(rule: Rule, from: Side): Span | undefined {
  const { kind } = rule.detection;
  if (kind === 'correlation') return placeOfKey(from, kind);
  if (kind === 'threshold') return placeOfKey(from, settingIn(from.format.id, kind) ?? kind);
  return locatedQuery(rule, from.text).place;
}

function wayOf(rule: Rule, { target }: LedgerFile): Way | undefined {
  if (target.id === 'native') return undefined;
  const isSigma = rule.detection.kind === 'correlation' || languageOf(rule) === 'sigma';
  if (isSigma) return target.id === 'sigma' ? undefined : 'toEcs';
  return target.id === 'sigma' ? 'toSigma' : undefined;
}

/** Rules that were written together stand in one text. */
function writtenLeaves(written: Written | undefined): readonly LocatedLeaf[] {
  if (written === undefined) return [];
  const { text, format } = written.side;
  const pack = format.read(text);
  return pack.ok ? pack.value.rules.flatMap((rule) => locatedQuery(rule, text).leaves) : [];
}

function questionOf(
  rule: Rule,
  { known, options }: LedgerFile,
  among: readonly Rule[] = [],
): Query | undefined {
  const find = (name: string) =>
    among.find(({ id, name: own }) => id === name || own === name) ?? known(name);
  const family = { rule, parts: referencesOf(rule, find), known: find };
  const outcome = attempt(() => lower(family, { ...options, allow: ['broader'] }, () => {}));
  return outcome.ok ? outcome.value.query : undefined;
}

function asDropped({ target: _, ...entry }: LedgerEntry): LedgerEntry {
  return { ...entry, became: 'dropped' };
}

/** The query travels, and what was written in its place asks for nothing of it. */
function asCarried(entry: LedgerEntry): LedgerEntry {
  const isAsked = entry.kind !== 'envelope' && entry.kind !== 'rule';
  const { target: _, ...others } = entry;
  return isAsked ? { ...others, became: 'carried' as Becoming } : entry;
}
