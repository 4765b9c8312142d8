import { readPattern } from '../../../languages/sigma/literal.ts';
import { isPattern } from '../../../query/pattern.ts';
import type { Pattern, Value } from '../../../query/query.ts';
import type { Json } from '../../../rule/json.ts';
import type { Chosen, Transformation } from '../pipeline.ts';
import { type Valued, withoutDoubles } from './leaf.ts';
import { approximate, costs, type Run, spend } from './run.ts';

function isMeant(name: string, only: Chosen): boolean {
  return 'include' in only ? only.include.includes(name) : !only.exclude.includes(name);
}

function placeholdersIn(value: Value, only: Chosen): readonly string[] {
  if (value === null || !isPattern(value)) return [];
  const names = value.flatMap((part) =>
    typeof part === 'object' && 'placeholder' in part ? part.placeholder : [],
  );
  return names.filter((name) => isMeant(name, only));
}

/** Anything in place of a placeholder, which is told. */
export function asWildcards(only: Chosen, { called }: Transformation, run: Run) {
  return (value: Value, leaf: Valued, positive: boolean): readonly Value[] | undefined => {
    const names = placeholdersIn(value, only);
    if (names.length === 0 || value === null || !isPattern(value)) return undefined;
    const effect = positive ? 'broader' : 'narrower';
    const message = `The pipeline takes anything for %${names[0]}% (${called}), which makes the rule ${effect}.`;
    approximate(run, message, effect, leaf);
    const parts = value.map((part) =>
      typeof part === 'object' && 'placeholder' in part && isMeant(part.placeholder, only)
        ? ({ wildcard: 'many' } as const)
        : part,
    );
    return [withoutDoubles(parts)];
  };
}

/** The value in each way that the lists of the pipeline fill it in. What is in none is left to be filled in later. */
export function fromVars(value: Value, only: Chosen, run: Run): readonly Value[] | undefined {
  const names = placeholdersIn(value, only).filter((name) => listOf(name, run) !== undefined);
  if (names.length === 0 || value === null || !isPattern(value)) return undefined;
  let made: readonly Pattern[] = [[]];
  for (const part of value) {
    const list =
      typeof part === 'object' && 'placeholder' in part && names.includes(part.placeholder)
        ? listOf(part.placeholder, run)
        : undefined;
    const ways = list?.map((text) => readPattern(text)) ?? [[part]];
    spend(run, costs.value * made.length * ways.length * (value.length + 1));
    made = made.flatMap((before) => ways.map((way) => [...before, ...way]));
  }
  return made.map(withoutDoubles);
}

function listOf(name: string, { vars }: Run): readonly string[] | undefined {
  const value = vars.get(name);
  const list: readonly Json[] = Array.isArray(value) ? value : value === undefined ? [] : [value as Json];
  const texts = list.filter((one) => typeof one === 'string' || typeof one === 'number').map(String);
  return texts.length > 0 && texts.length === list.length ? texts : undefined;
}
