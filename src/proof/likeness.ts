import type { Predicate } from '../query/query.ts';
import type { Figure } from './figure.ts';
import { distinct } from './keys.ts';
import { avoiding, meeting } from './laid-out.ts';
import type { Plan, Slot } from './plan.ts';
import type { Questions } from './questions.ts';
import { forbiddenIn, slotsIn, wheresOf } from './slots.ts';

/** What is asked of each event of a stream. */
export type Asked = readonly (readonly Predicate[])[];

/** What is asked of each event of a figure; of those of one slot the same. */
export function askedOf({ slots }: Figure, ask: (where: Predicate) => readonly Predicate[]): Asked {
  const known = new Map<Slot, readonly Predicate[]>();
  return slots.map((slot) => {
    const asked = known.get(slot) ?? ask(slot.where);
    known.set(slot, asked);
    return asked;
  });
}

/** As it is, and with events unlike those that the other plan asks for: all of them, or one after the other. */
export function* apartFrom(
  plain: Asked,
  plan: Plan,
  wheres: readonly Predicate[],
  ask: Questions,
): Generator<Asked> {
  yield plain;
  yield each(plain, (asked) => avoiding(asked, wheres, ask));
  const theirs = 'slots' in plan ? plan.slots : [];
  if (theirs.length > 1) {
    // Each is like its counterpart, and like no other.
    yield plain.map((asked, at) => {
      const own = theirs[at];
      const rest = wheres.filter((where) => where !== own?.where);
      return avoiding(own ? meeting(asked, [own.where], ask) : asked, rest, ask);
    });
  }
  const kinds = [...new Set(plain)];
  for (const asked of kinds.length > 1 ? kinds : []) {
    for (const where of wheres) {
      const without = avoiding(asked, [where], ask);
      if (without !== asked) yield plain.map((one) => (one === asked ? without : one));
    }
  }
  // Of many of one kind all but one may be the same.
  if (kinds.length === 1 && plain.length > 1) {
    const without = avoiding(plain[0]!, wheres, ask);
    yield plain.map((asked, at) => (at === 0 ? without : asked));
  }
}

/** With events that are those of the other plan as well, as many as can be. */
export function* togetherWith(plain: Asked, plan: Plan, ask: Questions): Generator<Asked> {
  const theirs = 'slots' in plan ? plan.slots : slotsIn(plan);
  const kinds = distinct(theirs);
  const forbidden = wheresOf(forbiddenIn(plan));
  const near = (shift: number) =>
    memoized(plain, (asked, at) => {
      const from = theirs[at + shift];
      const start = from ? kinds.indexOf(from) : 0;
      const turned = [...kinds.slice(start), ...kinds.slice(0, start)];
      return avoiding(meeting(asked, wheresOf(turned), ask), forbidden, ask);
    });
  yield near(0);
  const most = Math.min(4, Math.abs(theirs.length - plain.length));
  for (let shift = 1; shift <= most; shift += 1) {
    yield near(shift);
    yield near(-shift);
  }
  yield plain.map((asked, at) => (theirs[at] ? meeting(asked, [theirs[at].where], ask) : asked));
  if (new Set(plain).size > 1) return;
  // Of many of one kind some may be enough.
  const [asked] = plain;
  const [like, unlike] = [meeting(asked!, wheresOf(kinds), ask), avoiding(asked!, wheresOf(kinds), ask)];
  for (let count = 1; count < Math.min(plain.length, 6); count += 1) {
    yield plain.map((_, at) => (at < count ? like : unlike));
  }
}

/** A change that depends on what is asked, and on the place of no more than a few. */
export function memoized(
  plain: Asked,
  change: (asked: readonly Predicate[], at: number) => readonly Predicate[],
): Asked {
  if (new Set(plain).size > 1) return plain.map(change);
  const first = plain.map((asked, at) => (at < 8 ? change(asked, at) : asked));
  return first.map((asked, at) => (at < 8 ? asked : first[7]!));
}

function each(plain: Asked, change: (asked: readonly Predicate[]) => readonly Predicate[]): Asked {
  const known = new Map<readonly Predicate[], readonly Predicate[]>();
  return plain.map((asked) => {
    const changed = known.get(asked) ?? change(asked);
    known.set(asked, changed);
    return changed;
  });
}
