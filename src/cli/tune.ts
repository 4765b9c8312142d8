import { setFlagsFromString } from 'node:v8';

/**
 * Two settings of the process that make a run over whole packs a fifth faster, and change no result.
 * `npm run bench` shows it.
 */
export function tune(): void {
  // A few thousand rules are done before the optimising compiler is done with the code for them, and most of
  // its time goes into inlining. With less of that, fast code is there sooner. Node 20 to 29 know the flag.
  if (/^v2\d\./.test(process.version)) setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');
  // The YAML library asks the environment for a switch at every token, and each time the system answers.
  process.env = { ...process.env };
}
