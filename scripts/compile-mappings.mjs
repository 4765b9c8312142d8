// Compiles mappings/ into src/mapping/shipped.ts, so that the tables run where there are no files.
// The output depends on the tables alone: the same tables, the same bytes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (path) => parse(readFileSync(join(root, path), 'utf8'));

const tables = ['log-sources', 'fields'].flatMap((folder) =>
  readdirSync(join(root, 'mappings', folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ ...read(join('mappings', folder, name)), file: `mappings/${folder}/${name}` })),
);

/** A string that is parsed when it is wanted starts faster than a literal that always is. */
const constant = (name, type, value) =>
  `export const ${name} = (): ${type} => JSON.parse(${JSON.stringify(JSON.stringify(value))});`;

writeFileSync(
  join(root, 'src/mapping/shipped.ts'),
  `// Compiled from mappings/ by scripts/compile-mappings.mjs. Edit those.
import type { AttackData } from './attack-data.ts';
import type { EcsNames } from './ecs.ts';
import type { FieldTypes } from './mapping.ts';
import type { Table } from './table.ts';

/** The tables of fields and log sources that ship with the program. */
${constant('shippedTables', 'readonly Table[]', tables)}

/** Field types of ECS, Beats and Elastic Defend, but for keywords. */
${constant('shippedTypes', 'FieldTypes', read('mappings/ecs-types.yaml'))}

/** Every name of ECS. */
${constant('shippedEcs', 'EcsNames', read('mappings/ecs-fields.yaml'))}

/** The fields of ECS that hold lists. */
${constant('shippedMany', "EcsNames['names']", read('mappings/ecs-many.yaml').many)}

/** ATT&CK, both versions and the ways between them. */
${constant('shippedAttack', 'AttackData', read('mappings/attack.yaml'))}
`,
);
