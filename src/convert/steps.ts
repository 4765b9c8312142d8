import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Operand, Sample, Sequence, Step } from '../query/query.ts';
import type { CorrelationDetection } from '../rule/rule.ts';
import { printTimespan } from './duration.ts';

/** The way back from `correlation.ts`: a correlation of one rule for each step. All that Sigma has no words for is refused at once. */
export function correlationOfSteps(find: Sequence | Sample, names: readonly string[]): CorrelationDetection {
  const refused = unsayable(find);
  if (refused.length > 0) throw new Failure(refused);
  const { groupBy, aliases } = keysOf(find, names);
  const timespan = find.within === undefined ? undefined : printTimespan(find.within);
  if (timespan === undefined) return refuse('Sigma has no timespan below a second');
  return {
    kind: 'correlation',
    type: find.kind === 'sequence' ? 'temporal_ordered' : 'temporal',
    rules: names,
    ...(groupBy.length > 0 && { groupBy }),
    timespan,
    ...(Object.keys(aliases).length > 0 && { aliases }),
  };
}

function unsayable(find: Sequence | Sample): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const say = (code: Diagnostic['code'], message: string, { span }: Pick<Step, 'span'>) =>
    found.push({ code, message: `${message}; the rule was not written.`, ...(span && { span }) });
  if (find.kind === 'sequence' && find.until) {
    say('loss/until', 'Sigma has no event that ends a sequence early', find.until);
  }
  for (const step of find.steps) {
    if (step.missing) say('loss/missing-event', 'Sigma can not ask for an event that does not happen', step);
    if (step.runs > 1)
      say('loss/runs', 'Sigma can not ask for one of several events to happen over and over', step);
    if ([...find.by, ...step.by].some((key) => key.kind !== 'field')) {
      say('loss/join-key', 'Sigma joins events by fields alone', step);
    } else if ([...find.by, ...step.by].some((key) => key.kind === 'field' && key.optional)) {
      say('loss/join-key', 'Sigma does not join events by a field that they may lack', step);
    }
  }
  return found;
}

/** Keys that are one field in all steps are that field; the others are aliases. */
function keysOf({ by, steps }: Sequence | Sample, names: readonly string[]) {
  const groupBy = by.map(nameOf);
  const aliases: Record<string, Record<string, string>> = {};
  const count = steps[0]?.by.length ?? 0;
  for (let index = 0; index < count; index += 1) {
    const fields = steps.map((step) => nameOf(step.by[index]!));
    if (new Set(fields).size === 1) {
      groupBy.push(fields[0]!);
      continue;
    }
    const alias = aliasName(index, count, groupBy);
    groupBy.push(alias);
    aliases[alias] = Object.fromEntries(names.map((name, step) => [name, fields[step]!]));
  }
  return { groupBy, aliases };
}

function aliasName(index: number, count: number, taken: readonly string[]): string {
  const base = count === 1 ? 'joined' : `joined_${index + 1}`;
  return taken.includes(base) ? `${base}_key` : base;
}

function nameOf(key: Operand): string {
  return key.kind === 'field' ? key.field : refuse('Sigma joins events by fields alone');
}

function refuse(what: string): never {
  throw new Failure({ code: 'loss/sequence', message: `${what}; the rule was not written.` });
}
