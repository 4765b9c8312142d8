import { beforeAll, expect, test } from 'vitest';
import { corpus, elasticFiles, sigmaFiles } from '../support/corpus.ts';
import { type Caught, caughtBy } from './caught.ts';
import { faults } from './faults/index.ts';
import { ownRules, type RuleText } from './own-rules.ts';

/** `FAULT='a star'` looks at those alone that are called so, and tells how they were caught. */
const only = process.env['FAULT'] ?? '';
const numbers = [...faults.keys()].filter((at) => faults[at]!.fault.includes(only));

/** Short rules first: they are asked soonest, and what they show is plainest. */
const real = [...elasticFiles(), ...sigmaFiles()]
  .map(({ path, text }): RuleText => {
    return { name: path.slice(corpus.length), from: path.endsWith('.yml') ? 'sigma' : 'elastic', text };
  })
  .sort((a, b) => a.text.length - b.text.length);
const own = ownRules();
let caught: readonly Caught[] = [];

beforeAll(async () => {
  caught = await caughtBy(faults, numbers, [...real, ...own]);
  if (only !== '') for (const one of caught) console.log(faults[one.number]!.fault, JSON.stringify(one));
});

test('there are faults of many kinds, each called by a sentence of its own', () => {
  expect(new Set(faults.map(({ fault }) => fault)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThan(80);
});

test('every fault is caught', () => {
  const missed = caught.filter(({ rule }) => rule === undefined).map(({ number }) => faults[number]!.fault);
  expect(missed).toEqual([]);
  expect(caught.length).toBe(numbers.length);
});

test('events show each of them, which one of the two texts finds alone', () => {
  for (const { number, relation, shown = [] } of caught.filter(({ rule }) => rule !== undefined)) {
    const sides = { broader: ['written'], narrower: ['read'], overlapping: ['read', 'written'] };
    const asked = relation && relation in sides ? sides[relation as keyof typeof sides] : ['read', 'written'];
    const { fault } = faults[number]!;
    expect([fault, shown.map(({ matches }) => matches).sort()]).toEqual([fault, asked]);
    expect([fault, shown.every(({ events }) => events.length > 0)]).toEqual([fault, true]);
  }
});

test.skipIf(only !== '')('most of them are found by the very program that has them', () => {
  expect(caught.filter(({ itself }) => itself).length).toBeGreaterThan(50);
});

test.skipIf(only !== '' || real.length === 0)('most of them are shown by rules of real packs', () => {
  const ours = new Set(own.map(({ name }) => name));
  const shown = caught.filter(({ rule }) => rule !== undefined && !ours.has(rule));
  expect(shown.length).toBeGreaterThan(70);
});
