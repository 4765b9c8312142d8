import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Report } from '../../diagnostic/diagnostic.ts';
import { isList, isObject, type JsonObject } from '../../rule/json.ts';
import type { Pack, Rule } from '../../rule/rule.ts';
import type { Span } from '../../source/source.ts';
import { elements, members } from '../json-scan.ts';
import { type Found, placing, values } from '../json-values.ts';
import { isTooLong, tooLong } from '../length.ts';
import { withoutSecrets } from './secret.ts';
import { listKeyOf, type Shape, shapeOf } from './shape.ts';

/** An object of a file that became something. A rule has been read. */
export interface Part {
  readonly shape: Shape;
  readonly object: JsonObject;
  readonly span: Span;
  readonly rule?: Rule;
}

/** The parts of a file in its order. An object that became nothing is reported as what it is. */
export function partsOf(text: string, report: Report): Part[] {
  const parts: Part[] = [];
  for (const found of objects(text, report)) {
    const outcome = attempt((report) => readPart(found, report));
    outcome.diagnostics.map(placing(text, found.span)).forEach(report);
    if (outcome.ok) parts.push(outcome.value);
  }
  return parts;
}

/** The counts of a details line are made anew on writing, so it does not travel. */
export function packOf(parts: readonly Part[]): Pack {
  const those = (kind: string) => parts.filter(({ shape }) => shape.part === kind);
  return {
    rules: parts.flatMap(({ rule }) => rule ?? []),
    filters: those('filter').map(({ object, span }) => ({ format: 'kibana', body: object, span })),
    rest: those('companion').map(({ object }) => object),
  };
}

/** The objects of a file; those in the list of a response stand on their own. */
export function* objects(text: string, report: Report): Generator<Found> {
  for (const found of values(text, report)) {
    const { value } = found;
    const key = isObject(value) && shapeOf(value) === undefined ? listKeyOf(value) : undefined;
    for (const one of key === undefined ? [found] : listed(text, found, key)) {
      if (isTooLong(one.span)) report(tooLong(one.span));
      else yield one;
    }
  }
}

function listed(text: string, { value, span }: Found, key: string): Found[] {
  const list = isObject(value) ? value[key] : undefined;
  const place = members(text, span.start).findLast((member) => member.key === key);
  if (!isList(list) || place === undefined) return [];
  const places = elements(text, place.value.start);
  return list.map((value, index) => ({ value, span: places[index] ?? span }));
}

function readPart({ value, span }: Found, report: Report): Part {
  if (!isObject(value)) throw notARule('a plain value');
  const shape = shapeOf(value);
  if (shape === undefined) throw notARule('an object of a kind that is not known here');
  if (shape.part === 'nothing') throw notARule(shape.title);
  const object = withoutSecrets(value, report);
  return { shape, object, span, ...(shape.rule && { rule: shape.rule.read(object, report) }) };
}

function notARule(title: string): Failure {
  return new Failure({
    code: 'read/not-a-rule',
    message: `This is ${title}, not a rule that can be read here; where the file is written anew, it is left out.`,
  });
}
