import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { shippedTables, type Table } from '../index.ts';
import { packageFolder } from '../node/package.ts';
import { mappingsNamed } from './mappings.ts';
import { rowsIn, selected, type Wanted, whyNone } from './table-rows.ts';
import { tablesText } from './tell-tables.ts';
import { say } from './terminal.ts';

export interface MappingFlags extends Wanted {
  readonly json: boolean;
  readonly schema: boolean;
  readonly mapping?: readonly string[] | undefined;
}

/** Prints the rows of the tables that are wanted, the user's first, or the schema of a table. */
export function listMappings({ json, schema, mapping, field, logSource }: MappingFlags): void {
  if (schema) {
    process.stdout.write(tableSchema());
    return;
  }
  const wanted = { field, logSource };
  const own = mappingsNamed(mapping).filter((one): one is Table => !('transformations' in one));
  const all = rowsIn([...own, ...shippedTables()]);
  const rows = selected(all, wanted);
  if (rows.length === 0) {
    say(whyNone(all, wanted));
    process.exitCode = 1;
  }
  if (json)
    process.stdout.write(`${JSON.stringify(rows.map(({ kind, file, row }) => ({ kind, file, ...row })))}\n`);
  else process.stdout.write(tablesText(rows));
}

/** The JSON Schema of a mapping table, as it stands in this package. */
function tableSchema(): string {
  return readFileSync(join(packageFolder(), 'docs/schema/mapping.schema.json'), 'utf8');
}
