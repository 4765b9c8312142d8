import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Event } from '../match/event.ts';
import { type Occurrence, occurrenceOf } from '../match/predicate.ts';
import { inOrder, timeIn } from '../match/timeline.ts';
import type { Query } from '../query/query.ts';
import type { Found, ReportMatch } from './match.ts';
import type { Matcher } from './matcher.ts';
import { missingFor, seenIn } from './never.ts';

type Kept = Occurrence & { readonly position: number };

/** One way of several matchers through the events, and what is known of it so far. */
export class MatchRun {
  readonly #report: ReportMatch | undefined;
  readonly #alone: Set<Matcher>;
  readonly #others: Set<Matcher>;
  readonly #finding = new Set<Matcher>();
  readonly #names = new Set<string>();
  readonly #kept: Kept[] = [];
  #position = 0;

  constructor(matchers: readonly Matcher[], report: ReportMatch | undefined) {
    this.#report = report;
    this.#alone = new Set(matchers.filter(({ finder }) => finder.isAlone));
    this.#others = new Set(matchers.filter(({ finder }) => !finder.isAlone));
  }

  /** What the next event is a find of by itself. */
  *take(event: Event): Generator<Found> {
    const one = occurrenceOf(event);
    if (this.#report) for (const name of one.fields.keys()) this.#names.add(name);
    for (const matcher of this.#alone) {
      if (!this.#concerns(matcher, one)) continue;
      this.#finding.add(matcher);
      yield { matcher, events: [this.#position] };
    }
    let isKept = false;
    for (const matcher of this.#others) isKept = this.#concerns(matcher, one) || isKept;
    if (isKept) this.#kept.push({ ...one, position: this.#position });
    this.#position += 1;
  }

  /** What is found in several events, once all have gone by. */
  *finish(): Generator<Found> {
    for (const matcher of this.#others) {
      const concerning = this.#kept.filter((one) => matcher.finder.concerns(one));
      this.#tellOfTime(matcher, concerning);
      for (const found of this.#findsOf(matcher, concerning)) {
        this.#finding.add(matcher);
        yield { matcher, ...found };
      }
    }
    this.#tellOfFields();
  }

  #concerns(matcher: Matcher, one: Occurrence): boolean {
    return this.#unlessGivenUp(matcher, false, () => matcher.finder.concerns(one));
  }

  #findsOf(matcher: Matcher, concerning: readonly Kept[]) {
    return this.#unlessGivenUp(matcher, [], () => matcher.finder.find(inOrder(concerning, matcher.layout)));
  }

  #unlessGivenUp<T>(matcher: Matcher, otherwise: T, ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof Failure) || this.#report === undefined) throw error;
      for (const found of error.diagnostics) this.#report(matcher, this.#givenUp(found));
      this.#alone.delete(matcher);
      this.#others.delete(matcher);
      return otherwise;
    }
  }

  #givenUp({ message, ...found }: Diagnostic): Diagnostic {
    const what = `; it was given up after ${countOf(this.#position, 'event')}.`;
    return { ...found, message: message.replace(/(?:; no event was matched)?\.$/, what) };
  }

  #tellOfTime(matcher: Matcher, concerning: readonly Kept[]): void {
    if (!asksForTime(matcher.query)) return;
    const { timestampField: field = '@timestamp' } = matcher.layout;
    const timeless = concerning.filter(({ fields }) => isTimeless(fields.get(field)?.[0]));
    if (timeless.length === 0) return;
    const message =
      timeless.length === concerning.length
        ? `None of the ${countOf(concerning.length, 'event')} that matter here says in ${field} when it happened; they count as of one moment, in the order in which they stand.`
        : `Of ${countOf(concerning.length, 'event')} that matter here, ${timeless.length} do not say in ${field} when they happened; they count as of long ago.`;
    this.#report?.(matcher, { code: 'match/no-time', message });
  }

  #tellOfFields(): void {
    if (this.#report === undefined || this.#position === 0) return;
    const seen = seenIn(this.#names);
    for (const matcher of [...this.#alone, ...this.#others]) {
      if (this.#finding.has(matcher)) continue;
      const { categoryField = 'event.category' } = matcher.layout;
      const missing = missingFor(matcher.query, seen, categoryField);
      if (missing.length > 0) this.#report(matcher, unknown(missing));
    }
  }
}

function unknown(fields: readonly string[]): Diagnostic {
  const [first, second, third, ...more] = fields;
  const names = [first, second, third].filter((name) => name !== undefined).join(', ');
  const others = more.length > 0 ? ` and ${more.length} more` : '';
  const are = fields.length > 1 ? 'are' : 'is';
  const message = `${names}${others} ${are} in no event that was read, so nothing could be found.`;
  return { code: 'match/unknown-field', message };
}

/** Whether it counts which of the events was first, or how much time lies between them. */
function asksForTime({ find, stages }: Query): boolean {
  switch (find.kind) {
    case 'sequence':
    case 'correlation':
      return true;
    case 'sample':
      return find.within !== undefined;
    case 'filter':
    case 'opaque':
      return stages.some((stage) => stage.kind === 'aggregate' && stage.within !== undefined);
    default:
      return find satisfies never;
  }
}

function isTimeless(value: Parameters<typeof timeIn>[0] | undefined): boolean {
  return value === undefined || timeIn(value) === undefined;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
