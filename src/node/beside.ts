import {
  type Diagnostic,
  type Outcome,
  type Placeholders,
  positions,
  type RuleFilter,
  read,
  readPlaceholders,
} from '../index.ts';
import { readText } from './files.ts';

/** What a run is given beside its rules: filters for them, and lists for their placeholders. */

/** The filters of Sigma files, each with its place. A file that holds none is a mistake, and fails. */
export function loadFilters(paths: readonly string[]): Outcome<readonly RuleFilter[]> {
  const outcomes = paths.map(filtersIn);
  const diagnostics = outcomes.flatMap((outcome) => outcome.diagnostics);
  if (!outcomes.every((outcome) => outcome.ok)) return { ok: false, diagnostics };
  return { ok: true, value: outcomes.flatMap(({ value }) => value), diagnostics };
}

function filtersIn(path: string): Outcome<readonly RuleFilter[]> {
  const source = readText(path);
  const outcome = source.ok
    ? read(source.text, { format: 'sigma' })
    : ({ ok: false, diagnostics: [source] } as const);
  if (!outcome.ok) return { ok: false, diagnostics: outcome.diagnostics.map((found) => named(found, path)) };
  const lineAt = positions(source.text);
  const value = outcome.value.filters.map(({ span, ...one }): RuleFilter => {
    return { ...one, place: span ? `${path}:${lineAt(span.start).line}` : path };
  });
  const none: Diagnostic = {
    code: 'read/not-a-rule',
    message: 'No document of the file is a filter; none was applied.',
  };
  return value.length > 0
    ? { ok: true, value, diagnostics: [] }
    : { ok: false, diagnostics: [named(none, path)] };
}

/** Lists by the names of their placeholders. */
export function loadPlaceholders(path: string): Outcome<Placeholders> {
  const source = readText(path);
  const outcome = source.ok ? readPlaceholders(source.text) : ({ ok: false, diagnostics: [source] } as const);
  if (outcome.ok) return outcome;
  return { ok: false, diagnostics: outcome.diagnostics.map((found) => named(found, path)) };
}

function named<T extends Diagnostic>(found: T, path: string): Diagnostic {
  return { ...found, message: `${path}: ${found.message}` };
}
