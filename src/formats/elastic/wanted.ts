import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import type { Rule } from '../../rule/rule.ts';
import type { WriteOptions } from '../format.ts';
import { idShape } from '../schemas/index.ts';

const uuid = new RegExp(idShape);

/** What the tools that read rule files will miss, or not take. A foreign rule is made to fit before it is written. */
export function reportUnwanted(
  { id, status, deprecation }: Rule,
  { foreign = false }: WriteOptions,
  report: Report,
): void {
  if (id === undefined) {
    report(missing('rule_id', 'every rule'));
  } else if (!foreign && !uuid.test(id)) {
    const message = `Elastic's tools want a UUID in small letters as rule_id, and "${id}" is none; it was written as it is, and --id derive makes one of it.`;
    report({ code: 'write/unusual-id', message, path: 'rule_id' });
  }
  if (status === 'deprecated' && deprecation?.date === undefined)
    report(missing('deprecation_date', 'a rule that is deprecated'));
}

function missing(key: string, of: string): Diagnostic {
  const message = `Elastic wants ${key} of ${of}; this one was written without.`;
  return { code: 'loss/required-field', message, path: key };
}
