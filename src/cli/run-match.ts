import {
  codes,
  type Diagnostic,
  type Event,
  type Finding,
  type Matchable,
  type Matcher,
  type MatchOptions,
  matchAll,
  matcher,
} from '../index.ts';
import { eventsOf } from '../node/events.ts';
import { kindOf } from '../node/files.ts';
import { EventFindings, LateFindings } from './late-findings.ts';
import { rulesAt } from './read-rules.ts';
import {
  findingsOf,
  type Label,
  type Manner,
  type MatchManner,
  printJson,
  tellFindings,
  tellMatch,
  tellSummary,
} from './tell-match.ts';
import { UsageError } from './usage.ts';

export interface Flags extends MatchManner {
  readonly paths: readonly string[];
  readonly query?: string | undefined;
  readonly language?: string | undefined;
  readonly from?: string | undefined;
  readonly taxonomy?: string | undefined;
}

/** Rules and events may have other names for the same fields. */
function adviceFor({ query, taxonomy }: Flags): string | undefined {
  return query === undefined && taxonomy === undefined
    ? 'Rules are asked in the field names they use; --taxonomy says which names the events have: ecs or sigma.'
    : undefined;
}

/** A rule of a file, or the query that was said. */
export interface Asked extends Label {
  readonly what: Matchable;
  readonly text: string;
}

export interface Rules {
  readonly asked: readonly Asked[];
  readonly surroundings: Pick<MatchOptions, 'references' | 'exclusions'>;
  /** Whether all that was named could be read. */
  readonly isWhole: boolean;
}

/** Asks rules, or a query, of events, and tells what they find. Gives the exit code. */
export function runMatch(flags: Flags, options: MatchOptions): number {
  checkEvents(flags.events);
  const { asked, surroundings, isWhole } = askedBy(flags);
  const { ready, isNoQuery } = readyOf(asked, { ...options, ...surroundings }, flags);
  if (isNoQuery) return 2;
  const { events, unread, matches, givenUp } = findAll(ready, flags);
  const refused = asked.length - ready.size + givenUp;
  if (events === 0 && unread > 0) throw new UsageError('There was no event to read.');
  tellSummary({ rules: asked.length, refused, events, unread, matches }, flags);
  return isWhole && refused + unread === 0 ? 0 : 1;
}

/** What is asked: of the rules of all files, or of a query. */
export function askedBy(flags: Flags): Rules {
  if (flags.query !== undefined) return queryOf(flags);
  const { rules, filters, asked, isWhole } = rulesAt(flags.paths, flags.from, flags);
  if (asked.length === 0) throw new UsageError('There was no rule to read.');
  return { asked, surroundings: { references: rules, exclusions: filters }, isWhole };
}

/** What is no file of events is told of before all rules are read. */
function checkEvents(path: string): void {
  const kind = path === '-' ? 'file' : kindOf(path);
  if (kind === undefined) throw new UsageError(`There is nothing at ${path}.`);
  if (kind === 'folder') throw new UsageError(`${path} is a folder; --events names one file of events.`);
}

function queryOf({ query = '', language = '' }: Flags): Rules {
  const what = { language, text: query };
  const title = query.trim().replace(/\s+/g, ' ');
  const asked = [{ what, rule: title, title, path: '--query', text: query }];
  return { asked, surroundings: {}, isWhole: true };
}

/** What can be asked of events; of the rest is told why not. */
function readyOf(asked: readonly Asked[], options: MatchOptions, flags: Flags) {
  const ready = new Map<Matcher, Asked>();
  let isNoQuery = false;
  for (const one of asked) {
    const outcome = matcher(one.what, options);
    if (outcome.ok) ready.set(outcome.value, one);
    else isNoQuery = flags.query !== undefined && outcome.diagnostics.some(isOfParser);
    const diagnostics = findingsOf(outcome.diagnostics, one, flags);
    tellOf(one, diagnostics, flags);
  }
  return { ready, isNoQuery };
}

/** Tells what is to be said of a rule. */
export function tellOf(one: Asked, diagnostics: readonly Finding[], { json }: Manner): void {
  if (!json) tellFindings(diagnostics, one.text);
  else if (diagnostics.length > 0) printJson({ ...labelOf(one), diagnostics });
}

export function isOfParser({ code }: Diagnostic): boolean {
  return code.startsWith('parse/') && codes[code].level === 'error';
}

export function labelOf({ rule, title, path }: Asked) {
  return { rule, title, path };
}

/** Events go by once; where no rule asks for several, no more is kept of them than what is found. */
function findAll(ready: ReadonlyMap<Matcher, Asked>, flags: Flags) {
  const counts = { events: 0, unread: 0, matches: 0, givenUp: 0 };
  const lines = new Map<number, number>();
  const isAlone = [...ready.keys()].every(({ finder }) => finder.isAlone);
  const told = new EventFindings(flags);
  function* events(): Generator<Event> {
    const reading = eventsOf(flags.events, (found) => {
      if (found.level === 'error') counts.unread += 1;
      told.take(found);
    });
    for (const { event, line } of reading) {
      if (isAlone) lines.clear();
      lines.set(counts.events, line);
      counts.events += 1;
      yield event;
    }
  }
  const late = new LateFindings(ready.size, flags, adviceFor(flags));
  const matches = matchAll([...ready.keys()], events(), (matcher, found) => {
    if (codes[found.code].level === 'error') counts.givenUp += 1;
    late.take(ready.get(matcher)!, found);
  });
  for (const found of matches) {
    counts.matches += 1;
    tellMatch(found, labelOf(ready.get(found.matcher)!), lines, flags);
  }
  told.finish();
  late.finish();
  return counts;
}
