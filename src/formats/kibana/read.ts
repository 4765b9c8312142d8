import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { isObject } from '../../rule/json.ts';
import type { Pack } from '../../rule/rule.ts';
import type { Span } from '../../source/source.ts';
import { emptyText } from '../empty.ts';
import { placesIn } from '../json-scan.ts';
import { objects, packOf, partsOf } from './parts.ts';
import { shapeOf } from './shape.ts';

/** Rules make a pack, and exception lists on their own do: Kibana exports those too. */
export function read(text: string): Outcome<Pack> {
  return attempt((report) => {
    if (text.trim() === '') throw emptyText(text);
    const pack = packOf(partsOf(text, report));
    if (pack.rules.length + pack.filters.length > 0) return pack;
    throw new Failure({
      code: 'read/not-a-rule',
      message: 'The file holds no rule that could be read.',
      span: { start: 0, end: text.length },
    });
  });
}

/** Where the id of each rule stands. */
export function placesOfIds(text: string): readonly (Span | undefined)[] {
  return partsOf(text, () => {}).flatMap(({ shape, object, span }) =>
    shape.rule ? [placesIn(text, span)(shape.rule.idAt(object))] : [],
  );
}

/** Where the objects stand that are rules, and those that travel beside them. */
export function places(text: string) {
  const parts = partsOf(text, () => {});
  const spansOf = (...kinds: readonly string[]) =>
    parts.filter(({ shape }) => kinds.includes(shape.part)).map(({ span }) => span);
  return { rules: spansOf('rule'), beside: spansOf('filter', 'companion') };
}

/** Each object of a file may be a rule. */
export function regions(text: string): readonly Span[] {
  return [...objects(text, () => {})].map(({ span }) => span);
}

const start = /^\uFEFF?\s*(?:\[\s*)?\{/;

/** Keys that are in every rule, and in little else; a pack of our own has them deeper within. */
const sign = /"(?:rule_id|risk_score|alertTypeId|rule_type_id|exported_count)"\s*:/;
const pack = /^\uFEFF?\s*\{\s*"rulecast"\s*:/;

/**
 * By the first object that is anything known, of the first few. What is broken goes by its keys, so that
 * its fault is told, and the file not taken for something that is none of ours.
 */
export function detect(text: string): boolean {
  if (!start.test(text)) return false;
  let unknown = 0;
  let broken = false;
  const onBroken = () => {
    broken = true;
  };
  for (const { value } of objects(text, onBroken)) {
    const shape = isObject(value) ? shapeOf(value) : undefined;
    if (shape !== undefined) return shape.id !== 'pack';
    unknown += 1;
    if (unknown === 20) return false;
  }
  return broken && sign.test(text) && !pack.test(text);
}
