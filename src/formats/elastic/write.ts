import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome, Report } from '../../diagnostic/diagnostic.ts';
import { sameJson } from '../../rule/json.ts';
import type { Pack, Rule } from '../../rule/rule.ts';
import type { WriteOptions } from '../format.ts';
import { documentOf } from './document.ts';
import { editDocument } from './edit.ts';
import { type Document, print } from './print.ts';
import { read } from './read.ts';
import { parseToml } from './toml.ts';
import { reportUnwanted } from './wanted.ts';

export const shapes = ['rule'] as const;

/** Into the text that the rule was read from, where there is one; otherwise in house style. */
export function write(pack: Pack, how: WriteOptions = {}): Outcome<string> {
  return attempt((report) => {
    const { onto, shape = 'rule' } = how;
    if (shape !== 'rule') throw failed(`TOML has rules in one shape alone, not in one named ${shape}`);
    const rule = onlyRule(pack, report);
    // What stands in a file already is its author's choice.
    if (onto === undefined) reportUnwanted(rule, how, report);
    const after = documentOf(rule, how, report);
    if (onto !== undefined && how.stack !== undefined && saysAlready(onto, after)) return onto;
    const before = onto === undefined ? undefined : attempt(() => documentIn(onto, how));
    return onto !== undefined && before?.ok ? editDocument(onto, before.value, after, report) : print(after);
  });
}

/** Whether a file was written for the same stack already. */
function saysAlready(text: string, { table }: Document): boolean {
  const said = attempt(() => parseToml(text).table);
  return said.ok && sameJson(said.value, table);
}

/** What the writer would say of a file that is there already. A stack may not have what it says. */
function documentIn(text: string, { stack: _, ...how }: WriteOptions) {
  const outcome = read(text);
  if (!outcome.ok) throw new Failure(outcome.diagnostics);
  return documentOf(outcome.value.rules[0]!, how, silent);
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
