import type { Aggregate, Bound, Measured, Operand, Query } from '../../query/query.ts';
import { fieldsOfOperands } from '../../query/walk.ts';

/** What a query says of several events, in words, by what it is about. */
export type Settings = ReadonlyMap<string, string>;

export function settingsOf({ find, stages }: Query): Settings {
  const said = new Map<string, string>();
  if (find.kind === 'sequence' || find.kind === 'sample') {
    said.set(
      'events',
      `${find.steps.length} events ${find.kind === 'sequence' ? 'in order' : 'in any order'}`,
    );
    const runs = find.steps.map((step) => step.runs);
    if (runs.some((times) => times > 1)) said.set('runs', runs.join(', '));
    if (find.kind === 'sequence' && find.until) said.set('until', 'ends at another event');
  }
  if (find.kind === 'correlation') said.set('events', `finds of ${find.of.length} rules`);
  if ('within' in find && find.within !== undefined) said.set('within', timeOf(find.within));
  for (const stage of stages) {
    if (stage.kind === 'aggregate') sayCount(stage, said);
    else if (stage.kind === 'limit') said.set('limit', `the ${stage.end} ${stage.count}`);
  }
  return said;
}

function sayCount(stage: Aggregate, said: Map<string, string>): void {
  said.set('count', measureOf(stage));
  if (stage.within !== undefined) said.set('within', timeOf(stage.within));
  if (stage.least !== undefined) said.set('least', `${stage.least} events at least`);
}

function measureOf({ measure, keep }: Aggregate | Measured): string {
  return keep ? `${measure} ${boundOf(keep)}` : measure;
}

function boundOf({ operator, value, and }: Bound): string {
  return `${operator} ${value}${and ? ` and ${boundOf(and)}` : ''}`;
}

function timeOf(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}

/** The fields that join events, or by which they are counted. */
export function keysOf({ find, stages }: Query): readonly string[] {
  const operands: Operand[] = [];
  if (find.kind === 'sequence' || find.kind === 'sample') {
    const steps = find.kind === 'sequence' && find.until ? [...find.steps, find.until] : find.steps;
    operands.push(...find.by, ...steps.flatMap(({ by }) => by));
  }
  const counted = stages.flatMap((stage) => (stage.kind === 'aggregate' ? namesIn(stage) : []));
  const joined = find.kind === 'correlation' ? find.of.flatMap(({ by }) => by) : [];
  return [...new Set([...fieldsOfOperands(operands), ...counted, ...joined])];
}

function namesIn({ by, field, also = [] }: Aggregate): readonly string[] {
  return [...by, ...(field === undefined ? [] : [field]), ...also];
}
