import { type Gate, inLine, type Stop } from '../index.ts';
import { paint, say } from './terminal.ts';

/** So many stops of a gate are told; the rest is a number, and stands in reports. */
const told = 20;

/** Says why gates are closed, and what of a baseline is out of date. */
export function tellGates(closed: readonly Gate[], gone: number, baseline: string | undefined): void {
  for (const { asked, stops } of closed) {
    const lines = stops.slice(0, told).map(lineOf);
    const more = stops.length > told ? [`  and ${stops.length - told} more`] : [];
    const head = `${asked} is ${paint('not met', 'error')}:`;
    say([head, ...lines, ...more].join('\n'));
  }
  if (gone > 0) {
    const what = gone === 1 ? '1 loss that is' : `${gone} losses that are`;
    say(`${baseline} has ${what} no more; --update-baseline takes them out.`, 'warning');
  }
}

function lineOf({ path, title, message }: Stop): string {
  const rule = [path, title].filter((one) => one !== undefined && one !== '').join(': ');
  return inLine(rule === '' ? `  ${message}` : `  ${rule}: ${message}`);
}
