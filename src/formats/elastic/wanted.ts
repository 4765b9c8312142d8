import type { Report } from '../../diagnostic/diagnostic.ts';
import { idShape } from '../schemas/index.ts';

const uuid = new RegExp(idShape);

/** What the tools that read rule files will miss, or not take. Nothing is made up. */
export function reportUnusualId(id: string | undefined, report: Report): void {
  if (id === undefined) {
    const message = 'Elastic wants rule_id of every rule; this one was written without.';
    report({ code: 'loss/required-field', message, path: 'rule_id' });
  } else if (!uuid.test(id)) {
    const message = `Elastic's tools want a UUID in small letters as rule_id, and "${id}" is none; it was written as it is, and --id derive makes one of it.`;
    report({ code: 'write/unusual-id', message, path: 'rule_id' });
  }
}
