import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { FieldFacts } from '../../query/facts.ts';
import { isPattern } from '../../query/pattern.ts';
import type { Opaque, Predicate, Query, Regex, Value } from '../../query/query.ts';
import { mapLeaves } from '../../query/walk.ts';
import { networkValues, withCategory } from '../as-test.ts';
import { asksForCase, caseDropped } from '../case-dropped.ts';
import type { PrintOptions } from '../language.ts';
import { everyField, freeText } from './everywhere.ts';
import { foldEquals, foldRegex } from './fold.ts';
import { parse } from './parse.ts';
import { normalRegex } from './regex.ts';

/** Hears what a test that was said another way assumes, or does not say. */
export type Tell = (found: Diagnostic) => void;

/**
 * A query as it comes back once Lucene has said it. Values have no types but truth, the event category is a field
 * like others, and what takes upper and lower case alike is said by a field that does, or by classes of letters.
 */
export function said(query: Query, options: PrintOptions = {}, tell: Tell = () => {}): Query {
  const { find } = query;
  const part = find.kind === 'opaque' ? { kind: 'filter' as const, where: find } : find;
  if (part.kind !== 'filter') return query;
  const where = mapLeaves(withCategory(part), (leaf, positive) => {
    if (asksForCase(leaf) && options.factsOf?.(leaf.field).caseless)
      tell(caseDropped(leaf, positive, 'Lucene'));
    return saidLeaf(leaf, options, tell);
  });
  return { ...query, find: { kind: 'filter', where, ...(find.span && { span: find.span }) } };
}

function saidLeaf(leaf: Predicate, { factsOf }: PrintOptions, tell: Tell): Predicate {
  if ((leaf.kind === 'equals' || leaf.kind === 'free-text') && leaf.values.some(hasPlaceholder)) return leaf;
  switch (leaf.kind) {
    case 'equals': {
      const test = { ...leaf, values: leaf.values.map(spelled) };
      return leaf.field === '*' ? everyField(test) : foldEquals(test, factsOf?.(leaf.field) ?? {}, tell);
    }
    case 'free-text':
      return freeText({ ...leaf, values: leaf.values.map(spelled) }, tell);
    case 'cidr':
      return isText(factsOf?.(leaf.field) ?? {}) ? leaf : networkValues(leaf);
    case 'regex':
      return saidRegex(leaf, factsOf?.(leaf.field) ?? {}, tell);
    case 'opaque':
      return readOpaque(leaf);
    default:
      return leaf;
  }
}

function saidRegex(test: Regex, facts: FieldFacts, tell: Tell): Predicate {
  if (test.flavour !== 'lucene' || test.flags !== undefined) return test;
  const patterns = test.patterns.map(normalRegex);
  return foldRegex({ ...test, patterns }, facts, tell);
}

/** Where a network is a text like others, and finds no address. */
function isText({ type }: FieldFacts): boolean {
  return type === 'keyword' || type === 'wildcard' || type === 'text';
}

/** Text of this language that nobody has read yet. */
function readOpaque(leaf: Opaque): Predicate {
  if (leaf.language !== 'lucene') return leaf;
  const outcome = parse(leaf.text);
  return outcome.ok && outcome.value.find.kind === 'filter' ? outcome.value.find.where : leaf;
}

function spelled(value: Value): Value {
  return typeof value === 'number' && Number.isFinite(value) ? [String(value)] : value;
}

/** A list that the site fills in: there is nothing to say yet. */
function hasPlaceholder(value: Value): boolean {
  if (value === null || !isPattern(value)) return false;
  return value.some((part) => typeof part === 'object' && 'placeholder' in part);
}
