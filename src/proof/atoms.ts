import type { Event, Scalar } from '../match/event.ts';
import { isPattern, many, pattern } from '../query/pattern.ts';
import type { Equals, FreeText } from '../query/query.ts';
import { isFieldTest } from '../query/walk.ts';
import { Field, type Held, type Multiplicity, nothingHeld } from './fields.ts';
import type { Atom } from './formula.ts';
import type { Theory } from './search.ts';
import { knownValues, type Values } from './values.ts';
import type { Effort } from './witness.ts';

/** What the fields of an event hold so far, by their names. */
export type Holding = ReadonlyMap<string, Held>;

/** Where texts stand that may stand in any field; no field is called so. */
export const anywhere = '*';

/** What is known of the atoms of a search: which are tests of which field, and the values they let pass. */
export class Tests implements Theory<Holding> {
  readonly start: Holding = new Map();
  readonly #fields = new Map<string, Field>();
  readonly #fieldOf: readonly (string | undefined)[];
  readonly values: ReadonlyMap<number, Values>;

  constructor(
    atoms: readonly Atom[],
    values: ReadonlyMap<number, Values>,
    multiplicity: Multiplicity,
    effort: Effort,
  ) {
    this.values = values;
    this.#fieldOf = atoms.map((atom, number) => (values.has(number) ? fieldOf(atom) : undefined));
    const byField = new Map<string, Map<number, Values>>();
    this.#fieldOf.forEach((field, number) => {
      if (field === undefined) return;
      const tests = byField.get(field) ?? new Map<number, Values>();
      byField.set(field, tests.set(number, values.get(number)!));
    });
    for (const [field, tests] of byField) {
      // Texts that stand anywhere stand in fields of their own.
      this.#fields.set(field, new Field(tests, field === anywhere ? 'many' : multiplicity, effort));
    }
  }

  /** Functions and nested objects are looked at when all the rest is settled. */
  with(holding: Holding, atom: number, isTrue: boolean): Holding | null | undefined {
    const field = this.#fieldOf[atom];
    if (field === undefined) return holding;
    const held = this.#fields.get(field)!.with(holding.get(field) ?? nothingHeld, atom, isTrue);
    return held && new Map(holding).set(field, held);
  }
}

function fieldOf(atom: Atom): string | undefined {
  if (atom.kind === 'free-text') return anywhere;
  return isFieldTest(atom) ? atom.field : undefined;
}

/** The values that each test of a field lets pass; functions, nested objects and what can not be read have none here. */
export function valuesOfAtoms(atoms: readonly Atom[]): ReadonlyMap<number, Values> {
  const known = new Map<number, Values>();
  atoms.forEach((atom, number) => {
    const test = atom.kind === 'free-text' ? asTest(atom) : atom;
    const values = isFieldTest(test) ? knownValues(test) : undefined;
    if (values) known.set(number, values);
  });
  return known;
}

/** What stands in a value need not be all of it. */
function asTest({ values, quantifier, caseSensitive }: FreeText): Equals {
  const around = values.map((value) =>
    pattern([many, ...(isPattern(value) ? value : [String(value)]), many]),
  );
  return { kind: 'equals', field: anywhere, values: around, quantifier, caseSensitive };
}

/** An event that holds what is held; a name with stars is any that it stands for. */
export function eventOf(holding: Holding): Event {
  const held = [...holding].filter(([, { values }]) => values.length > 0);
  return Object.fromEntries(
    held.map(([field, { values }]) => {
      const name = field === anywhere ? freeField(holding) : field.replaceAll('*', '0');
      return [name, asValue(values)];
    }),
  );
}

function asValue(values: readonly Scalar[]): unknown {
  return values.length === 1 ? values[0] : values;
}

function freeField(holding: Holding): string {
  let name = 'message';
  while (holding.has(name)) name = `${name}.text`;
  return name;
}
