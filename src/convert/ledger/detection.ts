import { ownFields } from '../../formats/engine/kinds.ts';
import { type Json, sameJson } from '../../rule/json.ts';
import type { Detection, Rule } from '../../rule/rule.ts';
import { constructAt, type Written } from './envelope.ts';
import { placeOfKey, type Side } from './keyed.ts';
import type { LedgerEntry } from './ledger.ts';
import { locatedQuery, queryOf } from './located.ts';
import { settingIn, travelling } from './names.ts';

/** The query as a whole. */
export function queryEntries(rule: Rule, from: Side, written: Written | undefined): readonly LedgerEntry[] {
  const query = queryOf(rule);
  if (query === undefined) return [];
  const said = written && queryOf(written.whole);
  const place = locatedQuery(rule, from.text).place;
  const there = written && locatedQuery(written.whole, written.side.text).place;
  const { language = 'kuery' } = query;
  const isSame = isSameQuery(rule, written);
  return [
    {
      kind: 'query',
      became: isSame ? 'kept' : 'changed',
      source: { words: `a query in ${language}`, places: place ? [place] : [] },
      ...(said && {
        target: { words: `a query in ${said.language ?? 'kuery'}`, places: there ? [there] : [] },
      }),
      rows: [],
      findings: [],
    },
  ];
}

/** The same language, and the same text but for blanks around it. */
export function isSameQuery(rule: Rule, written: Written | undefined): boolean {
  const [read, said] = [queryOf(rule), written && queryOf(written.whole)];
  if (read === undefined || said === undefined) return false;
  const { language = 'kuery' } = said;
  return (read.language ?? 'kuery') === language && read.text.trim() === said.text.trim();
}

/** What a rule of another kind than a query says beside it, and filters of Kibana. */
export function detectionEntries(
  { detection }: Rule,
  from: Side,
  written: Written | undefined,
): readonly LedgerEntry[] {
  const there = new Map(written ? partsOf(written.bare.detection) : []);
  return partsOf(detection).map(([key, value]) => {
    const stands = there.get(key);
    const target =
      written && stands !== undefined && constructAt(keyFor(key, written.side), stands, written.side);
    return {
      kind: key === 'filters' ? 'filter' : 'setting',
      became: stands === undefined ? 'dropped' : sameJson(stands, value) ? 'kept' : 'changed',
      source: constructAt(keyFor(key, from), value, from),
      ...(target && { target }),
      rows: [],
      findings: [],
    };
  });
}

function partsOf(detection: Detection): readonly (readonly [string, Json])[] {
  const { filters } = 'filters' in detection ? detection : {};
  const parts: readonly (readonly [string, Json | undefined])[] = [
    ['filters', filters],
    ...ownParts(detection),
  ];
  return parts.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
}

/** Thresholds and correlations are a part of what is asked, and are told of there. */
function ownParts(detection: Detection): readonly (readonly [string, Json | undefined])[] {
  switch (detection.kind) {
    case 'saved-query':
    case 'new-terms':
    case 'indicator-match':
    case 'machine-learning':
      return ownFields(detection);
    default:
      return [];
  }
}

function keyFor(key: string, { format }: Side): string {
  return settingIn(format.id, key) ?? key;
}

/** An original query that travelled with the rule: it came home, or goes on. */
export function originEntries(
  { origin }: Rule,
  from: Side,
  written: Written | undefined,
): readonly LedgerEntry[] {
  if (origin === undefined) return [];
  const path = travelling(from.format.id, 'query');
  const place = placeOfKey(from, path);
  const said = written && queryOf(written.whole);
  const isHome = said?.text.trim() === origin.text.trim();
  const travels = written?.whole.origin?.text === origin.text;
  return [
    {
      kind: 'query',
      became: isHome ? 'kept' : travels ? 'carried' : 'dropped',
      source: { words: `the original query in ${origin.language}`, places: place ? [place] : [], path },
      rows: [],
      findings: [],
    },
  ];
}
