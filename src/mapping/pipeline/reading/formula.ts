import type { Span } from '../../../source/source.ts';
import type { Formula } from '../pipeline.ts';
import { hint, mistake } from './given.ts';

/** How deep parentheses and negations may nest. */
const deepest = 100;

/**
 * Reads `one and not (two or three)` over conditions that have names, each of which must be used. Words are taken
 * whole: `notepad` is a name. `place` is where a part of the text stands in the file.
 */
export function readFormula<C>(
  text: string,
  named: ReadonlyMap<string, C>,
  place: (part: Span) => Span,
): Formula<C> {
  const words = [...text.matchAll(/[\w-]+|\S/g)].map((found) => ({ word: found[0], start: found.index }));
  const used = new Set<string>();
  let at = 0;
  let depth = 0;
  const here = () => {
    const { word = '', start = text.length } = words[at] ?? {};
    return place({ start, end: start + word.length });
  };
  const accept = (word: string) => {
    const isNext = words[at]?.word === word;
    if (isNext) at += 1;
    return isNext;
  };

  /** Joined := Part { word Part } */
  const joined = (kind: 'and' | 'or', part: () => Formula<C>): Formula<C> => {
    const of = [part()];
    while (accept(kind)) of.push(part());
    return of.length === 1 ? of[0]! : { kind, of };
  };
  const or = () => joined('or', and);
  const and = () => joined('and', negation);

  /** Negation := 'not' Negation | '(' Or ')' | name */
  function negation(): Formula<C> {
    if (depth === deepest) throw mistake('This condition is nested too deep', here());
    depth += 1;
    const found = accept('not') ? ({ kind: 'not', of: negation() } as const) : parenthesis();
    depth -= 1;
    return found;
  }

  function parenthesis(): Formula<C> {
    if (!accept('(')) return name();
    const inner = or();
    if (!accept(')')) throw mistake('A parenthesis of this condition is never closed', here());
    return inner;
  }

  function name(): Formula<C> {
    const { word } = words[at] ?? {};
    if (word === undefined) throw mistake('The condition ends where a name is needed', here());
    const condition = named.get(word);
    if (condition === undefined)
      throw mistake(`No condition is called "${word}"${hint(word, named.keys())}`, here());
    used.add(word);
    at += 1;
    return { kind: 'is', condition };
  }

  const formula = or();
  if (at < words.length) throw mistake(`"${words[at]!.word}" can not stand here in a condition`, here());
  const unused = [...named.keys()].find((key) => !used.has(key));
  if (unused !== undefined)
    throw mistake(`The condition "${unused}" is never used`, place({ start: 0, end: text.length }));
  return formula;
}

/** Whether a formula holds. */
export function holds<C>(formula: Formula<C>, test: (condition: C) => boolean): boolean {
  switch (formula.kind) {
    case 'and':
      return formula.of.every((part) => holds(part, test));
    case 'or':
      return formula.of.some((part) => holds(part, test));
    case 'not':
      return !holds(formula.of, test);
    case 'is':
      return test(formula.condition);
    default:
      return formula satisfies never;
  }
}
