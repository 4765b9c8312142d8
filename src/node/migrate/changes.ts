import { changelog, type FormatId, type Rule, type RuleChange, read } from '../../index.ts';
import type { MigratedRule, MigrateOptions } from './model.ts';

export type Telling = Pick<MigrateOptions, 'to' | 'mappings' | 'filters'>;

/** What is otherwise in a target, in words: undefined before it is there, and when it is gone. */
export function changesOf(
  before: string | undefined,
  after: string | undefined,
  { to, mappings, filters }: Telling,
): readonly RuleChange[] {
  if (before === undefined) return all(after ?? '', to, 'was added');
  if (after === undefined) return all(before, to, 'was removed');
  const options = { ...(mappings && { mappings }), ...(filters && { filters }) };
  try {
    const outcome = changelog(before, after, { ...options, formats: { before: to, after: to } });
    if (outcome.ok) return outcome.value;
    return untold(outcome.diagnostics[0]?.message ?? '');
  } catch (error) {
    return untold((error as Error).message);
  }
}

/** The file was written all the same: what is told of it is no reason to stop. */
function untold(why: string): readonly RuleChange[] {
  return [{ where: 'rule', message: `was changed, and how can not be told: ${why}` }];
}

function all(text: string, format: FormatId, message: string): readonly RuleChange[] {
  const outcome = read(text, { format });
  const rules = outcome.ok ? outcome.value.rules : [];
  return rules.map(({ id, title }) => ({
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    where: 'rule',
    message,
  }));
}

/** Each rule with the changes of what it became; a rule that became all of a file has all of them. */
export function withChanges(
  rule: MigratedRule,
  written: readonly Rule[],
  changes: readonly RuleChange[] | undefined,
  isAlone: boolean,
): MigratedRule {
  if (changes === undefined) return rule;
  const own = isAlone
    ? changes
    : changes.filter((change) =>
        written.some((one) => (one.id ?? one.title) === (change.id ?? change.title)),
      );
  return own.length === 0 ? rule : { ...rule, changes: own };
}
