// Makes docs/schema/configuration.schema.json from the options of the commands, which are the one place that knows what may
// stand in a configuration.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { commands } from '../build/cli/commands.js';
import { configurationSchema } from '../build/cli/layout.js';

const path = join(import.meta.dirname, '../docs/schema/configuration.schema.json');
writeFileSync(path, `${JSON.stringify(configurationSchema(commands), undefined, 2)}\n`);
