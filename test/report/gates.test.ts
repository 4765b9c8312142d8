import { describe, expect, test } from 'vitest';

import {
  baselineGate,
  type Effect,
  type Finding,
  type Graded,
  goneSince,
  maxLossGate,
  printBaseline,
  readBaseline,
} from '../../src/index.ts';

const loss = (code: string, effect: Effect, line = 1): Finding => ({
  code,
  effect,
  line,
  level: 'warning',
  message: 'Something is lost.',
  path: 'a.toml',
});

const rule = (id: string, fidelity: Graded['fidelity'], ...diagnostics: readonly Finding[]): Graded => ({
  path: `${id}.toml`,
  id,
  title: `Rule ${id}`,
  fidelity,
  diagnostics,
});

const widened = rule('a', 'broader', loss('loss/mapping', 'broader'), loss('loss/mapping', 'broader', 9));
const refused = rule('b', 'refused', { ...loss('loss/rule-type', 'broader'), level: 'error' });
const whole = rule('c', 'equivalent');
const messages = (stops: readonly { readonly message: string }[]) => stops.map(({ message }) => message);

describe('--max-loss', () => {
  test('a grade stops each rule that came to less', () => {
    expect(maxLossGate('equivalent', [widened, whole]).stops).toMatchObject([{ path: 'a.toml', id: 'a' }]);
    expect(maxLossGate('broader', [widened, whole]).stops).toEqual([]);
    expect(maxLossGate('carried', [widened, refused]).stops).toMatchObject([{ id: 'b' }]);
    expect(maxLossGate('identical', [whole]).stops).toHaveLength(1);
  });

  test('a number stops the run that has more losses; a rule that was not written is one', () => {
    expect(maxLossGate(3, [widened, refused, whole]).stops).toEqual([]);
    expect(messages(maxLossGate(2, [widened, refused, whole]).stops)).toEqual([
      'The run has 3 losses, and at most 2 are allowed.',
    ]);
    expect(messages(maxLossGate(0, [refused]).stops)).toEqual(['The run has 1 loss, and none is allowed.']);
  });
});

describe('a baseline', () => {
  const baseline = (rules: readonly Graded[]) => {
    const outcome = readBaseline(printBaseline('sigma', rules));
    if (!outcome.ok) throw new Error('unreadable');
    return outcome.value;
  };
  const stops = (now: readonly Graded[], then: readonly Graded[]) =>
    baselineGate('--baseline x', now, baseline(then)).stops;

  test('knows what it was written from, wherever the lines and files are by now', () => {
    expect(stops([widened, refused, whole], [widened, refused, whole])).toEqual([]);
    const moved = {
      ...widened,
      path: 'elsewhere/a.toml',
      diagnostics: widened.diagnostics.map((one) => ({ ...one, line: 77 })),
    };
    expect(stops([moved], [widened])).toEqual([]);
  });

  test('one more of a loss is new, and so is a refusal, another effect, a worse verdict', () => {
    const more = { ...widened, diagnostics: [...widened.diagnostics, loss('loss/mapping', 'broader')] };
    expect(messages(stops([more], [widened]))).toEqual([
      'The rule has the loss "loss/mapping broader" 3 times, which the baseline has 2 times.',
    ]);
    expect(messages(stops([refused], [widened]))).toEqual([
      'The rule was refused, which the baseline does not know.',
    ]);
    const narrower = rule('a', 'narrower', loss('loss/mapping', 'narrower'));
    expect(messages(stops([narrower], [widened]))).toEqual([
      'The rule has the loss "loss/mapping narrower", which the baseline does not know.',
    ]);
    const overlapping = { relation: 'overlapping' } as const;
    expect(messages(stops([{ ...whole, proof: overlapping }], [whole]))).toEqual([
      'The verdict overlapping is one that the baseline does not know.',
    ]);
    expect(messages(stops([{ ...narrower, proof: overlapping }], [widened]))).toHaveLength(1);
    expect(stops([{ ...whole, proof: { relation: 'unknown' } }], [whole])).toEqual([]);
  });

  test('a rule without an id is known by its file and title', () => {
    const { id: _, ...nameless } = widened;
    expect(stops([nameless], [nameless])).toEqual([]);
    expect(stops([{ ...nameless, path: 'b.toml' }], [nameless])).toHaveLength(1);
    expect(stops([{ ...nameless, path: 'x\\b.toml' }], [{ ...nameless, path: 'x/b.toml' }])).toEqual([]);
  });

  test('rules of one id have their losses together', () => {
    expect(stops([widened, widened], [widened, widened])).toEqual([]);
    expect(stops([widened, widened], [widened])).toHaveLength(1);
  });

  test('is written in order, and only of rules that have losses', () => {
    const text = printBaseline('sigma', [refused, whole, widened]);
    expect(text).toBe(printBaseline('sigma', [widened, refused]));
    expect(JSON.parse(text)).toEqual({
      version: 1,
      to: 'sigma',
      rules: {
        a: { title: 'Rule a', losses: { 'loss/mapping broader': 2 } },
        b: { title: 'Rule b', losses: { refused: 1 } },
      },
    });
  });

  test('tells how much of it is no more', () => {
    expect(goneSince([rule('a', 'equivalent'), whole], baseline([widened, refused]))).toBe(2);
    expect(goneSince([widened], baseline([widened]))).toBe(0);
  });

  test('an id may be any word', () => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      const strange = rule(id, 'broader', loss('loss/mapping', 'broader'));
      expect(stops([strange], [strange])).toEqual([]);
      expect(stops([strange], [])).toHaveLength(1);
    }
  });

  test('one that an editor marked as UTF-8 is read, and one of another version told of as that', () => {
    const text = '{"version": 1, "to": "sigma", "rules": {}}';
    expect(readBaseline(`\ufeff${text}`).ok).toBe(true);
    const [found] = readBaseline(text.replace('1', '2')).diagnostics;
    expect(found!.message).toContain('version 2');
  });

  test.each([
    '',
    '{',
    '[]',
    '{"version": 2, "to": "sigma", "rules": {}}',
    '{"version": 1, "to": "sigma", "rules": {"a": {"losses": {"x": "y"}}}}',
  ])('what is none is told: %s', (text) => {
    const outcome = readBaseline(text);
    expect(outcome.ok).toBe(false);
    expect(outcome.diagnostics).toMatchObject([{ code: 'read/not-a-baseline' }]);
  });
});
