import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Span } from '../../source/source.ts';
import type { Becoming, Construct, LedgerEntry, Subject } from './ledger.ts';

/** Lays each finding at the construct it is about; what is about none stands alone, behind the others. */
export function withFindings(
  entries: readonly LedgerEntry[],
  findings: readonly Diagnostic[],
  writtenAt: (path: string) => Construct | undefined = () => undefined,
): readonly LedgerEntry[] {
  const laid = new Map<LedgerEntry, Diagnostic[]>();
  const alone: LedgerEntry[] = [];
  for (const found of findings) {
    const entry = entryAbout(found, entries);
    if (entry === undefined) alone.push(standingAlone(found, writtenAt));
    else laid.set(entry, [...(laid.get(entry) ?? []), found]);
  }
  const told = entries.map((entry) => {
    const own = laid.get(entry);
    return own ? { ...entry, became: becameWith(entry.became, own), findings: own } : entry;
  });
  return [...told, ...alone];
}

function entryAbout(found: Diagnostic, entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  return (
    atItsPlace(found, entries) ??
    ofItsField(found, entries) ??
    ofItsKey(found, entries) ??
    ofItsSubject(found, entries)
  );
}

/** The smallest construct that the place lies in, of the same field if one is named. */
function atItsPlace({ span, path }: Diagnostic, entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  if (span === undefined) return undefined;
  const around = entries
    .filter(({ kind, source }) => !wide.has(kind) && (source?.places ?? []).some((one) => holds(one, span)))
    .sort((a, b) => lengthOf(a) - lengthOf(b));
  return around.find(({ source }) => source?.path === path) ?? around[0];
}

/** These are said of a query as a whole, and hold all that is in it. */
const wide: ReadonlySet<Subject> = new Set(['query', 'key', 'setting']);

function holds(around: Span, { start, end }: Span): boolean {
  return start >= around.start && end <= around.end;
}

function lengthOf({ source }: LedgerEntry): number {
  return Math.min(...(source?.places ?? []).map(({ start, end }) => end - start));
}

function ofItsField(
  { field, path, span }: Diagnostic,
  entries: readonly LedgerEntry[],
): LedgerEntry | undefined {
  const name = field ?? path;
  if (name === undefined) return undefined;
  const of = entries.filter(
    ({ kind, source }) => (kind === 'test' || kind === 'key') && source?.path === name,
  );
  const within = of.find(({ source }) => span && source?.places.some((one) => holds(span, one)));
  return within ?? of[0];
}

/** `rule.threat.0.technique` is about `rule.threat`, `risk_score` about `rule.risk_score`. */
function ofItsKey({ path }: Diagnostic, entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  if (path === undefined) return undefined;
  const keys = ({ source, target }: LedgerEntry) => [source?.path, target?.path];
  const isAbout = (key: string | undefined) =>
    key !== undefined &&
    (path === key || path.startsWith(`${key}.`) || key.endsWith(`.${path}`) || path.endsWith(`.${key}`));
  return entries.find((entry) => entry.kind !== 'test' && entry.kind !== 'key' && keys(entry).some(isAbout));
}

/** What a finding is about by its code, where it names no place. */
const subjects: Readonly<Record<string, Subject>> = {
  'mapping/unknown-log-source': 'log-source',
  'mapping/assumption': 'log-source',
  'mapping/ambiguous': 'log-source',
  'loss/log-source': 'log-source',
  'carry/query': 'query',
  'carry/restored': 'query',
  'carry/edited': 'query',
  'loss/language': 'query',
  'loss/rule-type': 'query',
  'proof/unproved': 'query',
  'proof/unreported-difference': 'query',
};

function ofItsSubject({ code }: Diagnostic, entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  const subject = Object.hasOwn(subjects, code) ? subjects[code] : undefined;
  return subject && entries.find(({ kind }) => kind === subject);
}

/** What was not read, and was added because the target wants it, stands in what was written alone. */
const additions: ReadonlySet<string> = new Set(['style/default', 'convert/derived', 'convert/derived-id']);

function standingAlone(found: Diagnostic, writtenAt: (path: string) => Construct | undefined): LedgerEntry {
  const { code, path, span } = found;
  const isAdded = additions.has(code) && path !== undefined;
  const said = { words: path ?? '', places: span ? [span] : [], ...(path !== undefined && { path }) };
  const side = isAdded
    ? { target: writtenAt(path) ?? said }
    : (path !== undefined || span) && { source: said };
  return {
    kind: 'rule',
    became: becameWith(code.startsWith('carry/') ? 'carried' : 'changed', [found]),
    ...side,
    rows: [],
    findings: [found],
  };
}

const becoming = { broader: 'widened', narrower: 'narrowed', approximate: 'approximated' } as const;

/** What was lost by it says more than how it is spelled. */
function becameWith(before: Becoming, findings: readonly Diagnostic[]): Becoming {
  const effects = new Set(findings.flatMap(({ effect }) => effect ?? []));
  const changed = (['broader', 'narrower', 'approximate'] as const).filter((effect) => effects.has(effect));
  const [first, ...more] = changed;
  if (first) return more.length > 0 ? 'approximated' : becoming[first];
  if (effects.has('carried')) return 'carried';
  return effects.has('dropped') ? 'dropped' : before;
}
