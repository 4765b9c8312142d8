#!/usr/bin/env node
import { hideBin } from 'yargs/helpers';

import { run } from './run.ts';
import { tune } from './tune.ts';

tune();

// Whoever reads what is written has had enough, as `head` has: nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`Standard output could not be written: ${error.message}.\n`);
  process.exit(1);
});

await run(hideBin(process.argv), process.cwd());
