// Migrates a folder of rules with a mapping table of one's own, and tells what is otherwise in each rule; Ctrl-C stops it, and
// the next run goes on from there: node examples/migrate-a-folder.mjs sigma/rules elastic own.yaml
import { loadMappings, MigrationFailure, migrate } from 'rulecast/node';

const [from = 'sigma', into = 'out', table = 'examples/own-mapping.yaml'] = process.argv.slice(2);

// Rows of one's own come before those that ship.
const mappings = loadMappings([table]);
for (const { message } of mappings.diagnostics) console.error(message);
if (!mappings.ok) process.exit(2);

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Stopped.')));

const run = migrate(from, into, {
  to: 'elastic',
  mappings: mappings.value,
  today: new Date().toISOString().slice(0, 10),
  changes: true,
  // What was changed by hand and in the source is merged; where the two do not go together, the source lies beside it.
  onConflict: ({ target, reasons }) => {
    for (const reason of reasons) console.error(`${target}: ${reason}`);
    return 'both';
  },
  onProgress: (done, total) => console.error(`${done} of ${total}`),
  signal: stop.signal,
});

try {
  let next = await run.next();
  for (; !next.done; next = await run.next()) {
    for (const { path, state, changes = [] } of next.value.targets) {
      console.log(`${state} ${path}`);
      for (const { title, message } of changes) console.log(`  ${title} ${message}`);
    }
  }
  const { rules, targets } = next.value;
  console.log(`${rules} rules. ${JSON.stringify(targets)}`);
  process.exitCode = targets.conflict ? 1 : 0;
} catch (error) {
  if (!(error instanceof MigrationFailure) && error !== stop.signal.reason) throw error;
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
