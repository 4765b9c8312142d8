import { stringify } from 'yaml';

import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { sigma } from '../../src/languages/sigma/index.ts';
import { applyPipelines, type Piped } from '../../src/mapping/pipeline/apply.ts';
import type { Pipeline } from '../../src/mapping/pipeline/pipeline.ts';
import { readPipeline } from '../../src/mapping/pipeline/read.ts';
import { normalPredicate } from '../../src/query/normal.ts';
import type { Predicate } from '../../src/query/query.ts';
import type { LogSource, Rule } from '../../src/rule/rule.ts';
import { must } from './laws.ts';

/** A detection as a map of searches and their condition, or one search alone. */
export type Detection = Readonly<Record<string, unknown>>;

export function whereOf(detection: Detection): Predicate {
  const whole = 'condition' in detection ? detection : { selection: detection, condition: 'selection' };
  const { find } = must(sigma.parse(stringify(whole)));
  if (find.kind !== 'filter') throw new Error('This asks for more than one event.');
  return find.where;
}

/** A pipeline of these transformations; as text, where a map of JavaScript can not say them. */
export function pipelineOf(transformations: string | readonly object[], others: object = {}): Pipeline {
  const list = typeof transformations === 'string' ? transformations : JSON.stringify(transformations);
  return must(readPipeline(`${stringify({ name: 'A pipeline', ...others })}transformations: ${list}\n`));
}

/** `category/product/service`. */
export function sourceOf(text = ''): LogSource {
  const [category, product, service] = text.split('/');
  return { ...(category && { category }), ...(product && { product }), ...(service && { service }) };
}

export const aRule: Rule = {
  id: '5d3f9a0e-6f0e-4b7e-9a43-0e3f7f0d9a10',
  title: 'A rule',
  authors: ['Ann', 'Bob'],
  severity: 'high',
  status: 'test',
  created: '2024-02-01',
  modified: '2024/3/1',
  references: ['https://example.org'],
  falsePositives: ['Unknown'],
  tags: ['attack.execution', 'attack.t1059'],
  detection: { kind: 'query' },
  carry: { sigma: { team: 'blue', size: 5 } },
};

/** What pipelines make of a detection, and what they have to say about it. */
export function pipe(
  pipelines: readonly Pipeline[],
  detection: Detection,
  { source, rule = aRule }: { readonly source?: string | undefined; readonly rule?: Rule } = {},
): { readonly piped: Piped; readonly found: readonly Diagnostic[] } {
  const found: Diagnostic[] = [];
  const subject = { where: whereOf(detection), sources: [sourceOf(source)], rule };
  return { piped: applyPipelines(pipelines, subject, (one) => found.push(one)), found };
}

/** The same question in one shape, to be compared. */
export function shapeOf(where: Predicate | undefined): unknown {
  return where && normalPredicate(where);
}
