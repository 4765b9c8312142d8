import { Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { LogSource } from '../../rule/rule.ts';
import { missing } from './missing.ts';

/** Which events a rule is about. Each narrows them down, so none may be left out. */
const parts: readonly string[] = ['category', 'product', 'service'];

/**
 * The keys stay in the order of the file. Keys of a site's own are the rest, and so is a definition that is
 * no text, which people read and no one searches by.
 */
export function readLogSource(value: Json | undefined, report: Report): LogSource {
  const found = isObject(value) ? Object.entries(value) : [];
  const wrong = found.filter(
    ([key, part]) => parts.includes(key) && typeof part !== 'string' && part !== null,
  );
  if (wrong.length > 0) throw new Failure(wrong.map(([key]) => noText(key)));
  const said = found.filter(([key, part]) => isWord(key) && typeof part === 'string');
  if (!said.some(([key]) => parts.includes(key)))
    throw missing('logsource', 'with a category, a product or a service');
  const rest = found.filter((entry) => !said.includes(entry));
  if (rest.some(([key]) => key === 'definition')) report(noDefinition);
  return objectOf([...said, ...(rest.length > 0 ? [['rest', objectOf(rest)] as const] : [])]);
}

/** Undefined for a log source that says nothing, which no document may have. */
export function writeLogSource({ rest, ...said }: LogSource): JsonObject | undefined {
  const words = Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (!words.some(([key]) => parts.includes(key))) return undefined;
  return objectOf([
    ...words,
    ...Object.entries(rest ?? {}).filter(([key]) => !words.some(([word]) => word === key)),
  ]);
}

function isWord(key: string): boolean {
  return parts.includes(key) || key === 'definition';
}

function noText(key: string): Diagnostic {
  return {
    code: 'parse/bad-value',
    path: `logsource.${key}`,
    message: `logsource.${key} should be text; the document was not read.`,
  };
}

const noDefinition: Diagnostic = {
  code: 'schema/wrong-type',
  path: 'logsource.definition',
  message: 'logsource.definition should be text; it is carried as it is.',
};
