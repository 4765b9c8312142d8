import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { Pack, Rule } from '../../rule/rule.ts';
import type { WriteOptions } from '../format.ts';
import { documentOf } from './document.ts';
import { editDocument } from './edit.ts';
import { print } from './print.ts';
import { read } from './read.ts';

export const shapes = ['rule'] as const;

/** Into the text that the rule was read from, where there is one; otherwise in house style. */
export function write(pack: Pack, { onto, carry, shape = 'rule' }: WriteOptions = {}): Outcome<string> {
  return attempt((report) => {
    if (shape !== 'rule') throw failed(`TOML has rules in one shape alone, not in one named ${shape}`);
    const carries = carry !== 'none';
    const after = documentOf(onlyRule(pack, report), carries, report);
    const before = onto === undefined ? undefined : attempt(() => documentIn(onto, carries));
    return onto !== undefined && before?.ok ? editDocument(onto, before.value, after, report) : print(after);
  });
}

/** What the writer would say of a file that is there already. */
function documentIn(text: string, carries: boolean) {
  const outcome = read(text);
  if (!outcome.ok) throw new Failure(outcome.diagnostics);
  return documentOf(outcome.value.rules[0]!, carries, silent);
}

function onlyRule({ rules, filters, rest }: Pack, report: Report): Rule {
  const [rule, ...others] = rules;
  if (rule === undefined) throw failed('There is no rule to be written');
  if (others.length > 0) throw failed(`A TOML file holds one rule, and there are ${rules.length}`);
  if (filters.length > 0) {
    const message = 'Exceptions have no place in the file of a rule; they were left behind.';
    report({ code: 'loss/exceptions', effect: 'broader', message });
  }
  if (rest.length > 0) {
    const message = 'What travels beside a rule has no place in its file; it was left behind.';
    report({ code: 'loss/carry', effect: 'dropped', message });
  }
  return rule;
}

function failed(what: string): Failure {
  return new Failure({ code: 'write/failed', message: `${what}; nothing was written.` });
}

function silent(): void {}
