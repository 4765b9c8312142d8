import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { MapNode, Node } from '../../languages/sigma/node.ts';
import { readYaml } from '../../languages/sigma/yaml.ts';
import { backwards } from './back.ts';
import type { Action, Pipeline, Transformation } from './pipeline.ts';
import { actions } from './reading/actions.ts';
import { readFieldConditions, readRuleConditions, readTestConditions } from './reading/conditions.ts';
import { Faults, Given, hint, mistake, type Reader, shortened, together } from './reading/given.ts';
import { dangerOf, dressings } from './reading/refused.ts';
import { anything, list, map, nodes, text, texts, wholeNumber } from './reading/values.ts';

/** Whether a map with these keys is a pipeline, and no table of our own. */
export function looksLikePipeline(keys: readonly string[]): boolean {
  const has = (name: string) => keys.includes(name);
  return (
    ['transformations', 'postprocessing', 'finalizers', 'vars'].some(has) &&
    !['version', 'fields', 'logSources'].some(has)
  );
}

/**
 * A pipeline from its text, or every mistake in it. What it asks for that has no meaning in a rule is told of, and so is
 * what of it can not be turned round. `parsed` is what the language of Sigma takes for a text that was read already.
 */
export function readPipeline(source: string, parsed?: unknown): Outcome<Pipeline> {
  return attempt((report) => {
    const given = new Given(map(readYaml(source, parsed)), 'A pipeline');
    const faults = new Faults();
    const name = faults.in(() => given.may('name', text));
    const priority = faults.in(() => given.may('priority', wholeNumber)) ?? 0;
    faults.in(() => tellBackends(given, report));
    const vars = faults.in(() => given.may('vars', readVars)) ?? new Map();
    const transformations = faults.in(() => given.may('transformations', readTransformations)) ?? [];
    faults.in(() => leaveOut(given, 'postprocessing', report));
    faults.in(() => leaveOut(given, 'finalizers', report));
    faults.in(() => given.finish());
    faults.tell();
    const pipeline: Pipeline = {
      kind: 'pipeline',
      ...(name !== undefined && { name }),
      priority,
      vars,
      transformations,
    };
    tellOneWay(pipeline, report);
    return pipeline;
  });
}

const readVars: Reader<Pipeline['vars']> = (node) =>
  new Map(map(node).entries.map(({ key, value }) => [key, anything(value)]));

/** What pySigma calls the targets whose rules are written here. */
const ours = [
  'elasticsearch',
  'lucene',
  'eql',
  'esql',
  'es-ql',
  'kibana',
  'elastalert',
  'opensearch',
  'opensearch_lucene',
];

function tellBackends(given: Given, report: Report): void {
  const named = given.may('allowed_backends', texts) ?? [];
  if (named.length === 0 || named.some((one) => ours.includes(one))) return;
  const message = `The pipeline is meant for ${shortened(named.join(', '))}, and none of these is Elastic's; it is taken all the same.`;
  report({ code: 'mapping/assumption', message, span: given.at('allowed_backends') });
}

const readTransformations: Reader<readonly Transformation[]> = (node) =>
  together(nodes(node).map((part, index) => () => readTransformation(part, `transformation ${index + 1}`)));

const types = ['nest', ...Object.keys(actions)];

function readTransformation(node: Node, place: string): Transformation {
  const fields = map(node);
  const probe = new Given(fields, `The ${place}`);
  const type = probe.need('type', text);
  const danger = dangerOf(type);
  if (danger !== undefined) throw refusal(type, danger, probe);
  if (!types.includes(type))
    throw mistake(`No transformation is of type "${type}"${hint(type, types)}`, probe.at('type'));
  return readOfType(fields, type, place);
}

function refusal(type: string, danger: string, given: Given): Failure {
  const message = `"${type}" ${danger}; that is refused, and the pipeline was not loaded.`;
  return new Failure({ code: 'mapping/unsafe-pipeline', message, span: given.at('type') });
}

function readOfType(fields: MapNode, type: string, place: string): Transformation {
  const given = new Given(fields, `"${type}"`);
  given.need('type', text);
  const faults = new Faults();
  const id = faults.in(() => given.may('id', text));
  const does = faults.in(() => readAction(given, type));
  const ofRule = faults.in(() => readRuleConditions(given));
  const ofTest = faults.in(() => readTestConditions(given));
  const ofField = faults.in(() => readFieldConditions(given));
  faults.tell();
  given.finish();
  return {
    ...(id !== undefined && { id }),
    called: id === undefined ? place : `"${shortened(id, 60)}"`,
    does: does!,
    ...(ofRule && { ofRule }),
    ...(ofTest && { ofTest }),
    ...(ofField && { ofField }),
  };
}

function readAction(given: Given, type: string): Action {
  const read = Object.hasOwn(actions, type) ? actions[type as keyof typeof actions] : undefined;
  return read ? read(given) : { kind: 'nest', transformations: given.need('items', readTransformations) };
}

/** What dresses the text of a query is checked, as far as it may not be what it seems, and left out. */
function leaveOut(given: Given, key: 'postprocessing' | 'finalizers', report: Report): void {
  const dressed = given.may(key, (node) => checkDressings(node, key)) ?? [];
  if (dressed.length === 0) return;
  const message = `The ${key} of the pipeline (${[...new Set(dressed)].join(', ')}) dresses the text of queries, and rules are written here; it is left out.`;
  report({ code: 'mapping/left-out', message, span: given.at(key) });
}

function checkDressings(node: Node, key: 'postprocessing' | 'finalizers'): readonly string[] {
  const known: ReadonlyMap<string, readonly string[]> = dressings[key];
  const read: Reader<string> = (part) => {
    const given = new Given(map(part), `A part of "${key}"`);
    const type = given.need('type', text);
    const danger = dangerOf(type);
    if (danger !== undefined) throw refusal(type, danger, given);
    const wants = known.get(type);
    if (!wants)
      throw mistake(`Nothing in "${key}" is of type "${type}"${hint(type, known.keys())}`, given.at('type'));
    for (const want of wants) {
      if (want === 'items' || want === 'finalizers') given.need(want, (inner) => checkDressings(inner, key));
      else given.may(want, anything);
    }
    if (key === 'postprocessing') {
      given.may('id', text);
      readRuleConditions(given);
    }
    given.finish();
    return type;
  };
  return list(read)(node);
}

/** Told once: going to Sigma, these do nothing. */
function tellOneWay(pipeline: Pipeline, report: Report): void {
  const { left } = backwards(pipeline);
  if (left.length === 0) return;
  const named =
    left.length > mostNamed ? [...left.slice(0, mostNamed), `${left.length - mostNamed} more`] : left;
  const message = `Going to Sigma, ${named.join(', ')} of the pipeline can not be turned round; only its names of fields are read back.`;
  report({ code: 'mapping/one-way', message });
}

const mostNamed = 5;
