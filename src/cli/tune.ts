import { setFlagsFromString } from 'node:v8';

/**
 * Two settings of the process that make a run over whole packs a fifth faster, and change no result.
 * `npm run bench` shows it.
 */
export function tune(): void {
  // Code is optimised once it is hot for good. Sooner, the optimising compiler keeps a core busy for most of
  // a run, with code that a few thousand rules use for a moment.
  if (/^v2[0-9]\./.test(process.version)) setFlagsFromString('--interrupt-budget=400000');
  // The YAML library asks the environment for a switch at every token, and each time the system answers.
  process.env = { ...process.env };
}
