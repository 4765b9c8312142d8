import { attempt, Failure } from '../../../diagnostic/attempt.ts';
import type { Entry, Node } from '../../../languages/sigma/node.ts';
import { Allowance, readLine } from '../../../languages/sigma/read-line.ts';
import { and, filter, not } from '../../../query/build.ts';
import { moved } from '../../../query/places.ts';
import type { Predicate } from '../../../query/query.ts';
import { fieldsOf } from '../../../query/walk.ts';
import type { LogSource } from '../../../rule/rule.ts';
import type { AddCondition, Transformation } from '../pipeline.ts';
import { costs, type Run, refused, spend } from './run.ts';

/** Joins the lines of a pipeline to what a rule asks. Correlations ask nothing themselves. */
export function addCondition(action: AddCondition, transformation: Transformation, run: Run): void {
  if (run.isCorrelation) return;
  spend(run, costs.test * action.lines.length);
  const lines = action.template
    ? action.lines.map((line) => filled(line, transformation, run))
    : action.lines;
  const read = attempt(() => and(lines.map((line) => readLine(line, new Allowance()))));
  if (!read.ok) throw refused(transformation, read.diagnostics[0]?.message ?? 'its conditions are none');
  const test = withoutPlaces(read.value);
  for (const field of fieldsOf(test)) run.added.add(field);
  const added = action.negated ? not(test) : test;
  run.where = run.where ? and([added, run.where]) : added;
}

/** The places of its tests are in the text of the pipeline, and findings are about that of the rule. */
function withoutPlaces(where: Predicate): Predicate {
  const { find } = moved(filter(where), undefined);
  if (find.kind === 'filter') return find.where;
  throw new Failure([]);
}

/** `zeek.$service` in the words of the log source. One that the rule does not say can not be asked for. */
function filled({ key, keyNode, value }: Entry, transformation: Transformation, run: Run): Entry {
  const change = (node: Node): Node => {
    if (node.kind === 'list') return { ...node, of: node.of.map(change) };
    if (node.kind === 'map' || typeof node.value !== 'string') return node;
    const text = node.value.replace(variable, (whole, plain?: string, braced?: string) =>
      whole === '$$' ? '$' : wordOf(plain ?? braced ?? '', whole, transformation, run.logSource),
    );
    return { ...node, value: text, text };
  };
  return { key, keyNode, value: change(value) };
}

const variable = /\$(?:([a-z_]\w*)|\{([a-z_]\w*)\}|\$)/gi;

function wordOf(name: string, whole: string, transformation: Transformation, source: LogSource): string {
  if (name !== 'category' && name !== 'product' && name !== 'service') return whole;
  const word = source[name];
  if (word !== undefined) return word;
  throw refused(transformation, `it asks for the ${name} of the log source, which the rule does not say`);
}

/** Whether the values of lines name words of the log source. */
export function namesSource({ template, lines }: AddCondition): boolean {
  const names = (node: Node): boolean => {
    if (node.kind === 'list') return node.of.some(names);
    return node.kind === 'scalar' && /\$\{?(?:category|product|service)/.test(node.text);
  };
  return template && lines.some(({ value }) => names(value));
}
