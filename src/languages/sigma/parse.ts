import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { filter, or } from '../../query/build.ts';
import type { Predicate, Query } from '../../query/query.ts';
import { shift } from '../../source/source.ts';
import { parseCondition } from './condition.ts';
import { readSearches, type Searches } from './detection.ts';
import { failure } from './failure.ts';
import type { MapNode, Node, ScalarNode } from './node.ts';
import { readYaml } from './yaml.ts';

/** Reads a detection: its YAML text, or the node that a reader has already made of it. */
export function parse(text: string, parsed?: unknown): Outcome<Query> {
  return attempt(() => {
    const detection = readMap(text, parsed);
    return filter(readConditions(detection, readSearches(detection)));
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
function readConditions({ entries, span }: MapNode, searches: Searches): Predicate {
  const condition = entries.find(({ key }) => key === 'condition')?.value;
  if (condition === undefined) {
    throw failure(
      'schema/missing-field',
      'The detection has no condition; nothing says what it finds.',
      span,
    );
  }
  const list = condition.kind === 'list' ? condition.of : [condition];
  if (list.length === 0) throw failure('parse/bad-value', 'The list of conditions is empty.', condition.span);
  return or(list.map((node) => readCondition(node, searches)));
}

function readCondition(node: Node, searches: Searches): Predicate {
  if (node.kind !== 'scalar' || node.value === null) {
    throw failure('parse/bad-value', 'A condition is a text.', node.span);
  }
  try {
    return parseCondition(node.text, searches);
  } catch (error) {
    throw error instanceof Failure ? placed(error, node) : error;
  }
}

/** A finding in a condition, at its place in the text of the detection. */
function placed({ diagnostics }: Failure, { at, span }: ScalarNode): Failure {
  return new Failure(
    ...diagnostics.map((found) => ({
      ...found,
      span: found.span && at !== undefined ? shift(found.span, at) : span,
    })),
  );
}
