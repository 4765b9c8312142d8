import {
  type Conversion,
  type ConvertOptions,
  convert,
  type Diagnostic,
  loadMapping,
  type Outcome,
  positions,
  type Table,
} from '../index.ts';
import { readText } from './files.ts';

/** Casts the rules of a file. Nothing is written; what would be is in the value. */
export function convertFile(path: string, options: ConvertOptions): Outcome<Conversion> {
  const file = readText(path);
  return file.ok ? convert(file.text, options) : { ok: false, diagnostics: [file] };
}

/** Mapping tables from files, to be laid over those that ship. The findings name their file. */
export function loadMappings(paths: readonly string[]): Outcome<readonly Table[]> {
  const diagnostics: Diagnostic[] = [];
  const tables = paths.flatMap((path) => {
    const file = readText(path);
    const outcome = file.ok ? loadMapping(file.text) : ({ ok: false, diagnostics: [file] } as const);
    diagnostics.push(
      ...outcome.diagnostics.map((found) => ({
        ...found,
        message: `${placeOf(found, path, file.text)}: ${found.message}`,
      })),
    );
    return outcome.ok ? [{ ...outcome.value, file: path }] : [];
  });
  return tables.length === paths.length
    ? { ok: true, value: tables, diagnostics }
    : { ok: false, diagnostics };
}

/** `own.yaml:12:7` */
function placeOf({ span }: Diagnostic, path: string, text: string): string {
  if (span === undefined) return path;
  const { line, column } = positions(text)(span.start);
  return `${path}:${line}:${column}`;
}
