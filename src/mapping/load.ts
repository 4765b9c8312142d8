import { type Document, parseDocument } from 'yaml';

import { attempt, Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome } from '../diagnostic/diagnostic.ts';
import type { Json } from '../rule/json.ts';
import type { Violation } from '../schema/check.ts';
import { faultsOf, rowName } from './faults.ts';
import { type Idle, idleRows } from './idle.ts';
import { placeIn } from './places.ts';
import type { Table } from './table.ts';

/**
 * A mapping table from its text, YAML or JSON. Fails with every place where it is not one; rows that are never taken are
 * told of.
 */
export function loadMapping(text: string): Outcome<Table> {
  return attempt((report) => {
    refuseDepth(text);
    const document = parseDocument(text, { prettyErrors: false, schema: 'core' });
    const failures = document.errors.map(({ message, pos: [start, end] }) => notYaml(message, start, end));
    if (failures.length > 0) throw new Failure(failures);
    const value = asJson(document);
    const faults = faultsOf(value).map((fault) => badTable(fault, document));
    if (faults.length > 0) throw new Failure(faults.sort((a, b) => startOf(a) - startOf(b)));
    const table = value as unknown as Table;
    for (const found of idleRows(table)) report(idleRow(found, table, document));
    return table;
  });
}

const startOf = ({ span }: Diagnostic) => span?.start ?? 0;

const deepest = 100;

/** A row of brackets or dashes nests the YAML reader with it, past what it can bear; no table needs one. */
function refuseDepth(text: string): void {
  const deep = /(?:(?:[[{]|[-?:] )\s*){101}/.exec(text);
  if (!deep) return;
  const message = `This is nested more than ${deepest} levels deep; the table was not loaded.`;
  throw new Failure({ code: 'parse/too-deep', message, span: { start: deep.index, end: deep.index + 1 } });
}

function asJson(document: Document): Json {
  try {
    return document.toJS({ maxAliasCount: 100 }) as Json;
  } catch (error) {
    // An alias of nothing, or of too much.
    throw new Failure(notYaml((error as Error).message, 0, 1));
  }
}

function notYaml(message: string, start: number, end: number): Diagnostic {
  const what = message.replace(/\.$/, '');
  return {
    code: 'parse/unexpected',
    message: `This is not YAML: ${what}; the table was not loaded.`,
    span: { start, end },
  };
}

function badTable({ path, message, what }: Violation, document: Document): Diagnostic {
  return {
    code: 'mapping/bad-table',
    message: `${message.replace(/\.$/, '')}; the table was not loaded.`,
    path: path.join('.'),
    span: placeIn(document, path, what === 'unknown'),
  };
}

function idleRow({ place, before: [, index] }: Idle, table: Table, document: Document): Diagnostic {
  const [kind, at] = place;
  const row = table[kind]![at] as unknown as Json;
  const message = `${rowName(row, place)} is never taken: row ${index + 1} has words for all that it has, and comes first.`;
  return { code: 'mapping/idle-row', message, path: place.join('.'), span: placeIn(document, place, false) };
}
