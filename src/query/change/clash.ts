import type { Predicate } from '../query.ts';

/** What keeps the changes of two sides apart. Where one is told, what ours says stands. */
export type Clash = TestClash | SettingClash;

/** Which event of several it is about: a step, counted from 1, or what ends a sequence. */
export type Event = number | 'until';

/** Two changes of what is asked of one event. */
export interface TestClash {
  readonly kind: 'test';
  readonly event?: Event;
  /**
   * `changed`: both changed it, and not alike. `removed-here`: theirs changed what ours does not have any more;
   * `removed-there` the other way round. `added`: both added a test of the same. `replaced`: both put other things in its
   * place. `two-ways`: what one side added may stand within what the other added, or beside it. `nothing-left`: together they
   * leave nothing to ask for. `too-large`: it is not looked into.
   */
  readonly what:
    | 'changed'
    | 'removed-here'
    | 'removed-there'
    | 'added'
    | 'replaced'
    | 'two-ways'
    | 'nothing-left'
    | 'too-large';
  readonly base?: Predicate;
  readonly ours?: Predicate;
  readonly theirs?: Predicate;
}

/** What stands around the tests. */
export const settings = [
  'shape',
  'indices',
  'category',
  'keys',
  'time',
  'repeats',
  'absence',
  'end',
  'steps',
  'stages',
] as const;

export type Setting = (typeof settings)[number];

/** Two changes of something around the tests: the keys, the time, the steps. */
export interface SettingClash {
  readonly kind: 'setting';
  readonly event?: Event;
  readonly setting: Setting;
  readonly base?: unknown;
  readonly ours?: unknown;
  readonly theirs?: unknown;
}
