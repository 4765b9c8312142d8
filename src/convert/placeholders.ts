import { attempt, Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import { readPattern } from '../languages/sigma/literal.ts';
import type { MapNode, Node, ScalarNode } from '../languages/sigma/node.ts';
import { readYaml } from '../languages/sigma/yaml.ts';
import { and } from '../query/build.ts';
import { isMany, isPattern, pattern } from '../query/pattern.ts';
import type { Equals, FreeText, Opaque, Pattern, Predicate, Query, Value } from '../query/query.ts';
import { mapLeaves, mapPredicates } from '../query/walk.ts';
import { countOf, expressionsOf, lineOf, namesIn } from './open-expressions.ts';
import type { ConvertOptions } from './options.ts';

/** Sigma's `%name%` under `expand`: lists that a site fills in, by their names. */
export type Placeholders = Readonly<Record<string, readonly (string | number)[]>>;

type Listing = Equals | FreeText;

/** How many values the lists of one test may come to. */
const mostValues = 10_000;

/**
 * The query with every placeholder as the values of its list, any of which may be found; stars and question marks
 * in these are wildcards, as pySigma has them. What is in no list fails, as no tool may guess it; where the user
 * takes a broader rule, the printers are left to leave it out.
 */
export function filledIn(query: Query, { placeholders = {}, allow }: ConvertOptions, report: Report): Query {
  const missing: Diagnostic[] = [];
  const used = new Map<string, number>();
  const valuesOf: ValuesOf = (name, leaf) => {
    const values = Object.hasOwn(placeholders, name) ? placeholders[name]! : [];
    if (values.length === 0) missing.push(unknown(name, leaf));
    else used.set(name, values.length);
    return values.length === 0 ? undefined : values.map(String);
  };
  const filled = mapPredicates(query, (where) => mapLeaves(where, (leaf) => filledLeaf(leaf, valuesOf)));
  if (missing.length > 0 && !allow?.includes('broader')) throw new Failure(missing);
  for (const [name, count] of used) report(filling(name, count));
  return filled;
}

type Open = Listing | Opaque;
/** The values of a placeholder, as they are written; undefined, and noted, where there is no list of them. */
type ValuesOf = (name: string, leaf: Open) => readonly string[] | undefined;

function unknown(name: string, { span }: Open): Diagnostic {
  const message = `The placeholder %${name}% stands for a list that the site fills in, and the option "placeholders" has no such list; the rule was not written.`;
  return { code: 'loss/placeholder', message, ...(span && { span }) };
}

function filling(name: string, count: number): Diagnostic {
  const values = count === 1 ? 'the one value' : `the ${count} values`;
  return { code: 'convert/placeholder', message: `%${name}% was filled in with ${values} of its list.` };
}

function filledLeaf(leaf: Predicate, valuesOf: ValuesOf): Predicate {
  if (leaf.kind === 'opaque') return filledOpaque(leaf, valuesOf);
  if (leaf.kind !== 'equals' && leaf.kind !== 'free-text') return leaf;
  if (!leaf.values.some(hasPlaceholder)) return leaf;
  const groups = leaf.values.map((value) => filledValue(value, leaf, valuesOf));
  if (leaf.quantifier === 'any' || groups.length === 1) return anyOf(leaf, groups.flat());
  // Of the values that one stands for, any will do, also where the list asks for each.
  return and(groups.map((group) => anyOf(leaf, group)));
}

/** Values are put into an expression as they are: they are expressions themselves. */
function filledOpaque(leaf: Opaque, valuesOf: ValuesOf): Predicate {
  const line = lineOf(leaf);
  if (line === undefined) return leaf;
  const lists = new Map(namesIn(line).map((name) => [name, valuesOf(name, leaf)]));
  if (lists.size === 0 || ![...lists.values()].every((list) => list !== undefined)) return leaf;
  const listOf = (name: string) => lists.get(name) ?? [];
  if (countOf(line, (name) => listOf(name).length) > mostValues) throw tooMany(leaf);
  const filled = attempt(() => expressionsOf(line, listOf));
  if (filled.ok) return filled.value;
  throw new Failure(filled.diagnostics.map((found) => ({ ...found, ...(leaf.span && { span: leaf.span }) })));
}

function anyOf(leaf: Listing, values: readonly Value[]): Predicate {
  return { ...leaf, values, quantifier: 'any' };
}

function hasPlaceholder(value: Value): boolean {
  return isPattern(value) && value.some((part) => typeof part === 'object' && 'placeholder' in part);
}

/** The value in each way to fill it in; those of several placeholders in all combinations. */
function filledValue(value: Value, leaf: Listing, valuesOf: ValuesOf): readonly Value[] {
  if (!isPattern(value) || !hasPlaceholder(value)) return [value];
  let made: readonly Pattern[] = [[]];
  for (const part of value) {
    const isName = typeof part === 'object' && 'placeholder' in part;
    const ways = (isName ? valuesOf(part.placeholder, leaf) : undefined)?.map((text) =>
      readPattern(text),
    ) ?? [[part]];
    if (made.length * ways.length > mostValues) throw tooMany(leaf);
    made = made.flatMap((before) => ways.map((way) => [...before, ...way]));
  }
  return made.map((parts) => pattern(parts.filter((part, at) => !isMany(part) || !isMany(parts[at - 1]))));
}

function tooMany({ span }: Open): Failure {
  const message = `The placeholders of one test come to more than ${mostValues} values; the rule was not written.`;
  return new Failure({ code: 'parse/too-large', message, ...(span && { span }) });
}

/** Reads lists by their names from YAML or JSON: a map of them, or a pySigma pipeline with such a map as `vars`. */
export function readPlaceholders(text: string): Outcome<Placeholders> {
  return attempt(() => {
    const whole = mapIn(readYaml(text, undefined));
    const vars = whole.entries.find(({ key }) => key === 'vars')?.value;
    const { entries } = vars?.kind === 'map' ? vars : whole;
    return Object.fromEntries(entries.map(({ key, value }) => [key, listIn(value)]));
  });
}

function mapIn(node: Node): MapNode {
  if (node.kind === 'map') return node;
  throw misread('Placeholders are a map of names and their lists of values.', node);
}

function listIn(node: Node): readonly (string | number)[] {
  const values = (node.kind === 'list' ? node.of : [node]).map(valueIn);
  if (values.length === 0)
    throw misread('The list of a placeholder is empty, so nothing could fit it.', node);
  return values;
}

function valueIn(node: Node): string | number {
  const value: ScalarNode['value'] = node.kind === 'scalar' ? node.value : null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw misread('A placeholder is filled in with texts and numbers.', node);
}

function misread(message: string, { span }: Node): Failure {
  return new Failure({ code: 'parse/bad-value', message, span });
}
