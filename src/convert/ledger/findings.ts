import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { entryAbout, knownAmong } from './about.ts';
import type { Becoming, Construct, LedgerEntry } from './ledger.ts';

/** Lays each finding at the construct it is about; what is about none stands alone, behind the others. */
export function withFindings(
  entries: readonly LedgerEntry[],
  findings: readonly Diagnostic[],
  writtenAt: (path: string) => Construct | undefined = () => undefined,
): readonly LedgerEntry[] {
  const among = knownAmong(entries);
  const laid = new Map<LedgerEntry, Diagnostic[]>();
  const alone: LedgerEntry[] = [];
  for (const found of findings) {
    const entry = entryAbout(found, among);
    const own = entry && laid.get(entry);
    if (entry === undefined) alone.push(standingAlone(found, writtenAt));
    else if (own) own.push(found);
    else laid.set(entry, [found]);
  }
  const told = entries.map((entry) => {
    const own = laid.get(entry);
    return own ? { ...entry, became: becameWith(entry.became, own), findings: own } : entry;
  });
  return [...told, ...alone];
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
