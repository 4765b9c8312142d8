// Other programs that cast Sigma into EQL, where they are installed.
import { spawnSync } from 'node:child_process';

/** `sigma` of sigma-cli with pySigma-backend-elasticsearch, and `rsigma`; SIGMA and RSIGMA name them elsewhere. */
export const peers = [
  {
    name: 'sigma-cli',
    program: process.env.SIGMA ?? 'sigma',
    args: (folders, out) => ['convert', '-t', 'eql', '-p', 'ecs_windows', '-s', '-o', out, ...folders],
  },
];

export function versionOf({ program, versionArgs = ['version'] }) {
  const { status, stdout } = spawnSync(program, versionArgs, { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split('\n')[0] : undefined;
}
