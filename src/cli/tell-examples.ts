import { type Example, inLine, visibleJson } from '../index.ts';
import { countOf, type Label, lineFor, type Manner, print, printJson } from './tell-match.ts';
import { paint, say } from './terminal.ts';

export interface ExampleCounts {
  readonly rules: number;
  /** Rules that could not be asked. */
  readonly refused: number;
  /** Rules without an example that fires them. */
  readonly unfired: number;
  readonly fires: number;
  readonly misses: number;
  readonly variants: number;
}

export function tellRule(label: Label, { json }: Manner): void {
  if (!json) print(`${paint(lineFor(label), 'bold')}\n`);
}

/** `  misses: Image is missing`, and the events a line each; or an object a line. */
export function tellExample(example: Example, label: Label, { json }: Manner): void {
  if (json) printJson({ ...label, ...example });
  else print(`  ${wordOf(example)}: ${inLine(example.shows)}\n${example.events.map(lineOf).join('')}`);
}

function wordOf({ kind, fires }: Example): string {
  if (kind !== 'variant') return kind;
  return fires ? 'variant that fires' : 'variant that does not';
}

function lineOf(event: Example['events'][number]): string {
  return `    ${visibleJson(event)}\n`;
}

export function tellExampleSummary(summary: ExampleCounts, { json }: Manner): void {
  if (json) {
    printJson({ summary });
    return;
  }
  const { rules, refused, unfired, fires, misses, variants } = summary;
  const refusal = refused > 0 ? ` (${refused} could not be asked)` : '';
  const unmade = unfired > 0 ? ` (${unfired} that nothing was found for)` : '';
  const made = `${fires} that ${fires === 1 ? 'fires' : 'fire'}, ${countOf(misses, 'near miss', 'es')}, ${countOf(variants, 'variant', 's')}`;
  say(`${paint(`${countOf(rules, 'rule', 's')}${refusal}${unmade}`, 'bold')}: ${made}.`);
}
