import { type Diagnostic, type KnownFields, type Outcome, positions, readFields } from '../index.ts';
import { readText } from './files.ts';

/** What some files say of the fields of indices, together. The findings name their file. */
export function loadFields(paths: readonly string[]): Outcome<KnownFields> {
  const outcomes = paths.map(fieldsIn);
  const diagnostics = outcomes.flatMap((outcome) => outcome.diagnostics);
  if (!outcomes.every((outcome) => outcome.ok)) return { ok: false, diagnostics };
  const indices = outcomes.flatMap(({ value }) => value.indices);
  return { ok: true, value: { of: 'indices', indices }, diagnostics };
}

function fieldsIn(path: string): Outcome<KnownFields> {
  const file = readText(path);
  const outcome = file.ok ? readFields(file.text) : ({ ok: false, diagnostics: [file] } as const);
  if (outcome.ok) return outcome;
  return { ok: false, diagnostics: outcome.diagnostics.map((found) => named(found, path, file.text)) };
}

function named(found: Diagnostic, path: string, text: string): Diagnostic {
  const place = found.span && positions(text)(found.span.start);
  const at = place ? `${path}:${place.line}:${place.column}` : path;
  return { ...found, message: `${at}: ${found.message}` };
}
