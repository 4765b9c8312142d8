import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { lower } from '../../src/convert/lower.ts';
import { languageOf } from '../../src/convert/origin.ts';
import type { Question } from '../../src/convert/question.ts';
import { referencesAmong, referencesOf } from '../../src/convert/references.ts';
import { mappingOf } from '../../src/convert/tables.ts';
import { questionToEcs, questionToSigma, type SourceUse } from '../../src/convert/taxonomy.ts';
import { attempt } from '../../src/diagnostic/attempt.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { categoryTest, findLogSource } from '../../src/mapping/log-source.ts';
import { lookUp, nameIn, type Way } from '../../src/mapping/lookup.ts';
import type { FieldRow } from '../../src/mapping/table.ts';
import { retyped } from '../../src/mapping/types.ts';
import { findEvent } from '../../src/proof/relate.ts';
import { and } from '../../src/query/build.ts';
import type { Event } from '../../src/query/event.ts';
import type { Predicate } from '../../src/query/query.ts';
import { fieldsOf, partsOf } from '../../src/query/walk.ts';
import type { LogSource } from '../../src/rule/rule.ts';
import { type CorpusFile, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { effectOf, faultOf, type Reworded, taken, typesOf } from '../support/event-laws.ts';

const mapping = mappingOf({});
const types = typesOf(mapping);

/** What a rule asks of one event, in both namings. */
interface Part extends Reworded {
  readonly way: Way;
  readonly source: LogSource;
  /** All the names that the other wording asks for. */
  readonly asks: ReadonlySet<string>;
  /** Whether the other side has words for all of it. */
  readonly isSaid: boolean;
}

function partsIn({ text }: CorpusFile, way: Way): readonly Part[] {
  const pack = read(text);
  const rules = pack.ok ? pack.value.rules : [];
  const known = referencesAmong(rules);
  return rules.flatMap((rule) => {
    if ((languageOf(rule) === 'sigma') !== (way === 'toEcs')) return [];
    const family = { rule, parts: referencesOf(rule, known), known };
    const question = attempt((report) => lower(family, { to: 'native', allow: ['broader'] }, report));
    return question.ok ? renamed(question.value, way) : [];
  });
}

function renamed(question: Question, way: Way): readonly Part[] {
  const found: Diagnostic[] = [];
  const seen: SourceUse[] = [];
  let isSaid = true;
  const rename = way === 'toEcs' ? questionToEcs : questionToSigma;
  const { query } = rename(question, mapping, (one) => found.push(one), {
    source: (index, use) => {
      seen[index] = use;
    },
    field: (_, { without: rows }) => {
      isSaid &&= rows === undefined;
    },
  });
  const after = partsOf(query);
  return partsOf(question.query).map(({ category, where }, index) => {
    const typed = way === 'toSigma' ? retyped(where, mapping, question.comparesWords) : where;
    const there = withCategory(after[index]!.category, after[index]!.where);
    return {
      ...{ before: withCategory(category, typed), after: there, effect: effectOf(found) },
      ...{ way, source: seen[index]?.source ?? {}, asks: new Set(fieldsOf(there)), isSaid },
    };
  });
}

function withCategory(category: string | undefined, where: Predicate): Predicate {
  return category === undefined ? where : and([categoryTest(category), where]);
}

const take = (event: Event, { way, source, asks }: Part) => taken[way](event, source, mapping, { asks });

/** The same event without a field that is asked for, and with another value in it. */
function variants(event: Event, part: Part): readonly Event[] {
  const whole = take(event, part);
  const said = saidBy(part.source);
  return Object.keys(event).flatMap((field) => {
    const { [field]: held, ...rest } = event;
    const names = Object.keys(take({ [field]: held }, part));
    const isAsked = names.some((name) => part.asks.has(name) && !(part.way === 'toEcs' && said.has(name)));
    const isOwn = part.way === 'toEcs' || !said.has(field);
    if (!isAsked || !isOwn || sameEvent(take(rest, part), whole)) return [];
    const other = typeof held === 'number' ? held + 1 : typeof held === 'string' ? 'nothing of it' : held;
    return [rest, { ...rest, [field]: other }];
  });
}

/** The fields of ECS that say that an event is of a log source. */
function saidBy(source: LogSource): ReadonlySet<string> {
  const { where = [], absorb = [] } = findLogSource(source, mapping) ?? {};
  const also = where.flatMap(({ also = [] }) => also.flatMap(({ field }) => field ?? []));
  return new Set(['event.category', ...[...where, ...absorb].map(({ field }) => field), ...also]);
}

/** Numbers are taken for what they show. */
function sameEvent(a: Event, b: Event): boolean {
  const shown = (_: string, value: unknown) => (typeof value === 'number' ? String(value) : value);
  return JSON.stringify(a, shown) === JSON.stringify(b, shown);
}

function rowsOf({ before, way, source }: Part): readonly (readonly [string, FieldRow])[] {
  const around = [before.kind === 'and' ? before : { kind: 'and' as const, of: [before] }];
  return fieldsOf(before).flatMap((field) =>
    (lookUp(field, { mapping, logSource: source, way, around })?.rows ?? []).map(
      (row) => [field, row] as const,
    ),
  );
}

const has = (part: Part, kind: string) => rowsOf(part).some(([, { change }]) => change?.kind === kind);

/** Why what is made up for a rule can be an event that no log has. */
const neverLogged: readonly { readonly why: string; readonly holds: (part: Part) => boolean }[] = [
  {
    why: 'Entries of an object that are made up run into each other, and no object is spelled so.',
    holds: (part) => has(part, 'entries'),
  },
  {
    why: 'Where ECS has a word for a field that is there and one for a field that is not, every event has one of them.',
    holds: (part) => part.way === 'toSigma' && (has(part, 'presence') || has(part, 'otherwise')),
  },
  {
    why: 'The data of an event of PowerShell stand in lines of their own; what is made up has them in one.',
    holds: (part) => part.way === 'toEcs' && has(part, 'prefix'),
  },
  {
    why: 'Closed lists of words are all that a log writes, and what is made up may be none of them.',
    holds: (part) =>
      part.way === 'toEcs' &&
      rowsOf(part).some(([, { change }]) => change?.kind === 'words' && change.closed === true),
  },
  {
    why: 'Objects in a list have no names in Sigma, which has their fields alone.',
    holds: ({ before }) => JSON.stringify(before).includes('"kind":"nested"'),
  },
  {
    why: 'Several fields of ECS say one thing, and what is made up says different things in them.',
    holds: (part) => {
      const names = new Map<string, string>();
      return (
        part.way === 'toSigma' &&
        rowsOf(part).some(([field, row]) => {
          const name = nameIn(row, field, part.way);
          const before = names.get(name);
          names.set(name, field);
          return before !== undefined && before !== field;
        })
      );
    },
  },
];

describe.skipIf(without)('events that rules find (set CORPUS to run)', () => {
  test.each([
    { to: 'toEcs', files: sigmaFiles, share: 0.99 },
    { to: 'toSigma', files: elasticFiles, share: 0.98 },
  ] as const)('are found $to, too, and others are not', { timeout: 120_000 }, ({ to, files, share }) => {
    const unexplained: string[] = [];
    let [made, survived] = [0, 0];
    for (const file of files()) {
      for (const part of partsIn(file, to)) {
        if (!part.isSaid || part.effect === 'approximate') continue;
        const found = findEvent([part.before], { budget: { steps: 3000, tries: 4, looked: 8000 } });
        if (found.kind !== 'found') continue;
        const faults = [found.result, ...variants(found.result, part)].map((event) =>
          faultOf(part, [event, take(event, part)], to, types),
        );
        made += 1;
        if (faults[0] === undefined) survived += 1;
        const fault = faults.find((one) => one !== undefined);
        if (fault !== undefined && !neverLogged.some(({ holds }) => holds(part)))
          unexplained.push(`${file.path}: ${fault}`);
      }
    }
    expect(unexplained).toEqual([]);
    expect(made).toBeGreaterThan(800);
    expect(survived / made).toBeGreaterThan(share);
  });
});
