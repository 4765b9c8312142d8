import type { Predicate } from '../query/query.ts';
import { fieldsOf } from '../query/walk.ts';
import { type Occurrence, type Test, type Types, testOf } from './predicate.ts';

/** Neither true nor false where nothing is known. */
type Truth = (one: Occurrence) => boolean | undefined;

/**
 * A predicate as ES|QL asks it of an event: what is asked of a field that has several values is null, unless it is whether it has
 * any, and null is not found (ES|QL reference, "Multivalued fields"). Functions of several values are not in the tree.
 */
export function oneValueTest(where: Predicate, types?: Types): Test {
  const truth = truthOf(where, types);
  return (one) => truth(one) === true;
}

function truthOf(where: Predicate, types: Types | undefined): Truth {
  switch (where.kind) {
    case 'and':
      return among(where.of, false, types);
    case 'or':
      return among(where.of, true, types);
    case 'not': {
      const inner = truthOf(where.of, types);
      return (one) => {
        const said = inner(one);
        return said === undefined ? undefined : !said;
      };
    }
    case 'exists':
      return testOf(where, types);
    default: {
      const [fields, test] = [fieldsOf(where), testOf(where, types)];
      return (one) =>
        fields.some((field) => (one.fields.get(field)?.length ?? 0) > 1) ? undefined : test(one);
    }
  }
}

/** One part decides; else what is not known leaves the whole unknown. */
function among(parts: readonly Predicate[], decides: boolean, types: Types | undefined): Truth {
  const truths = parts.map((part) => truthOf(part, types));
  return (one) => {
    let whole: boolean | undefined = !decides;
    for (const truth of truths) {
      const said = truth(one);
      if (said === decides) return decides;
      if (said === undefined) whole = undefined;
    }
    return whole;
  };
}
