import { sameJson } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { constructAt, type Written } from './envelope.ts';
import type { Side } from './keyed.ts';
import type { LedgerEntry } from './ledger.ts';
import { locatedQuery, queryOf } from './located.ts';
import { wordsOf } from './words.ts';

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
  const { kind: _, ...said } = detection;
  const there: object | undefined = written?.bare.detection;
  return Object.entries(said).flatMap(([key, value]) => {
    if (key === 'query' || value === undefined || (key !== 'filters' && isAsked(detection.kind))) return [];
    const stands =
      there && Object.hasOwn(there, key)
        ? Object.entries(there).find(([one]) => one === key)?.[1]
        : undefined;
    return [
      {
        kind: key === 'filters' ? 'filter' : 'setting',
        became: stands === undefined ? 'dropped' : sameJson(stands, value) ? 'kept' : 'changed',
        source: constructAt(key, value, from),
        ...(stands !== undefined && written && { target: { words: wordsOf(stands), places: [], path: key } }),
        rows: [],
        findings: [],
      } as const,
    ];
  });
}

/** Their settings are a part of the question, and are told of there. */
function isAsked(kind: Rule['detection']['kind']): boolean {
  return kind === 'threshold' || kind === 'correlation';
}
