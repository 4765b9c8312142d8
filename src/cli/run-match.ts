import {
  type Event,
  type FormatId,
  type Matchable,
  type Matcher,
  type MatchOptions,
  matchAll,
  matcher,
  partsAmong,
  type Rule,
  type RuleFilter,
  read,
} from '../index.ts';
import { eventsOf } from '../node/events.ts';
import { inputFiles, readText } from '../node/files.ts';
import { findingsOf, type Manner, printJson, tellFindings, tellMatch, tellSummary } from './tell-match.ts';
import { UsageError } from './usage.ts';

interface Flags extends Manner {
  readonly paths: readonly string[];
  readonly query?: string | undefined;
  readonly language?: string | undefined;
  readonly from?: string | undefined;
}

/** A rule of a file, or the query that was said. */
interface Asked {
  readonly what: Matchable;
  readonly rule: string;
  readonly title: string;
  readonly path: string;
  readonly text: string;
}

interface Rules {
  readonly asked: readonly Asked[];
  readonly surroundings: Pick<MatchOptions, 'references' | 'exclusions'>;
  /** Whether all that was named could be read. */
  readonly isWhole: boolean;
}

/** Asks rules, or a query, of events, and tells what they find. Gives the exit code. */
export function runMatch(flags: Flags, options: MatchOptions): number {
  const { asked, surroundings, isWhole } = flags.query === undefined ? rulesOf(flags) : queryOf(flags);
  if (asked.length === 0) throw new UsageError('There was no rule to read.');
  const ready = readyOf(asked, { ...options, ...surroundings }, flags);
  const refused = asked.length - ready.size;
  const { events, unread, matches } = findAll(ready, flags);
  if (events === 0 && unread > 0) throw new UsageError('There was no event to read.');
  tellSummary({ rules: asked.length, refused, events, unread, matches }, flags);
  return isWhole && refused + unread === 0 ? 0 : 1;
}

function queryOf({ query = '', language = '' }: Flags): Rules {
  const what = { language, text: query };
  const asked = [{ what, rule: query, title: query, path: '--query', text: query }];
  return { asked, surroundings: {}, isWhole: true };
}

/** The rules of all files that were named. Those that only serve a correlation of them are not asked alone. */
function rulesOf(flags: Flags): Rules {
  const { files, missing } = inputFiles(flags.paths);
  if (missing.length > 0) throw new UsageError(`There is nothing at ${missing.join(', ')}.`);
  const exclusions: RuleFilter[] = [];
  let isWhole = true;
  const all = files.flatMap(({ path, named }) => {
    const source = readText(path);
    const format = flags.from === undefined ? {} : { format: flags.from as FormatId };
    const outcome = source.ok ? read(source.text, format) : ({ ok: false, diagnostics: [source] } as const);
    // What is in a folder by chance is passed over.
    if (!outcome.ok && !named && outcome.diagnostics.some(({ code }) => strange.has(code))) return [];
    const findings = findingsOf(outcome.diagnostics, { path, text: source.text }, flags);
    const told = findings.filter(({ level }) => level === 'error' || flags.verbose);
    tellFindings(told, source.text);
    if (told.some(({ level }) => level === 'error')) isWhole = false;
    if (!outcome.ok) return [];
    for (const one of outcome.value.filters) exclusions.push(one);
    return outcome.value.rules.map((rule) => ({ rule, path, text: source.text }));
  });
  const references = all.map(({ rule }) => rule);
  const parts = partsAmong(references);
  const asked = all
    .filter(({ rule }) => !parts.has(rule))
    .map(({ rule, ...place }) => ({ what: rule, ...named(rule), ...place }));
  return { asked, surroundings: { references, exclusions }, isWhole };
}

const strange: ReadonlySet<string> = new Set(['read/unknown-format', 'read/empty']);

function named({ id, name, title }: Rule): Pick<Asked, 'rule' | 'title'> {
  return { rule: id ?? name ?? title ?? '', title: title ?? name ?? id ?? '' };
}

/** What can be asked of events; of the rest is told why not. */
function readyOf(asked: readonly Asked[], options: MatchOptions, flags: Flags): ReadonlyMap<Matcher, Asked> {
  const ready = new Map<Matcher, Asked>();
  for (const one of asked) {
    const outcome = matcher(one.what, options);
    if (outcome.ok) ready.set(outcome.value, one);
    const diagnostics = findingsOf(outcome.diagnostics, one, flags);
    if (!flags.json) tellFindings(diagnostics, one.text);
    else if (diagnostics.length > 0) printJson({ ...labelOf(one), diagnostics });
  }
  return ready;
}

function labelOf({ rule, title, path }: Asked) {
  return { rule, title, path };
}

/** Events go by once; where no rule asks for several, no more is kept of them than what is found. */
function findAll(ready: ReadonlyMap<Matcher, Asked>, flags: Flags) {
  const counts = { events: 0, unread: 0, matches: 0 };
  const lines = new Map<number, number>();
  const isAlone = [...ready.keys()].every(({ finder }) => finder.isAlone);
  function* events(): Generator<Event> {
    const reading = eventsOf(flags.events, (found) => {
      if (found.level === 'note') return;
      if (found.level === 'error') counts.unread += 1;
      tellFindings([found], '');
    });
    for (const { event, line } of reading) {
      if (isAlone) lines.clear();
      lines.set(counts.events, line);
      counts.events += 1;
      yield event;
    }
  }
  for (const found of matchAll([...ready.keys()], events())) {
    counts.matches += 1;
    tellMatch(found, labelOf(ready.get(found.matcher)!), lines, flags);
  }
  return counts;
}
