import { Failure, need } from '../../diagnostic/attempt.ts';
import type { Format } from '../../formats/format.ts';
import type { Rule } from '../../rule/rule.ts';
import { lower } from '../lower.ts';
import type { ConvertOptions } from '../options.ts';
import type { Question } from '../question.ts';

const silent = () => {};

/** The rules of a text that was written, the rule itself last; fails where it can not be read. */
export function rulesIn(text: string, target: Format): readonly Rule[] {
  const { rules } = need(target.read(text), silent);
  if (rules.length === 0) throw new Failure({ code: 'read/empty', message: 'There is no rule in it.' });
  return rules;
}

/** What a text asks that was written for a rule: of several pieces each, the rule itself first. */
export function questionsIn(
  rules: readonly Rule[],
  pieces: number,
  options: ConvertOptions,
): readonly Question[] {
  const [last, others] = [rules.at(-1)!, rules.slice(0, -1)];
  const ask = (rule: Rule, parts: readonly Rule[]) => lower({ rule, parts }, options, silent);
  return pieces === 1 ? [ask(last, others)] : [last, ...others].map((rule) => ask(rule, []));
}
