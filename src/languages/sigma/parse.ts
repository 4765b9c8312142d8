import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { filter, or } from '../../query/build.ts';
import type { Query } from '../../query/query.ts';
import { type Span, shift } from '../../source/source.ts';
import { aggregated } from './aggregated.ts';
import { type Found, parseCondition } from './condition.ts';
import { readSearches, type Searches } from './detection.ts';
import { failure } from './failure.ts';
import type { MapNode, Node, ScalarNode } from './node.ts';
import { readYaml } from './yaml.ts';

/** Reads a detection: its YAML text, or the node that a reader has already made of it. */
export function parse(text: string, parsed?: unknown): Outcome<Query> {
  return attempt(() => {
    const detection = readMap(text, parsed);
    return readQuery(detection, readSearches(detection));
  });
}

/** Whether a text could stand below `detection:`, whatever it says there. Fails where it could not. */
export function checkDetection(text: string): Outcome<unknown> {
  return attempt(() => readMap(text));
}

function readMap(text: string, parsed?: unknown): MapNode {
  const detection = readYaml(text, parsed);
  if (detection.kind === 'map') return detection;
  throw failure('parse/unexpected', 'A detection is a map of searches and their condition.', detection.span);
}

/** Conditions := condition | list of conditions, any of which may hold */
function readQuery(detection: MapNode, searches: Searches): Query {
  const condition = detection.entries.find(({ key }) => key === 'condition')?.value;
  if (condition === undefined) {
    throw failure(
      'schema/missing-field',
      'The detection has no condition; nothing says what it finds.',
      detection.span,
    );
  }
  const list = condition.kind === 'list' ? condition.of : [condition];
  if (list.length === 0) throw failure('parse/bad-value', 'The list of conditions is empty.', condition.span);
  const found = list.map((node) => readCondition(node, searches));
  const aggregation = found.find((one) => one.aggregation)?.aggregation;
  if (aggregation === undefined) return filter(or(found.map(({ where }) => where)));
  if (found.length === 1) return aggregated(found[0]!.where, aggregation, detection);
  const message = 'Of several conditions none can count events; the detection was not read.';
  throw failure('parse/legacy', message, aggregation.span);
}

function readCondition(node: Node, searches: Searches): Found {
  if (node.kind !== 'scalar' || node.value === null) {
    throw failure('parse/bad-value', 'A condition is a text.', node.span);
  }
  try {
    const { where, aggregation } = parseCondition(node.text, searches);
    if (aggregation === undefined) return { where };
    return { where, aggregation: { ...aggregation, span: placeIn(node, aggregation.span) } };
  } catch (error) {
    throw error instanceof Failure ? placed(error, node) : error;
  }
}

/** A finding in a condition, at its place in the text of the detection. */
function placed({ diagnostics }: Failure, node: ScalarNode): Failure {
  return new Failure(diagnostics.map((found) => ({ ...found, span: placeIn(node, found.span) })));
}

function placeIn({ at, span }: ScalarNode, inText: Span | undefined): Span {
  return inText && at !== undefined ? shift(inText, at) : span;
}
