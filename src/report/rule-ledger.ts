import type { ConvertedRule } from '../convert/conversion.ts';
import { type ConvertedFile, regionOf } from '../convert/ledger/file.ts';
import type { Construct, LedgerEntry } from '../convert/ledger/ledger.ts';
import { ledgerOf } from '../convert/ledger/ledger-of.ts';
import { positions } from '../source/source.ts';
import { findingOf, type Place, reportOf } from './report.ts';
import type { LedgerLine, RuleLedger, Said } from './run.ts';

/** A rule with its ledger. Places are those of the file it was read from, and of its own text as it was written. */
export function ruleLedger(
  rule: ConvertedRule,
  file: ConvertedFile,
  path: string,
  place: Place,
  out?: string,
): RuleLedger {
  const there = positions(rule.text);
  const { start, end } = regionOf(rule, file);
  return {
    ...reportOf(rule, path, place, out),
    read: { text: file.text.slice(start, end), start, line: place(start).line },
    ledger: ledgerOf(rule, file).map((entry) => lineOf(entry, path, place, there)),
  };
}

function lineOf(entry: LedgerEntry, path: string, place: Place, there: Place): LedgerLine {
  const { kind, became, source, target, rows, findings } = entry;
  return {
    kind,
    became,
    ...(source && { source: said(source, place) }),
    ...(target && { target: said(target, there) }),
    rows,
    findings: findings.map((found) => findingOf(found, path, place)),
  };
}

/** A test may be a list of thousands of values, and stand for as many. All of it stands at its place. */
const longest = 1000;

function said({ words, places, path }: Construct, place: Place): Said {
  return {
    words: words.length > longest ? `${words.slice(0, longest - 1)}…` : words,
    places: places.map((span) => ({ ...span, from: place(span.start), to: place(span.end) })),
    ...(path !== undefined && { path }),
  };
}
