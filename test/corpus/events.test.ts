import { describe, expect, test } from 'vitest';
import { read } from '../../src/convert/convert.ts';
import { lower } from '../../src/convert/lower.ts';
import { languageOf } from '../../src/convert/origin.ts';
import type { Question } from '../../src/convert/question.ts';
import { referencesAmong, referencesOf } from '../../src/convert/references.ts';
import { mappingOf } from '../../src/convert/tables.ts';
import { questionToEcs, questionToSigma, type Watch } from '../../src/convert/taxonomy.ts';
import { attempt } from '../../src/diagnostic/attempt.ts';
import type { Diagnostic, Effect } from '../../src/diagnostic/diagnostic.ts';
import { together } from '../../src/mapping/effect.ts';
import { eventToEcs, eventToSigma } from '../../src/mapping/events.ts';
import { categoryTest, findLogSource } from '../../src/mapping/log-source.ts';
import type { Way } from '../../src/mapping/lookup.ts';
import { retyped } from '../../src/mapping/types.ts';
import { occurrenceOf, testOf } from '../../src/match/predicate.ts';
import { findEvent } from '../../src/proof/relate.ts';
import { and } from '../../src/query/build.ts';
import type { Event } from '../../src/query/event.ts';
import type { Predicate } from '../../src/query/query.ts';
import { fieldsOf, partsOf } from '../../src/query/walk.ts';
import type { LogSource } from '../../src/rule/rule.ts';
import { elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { spelled, typesOf } from '../support/event-laws.ts';

const mapping = mappingOf({});

interface Renamed {
  readonly before: Predicate;
  readonly after: Predicate;
  readonly source: LogSource;
  readonly effect: Effect | undefined;
  readonly isKept: boolean;
}

function questionsIn(text: string): readonly { question: Question; way: Way }[] {
  const pack = read(text);
  if (!pack.ok) return [];
  const known = referencesAmong(pack.value.rules);
  return pack.value.rules.flatMap((rule) => {
    const lowered = attempt((report) =>
      lower({ rule, parts: referencesOf(rule, known), known }, { to: 'native', allow: ['broader'] }, report),
    );
    return lowered.ok
      ? [
          {
            question: lowered.value,
            way: languageOf(rule) === 'sigma' ? ('toEcs' as const) : ('toSigma' as const),
          },
        ]
      : [];
  });
}

function renamedParts({ question, way }: { question: Question; way: Way }): readonly Renamed[] {
  let effect: Effect | undefined;
  let isKept = false;
  const sources: LogSource[] = [];
  const report = (found: Diagnostic) => {
    if (found.code.startsWith('loss/')) effect = together(effect, found.effect);
  };
  const watch: Watch = {
    source: (index, seen) => {
      sources[index] = seen.source;
    },
    field: (_, { without, row }) => {
      isKept ||= without !== undefined;
    },
  };
  const rename = way === 'toEcs' ? questionToEcs : questionToSigma;
  const renamed = attempt(() => rename(question, mapping, report, watch));
  if (!renamed.ok) return [];
  const after = partsOf(renamed.value.query);
  return partsOf(question.query).map((part, index) => {
    const typed = way === 'toSigma' ? retyped(part.where, mapping, question.comparesWords) : part.where;
    const { category } = after[index]!;
    return {
      before: part.category === undefined ? typed : and([categoryTest(part.category), typed]),
      after:
        category === undefined ? after[index]!.where : and([categoryTest(category), after[index]!.where]),
      source: (way === 'toEcs' ? sources[index] : renamed.value.sources[index]) ?? {},
      effect,
      isKept,
    };
  });
}

const take = { toEcs: eventToEcs, toSigma: eventToSigma } as const;
const types = typesOf(mapping);

describe.skipIf(without)('events of all rules', () => {
  test.each([
    ['sigma', sigmaFiles, 'toEcs'],
    ['elastic', elasticFiles, 'toSigma'],
  ] as const)('%s', { timeout: 300_000 }, (_, files, way) => {
    const faults: string[] = [];
    const tally = { parts: 0, kept: 0, vague: 0, unfound: 0, events: 0, broken: 0, survived: 0 };
    const t = { q: 0, find: 0, move: 0 };
    for (const { path, text } of files()) {
      let s = performance.now();
      const all = questionsIn(text)
        .filter((one) => one.way === way)
        .flatMap(renamedParts);
      t.q += performance.now() - s;
      for (const one of all) {
        tally.parts += 1;
        if (one.isKept) {
          tally.kept += 1;
          continue;
        }
        if (one.effect === 'approximate') {
          tally.vague += 1;
          continue;
        }
        s = performance.now();
        const found = attempt(() => findEvent([one.before], { budget: { steps: 3000, tries: 4 } }));
        t.find += performance.now() - s;
        if (!found.ok || found.value.kind !== 'found') {
          tally.unfound += 1;
          continue;
        }
        s = performance.now();
        const event = found.value.result;
        const tests = attempt(() => [testOf(one.before, types), testOf(one.after, types)] as const);
        if (!tests.ok) continue;
        const [a, b] = tests.value;
        let fine = true;
        const asks = fieldsIn(one.after);
        for (const e of [event, ...variants(event, one, way, asks)]) {
          const there = take[way](e, one.source, mapping, { asks });
          const [x, y] = [a(occurrenceOf(e)), b(occurrenceOf(there))];
          tally.events += 1;
          if (x === y || (one.effect === 'broader' && y) || (one.effect === 'narrower' && x)) continue;
          if (e === event) fine = false;
          tally.broken += 1;
          if (fine || e === event)
            faults.push(
              `${path} ${one.effect ?? ''} ${x ? 'missed' : 'too much'} ${JSON.stringify(one.source)}\n   E ${JSON.stringify(e)}\n   E' ${JSON.stringify(there)}\n   T ${spelled(one.before).slice(0, 400)}\n   T' ${spelled(one.after).slice(0, 400)}`,
            );
          break;
        }
        if (fine) tally.survived += 1;
        t.move += performance.now() - s;
      }
    }
    console.log(
      way,
      tally,
      t,
      `\n${faults
        .map((f) => f.replace(/"definition":"[^"]*"/, ''))
        .slice(0, 60)
        .join('\n')}`,
    );
    expect(faults.length).toBeGreaterThanOrEqual(0);
  });
});

/** The same event without a field that is asked for, and with another value in it. */
function variants(
  event: Event,
  { after, source }: Renamed,
  way: Way,
  asks: ReadonlySet<string>,
): readonly Event[] {
  const whole = take[way](event, source, mapping, { asks });
  const said = impliedIn(source);
  return Object.keys(event).flatMap((field) => {
    const { [field]: held, ...rest } = event;
    const alone = take[way]({ [field]: held }, source, mapping, { asks });
    const isAsked = Object.keys(alone).some(
      (name) => fieldsIn(after).has(name) && !(way === 'toEcs' && said.has(name)),
    );
    if (
      !isAsked ||
      (way === 'toSigma' && said.has(field)) ||
      sameEvent(take[way](rest, source, mapping, { asks }), whole)
    )
      return [];
    const other = typeof held === 'number' ? held + 1 : typeof held === 'string' ? 'nothing of it' : held;
    return [rest, { ...rest, [field]: other }];
  });
}

/** What a log source stands for. */
function impliedIn(source: LogSource): ReadonlySet<string> {
  const { where = [], absorb = [] } = findLogSource(source, mapping) ?? {};
  const also = where.flatMap(({ also = [] }) => also.flatMap(({ field }) => field ?? []));
  return new Set(['event.category', ...[...where, ...absorb].map(({ field }) => field), ...also]);
}

const fieldsIn = (where: Predicate): ReadonlySet<string> => new Set(fieldsOf(where));

/** Numbers are taken for what they show. */
function sameEvent(a: Event, b: Event): boolean {
  const [one, two] = [a, b].map((event) =>
    JSON.stringify(event, (_, value) => (typeof value === 'number' ? String(value) : value)),
  );
  return one === two;
}
