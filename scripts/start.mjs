// Casts the pack in rules/ into every format, below out/.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

rmSync('out', { recursive: true, force: true });
let worst = 0;
for (const format of ['elastic', 'sigma', 'kibana', 'native']) {
  console.log(`\nrulecast convert rules --to ${format} --out out/${format}`);
  const { status } = spawnSync(
    process.execPath,
    ['dist/cli/main.js', 'convert', 'rules', '--to', format, '--out', `out/${format}`],
    { stdio: 'inherit' },
  );
  worst = Math.max(worst, status ?? 2);
}
// Rules that another format can not hold are refused, with reasons: that is a result, not a failure.
process.exitCode = worst > 1 ? worst : 0;
