import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { type MapNode, placeOf } from './place.ts';
import type { Reference } from './unfold.ts';

/** A document that is a map, as the collection around it completes it. */
export interface SigmaDocument {
  readonly map: JsonObject;
  /** What stands in the text, before anything else was laid under it. */
  readonly own: JsonObject;
  readonly node: MapNode;
  readonly references: readonly Reference[];
}

/** A document of a file, before its `action` was obeyed. */
export type OwnDocument = Omit<SigmaDocument, 'map'>;

/**
 * Collections of the first version of Sigma: `action: global` is merged into all rules after it, until
 * `action: reset`; several of them add up. `action: repeat` is the rule before, with what this one says over it.
 * What is global wins over what a rule says itself, as all tools have it. Correlations and filters, which came
 * later, take nothing from it.
 */
export function* collected(documents: Iterable<OwnDocument>, report: Report): Generator<SigmaDocument> {
  let global: JsonObject = {};
  let before: JsonObject = {};
  for (const document of documents) {
    const { action, ...said } = document.own;
    if (action === undefined && !isDetection(document.own)) {
      yield { ...document, map: document.own };
    } else if (action === undefined) {
      before = lay(global, document.own);
      yield { ...document, map: before };
    } else if (action === 'global') {
      global = lay(said, global);
    } else if (action === 'reset') {
      global = {};
    } else if (action === 'repeat') {
      before = lay(said, before);
      yield { ...document, map: before };
    } else {
      report(unknownAction(document.node));
    }
  }
}

function isDetection(map: JsonObject): boolean {
  return !Object.hasOwn(map, 'correlation') && !Object.hasOwn(map, 'filter');
}

/** Maps are laid over one another key by key; anything else covers what was there. */
function lay(over: JsonObject, under: JsonObject): JsonObject {
  if (Object.keys(under).length === 0) return over;
  if (Object.keys(over).length === 0) return under;
  const added = Object.entries(over).map(([key, value]): [string, Json] => {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    return [key, isObject(value) && isObject(below) ? lay(value, below) : value];
  });
  return objectOf([...Object.entries(under), ...added]);
}

function unknownAction(node: MapNode): Diagnostic {
  const message = 'The only actions of a collection are global, reset and repeat; the document was not read.';
  return { code: 'parse/bad-value', path: 'action', message, span: placeOf(node, 'action') };
}
