import { always, and, never, not, or } from './build.ts';
import { normalNetwork } from './network.ts';
import { normalText } from './normal-regex.ts';
import { isAnything, isMany, isPattern, isWildcard, many, one, pattern, plainText } from './pattern.ts';
import type {
  And,
  Cidr,
  Compare,
  Equals,
  FreeText,
  Operand,
  Or,
  Pattern,
  PatternPart,
  Predicate,
  Query,
  Regex,
  Stage,
  Step,
  Value,
} from './query.ts';

/**
 * One shape for one meaning, as far as shape goes: negations pushed to the tests, joins flat, sorted
 * and without repeats, lists as sets, text in lower case where case does not count, regular
 * expressions in one flavour, no spans. Two queries with the same normal form match the same events;
 * two with different ones may still do so.
 */
export function normal(query: Query): Query {
  return {
    from: [...query.from].sort(),
    find: normalFind(query.find),
    stages: query.stages.map(normalStage),
  };
}

/** Spellings of joins, which are asked for again and again on the way up a tree. */
const spellings = new WeakMap<object, string>();

/** A text for a normal form, equal for equal ones: to be compared, or digested. */
export function spell(tree: Query | Predicate): string {
  if (!('kind' in tree)) {
    const { from, find, stages } = tree;
    return `{"from":${JSON.stringify(from)},"find":${spellFind(find)},"stages":${JSON.stringify(stages)}}`;
  }
  switch (tree.kind) {
    case 'and':
    case 'or':
      return spellings.get(tree) ?? noteSpelling(tree, tree.of.map(spell));
    case 'not':
      return `{"kind":"not","of":${spell(tree.of)}}`;
    default:
      return JSON.stringify(tree);
  }
}

function noteSpelling(join: And | Or, parts: readonly string[]): string {
  const text = `{"kind":"${join.kind}","of":[${parts.join(',')}]}`;
  spellings.set(join, text);
  return text;
}

function spellFind(find: Query['find']): string {
  if (find.kind !== 'filter') return JSON.stringify(find);
  const category = find.category === undefined ? '' : `"category":${JSON.stringify(find.category)},`;
  return `{"kind":"filter",${category}"where":${spell(find.where)}}`;
}

/** Whether two queries have the same normal form. */
export function sameMeaning(a: Query, b: Query): boolean {
  return spell(normal(a)) === spell(normal(b));
}

function normalFind(find: Query['find']): Query['find'] {
  switch (find.kind) {
    case 'filter': {
      const where = normalPredicate(find.where);
      return { kind: 'filter', ...(find.category !== undefined && { category: find.category }), where };
    }
    case 'sequence':
      return {
        kind: 'sequence',
        by: find.by.map(normalKey),
        ...(find.within !== undefined && { within: find.within }),
        steps: find.steps.map(normalStep),
        ...(find.until && { until: normalStep(find.until) }),
      };
    case 'sample':
      return {
        kind: 'sample',
        by: find.by.map(normalKey),
        ...(find.within !== undefined && { within: find.within }),
        steps: find.steps.map(normalStep),
      };
    case 'correlation':
      return {
        kind: 'correlation',
        of: find.of.map(({ name, query, by }) => ({ name, query: normal(query), by })),
        by: find.by,
        within: find.within,
        asks: find.asks,
      };
    case 'opaque':
      return { kind: 'opaque', language: find.language, text: find.text };
    default:
      return find satisfies never;
  }
}

function normalStep({ category, where, by, runs, missing }: Step): Step {
  return {
    ...(category !== undefined && { category }),
    where: normalPredicate(where),
    by: by.map(normalKey),
    runs,
    missing,
  };
}

/** What things are called, and what is given beside them, is no matter of which are found. */
function normalStage({ span: _, ...stage }: Stage): Stage {
  if (stage.kind !== 'aggregate') return stage;
  const { as: _name, beside: _others, ...aggregate } = stage;
  return aggregate;
}

/** The same predicates are asked for again and again. */
const forms = new WeakMap<Predicate, Predicate>();

/** Predicates that are in normal form, with that of their negation once it was asked for. */
const settled = new WeakMap<Predicate, Predicate | undefined>();

/** The normal form of one predicate. One that was given here is its own. */
export function normalPredicate(node: Predicate): Predicate {
  const form = forms.get(node) ?? settle(node, true);
  forms.set(node, form);
  if (!settled.has(form)) settled.set(form, undefined);
  return form;
}

/** Pushes the negations down while it goes: `positive` is whether an even number of them is above. */
function settle(node: Predicate, positive: boolean): Predicate {
  if (!settled.has(node)) return settleAnew(node, positive);
  if (positive) return node;
  const opposite = settled.get(node) ?? settleAnew(node, false);
  settled.set(node, opposite);
  if (!settled.has(opposite)) settled.set(opposite, node);
  return opposite;
}

function settleAnew(node: Predicate, positive: boolean): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.of.map((part) => settle(part, positive));
      return (node.kind === 'and') === positive ? joined('and', parts) : joined('or', parts);
    }
    case 'not':
      return settle(node.of, !positive);
    default: {
      const leaf = normalLeaf(node);
      // A list of values may have come apart into a join, which takes the negation into itself.
      if (leaf.kind === 'and' || leaf.kind === 'or') return positive ? tidy(leaf) : tidy(negated(leaf));
      return positive ? leaf : negated(leaf);
    }
  }
}

function tidy(node: Predicate): Predicate {
  return node.kind === 'and' || node.kind === 'or' ? joined(node.kind, node.of.map(tidy)) : node;
}

function negated(node: Predicate): Predicate {
  switch (node.kind) {
    case 'and':
      return or(node.of.map(negated));
    case 'or':
      return and(node.of.map(negated));
    case 'not':
      return node.of;
    case 'constant':
      return node.value ? never : always;
    default:
      return not(node);
  }
}

type Leaf = Exclude<Predicate, { kind: 'and' | 'or' | 'not' }>;

function normalLeaf(leaf: Leaf): Predicate {
  switch (leaf.kind) {
    case 'equals':
      return normalEquals(leaf);
    case 'free-text':
      return normalFreeText(leaf);
    case 'regex':
      return normalRegex(leaf);
    case 'range': {
      const { kind, field, operator, value } = leaf;
      return { kind, field, operator, value };
    }
    case 'cidr':
      if (leaf.networks.length === 0) return never;
      return { kind: 'cidr', field: leaf.field, networks: sortedSet(leaf.networks.map(normalNetwork)) };
    case 'exists':
      return { kind: 'exists', field: leaf.field };
    case 'compare':
      return normalCompare(leaf);
    case 'call':
      return {
        kind: 'call',
        name: leaf.name,
        caseSensitive: leaf.caseSensitive,
        arguments: leaf.arguments.map(normalOperand),
      };
    case 'nested':
      return { kind: 'nested', path: leaf.path, where: normalPredicate(leaf.where) };
    case 'constant':
      return leaf.value ? always : never;
    case 'opaque':
      return { kind: 'opaque', language: leaf.language, text: leaf.text };
    default:
      return leaf satisfies never;
  }
}

/** Two fields that need not be there are the same where neither is. */
function areFree({ left, right }: Compare): boolean {
  return [left, right].every((side) => side.kind === 'field' && side.optional === true);
}

/** How long a text is, as far as that is whether it is empty, is a test of the text. */
function normalCompare(leaf: Compare): Predicate {
  const { operator } = leaf;
  if (areFree(leaf))
    return { kind: 'compare', left: normalKey(leaf.left), operator, right: normalKey(leaf.right) };
  const [left, right] = [normalOperand(leaf.left), normalOperand(leaf.right)];
  const [argument, ...more] = left.kind === 'call' && left.name === 'length' ? left.arguments : [];
  if (argument?.kind === 'field' && more.length === 0 && right.kind === 'literal') {
    const { field } = argument;
    const asked = `${operator} ${right.value}`;
    if (asked === '> 0' || asked === '>= 1') return normalTest(field, [one, many], false);
    if (asked === '== 0' || asked === '< 1') return normalTest(field, [''], false);
  }
  return { kind: 'compare', left, operator, right };
}

/** A list that asks for each of its values is as many tests; one that asks for any is one, or two by case. */
function normalEquals(test: Equals): Predicate {
  const { field, values, quantifier, caseSensitive } = test;
  if (values.length === 0) return never;
  if (values.length === 1) return normalTest(field, values[0]!, caseSensitive);
  if (quantifier === 'any' && !caseSensitive) return normalList(test);
  const tests = values.map((value) => normalTest(field, value, caseSensitive));
  return joined(quantifier === 'any' ? 'or' : 'and', tests);
}

/** A list for which case does not count, as most are: one test, unless a value of it is no test of a value. */
function normalList({ field, values }: Equals): Predicate {
  const kept: Value[] = [];
  const others: Predicate[] = [];
  for (const value of values) {
    const normalValue = value !== null && isPattern(value) ? normalPattern(value, false) : value;
    if (normalValue === null || (isPattern(normalValue) && isAnything(normalValue)))
      others.push(normalTest(field, normalValue, false));
    else kept.push(normalValue);
  }
  if (kept.length === 0) return joined('or', others);
  const test: Equals = {
    kind: 'equals',
    field,
    values: sortedSet(kept),
    quantifier: 'any',
    caseSensitive: false,
  };
  return others.length === 0 ? test : joined('or', [test, ...others]);
}

function normalTest(field: string, value: Value, caseSensitive: boolean): Predicate {
  if (value === null) return not({ kind: 'exists', field });
  const normalValue = isPattern(value) ? normalPattern(value, caseSensitive) : value;
  if (isPattern(normalValue) && isAnything(normalValue)) return { kind: 'exists', field };
  const sensitive = caseSensitive && isPattern(normalValue) && hasCase(normalValue);
  return { kind: 'equals', field, values: [normalValue], quantifier: 'any', caseSensitive: sensitive };
}

function normalFreeText({ values, quantifier, caseSensitive }: FreeText): Predicate {
  const tests = values.map((value): Predicate => {
    const normalValue = isPattern(value) ? normalPattern(value, caseSensitive) : value;
    const sensitive = caseSensitive && isPattern(normalValue) && hasCase(normalValue);
    return { kind: 'free-text', values: [normalValue], quantifier: 'any', caseSensitive: sensitive };
  });
  return tests.length === 0 ? never : joined(quantifier === 'any' ? 'or' : 'and', tests);
}

function normalRegex({ patterns, quantifier, ...regex }: Regex): Predicate {
  const tests = patterns.map((text) => normalExpression(text, regex));
  return tests.length === 0 ? never : joined(quantifier === 'any' ? 'or' : 'and', tests);
}

/** By the values that it matches, whole; by its text, if that can not be said or read. */
function normalExpression(text: string, { field, flavour, caseSensitive, flags }: OneRegex): Predicate {
  const same = normalText(text, flavour, caseSensitive, flags);
  if (same === undefined) {
    const kept = { field, patterns: [text], quantifier: 'any', flavour, caseSensitive } as const;
    return { kind: 'regex', ...kept, ...(flags !== undefined && { flags }) };
  }
  // An expression that says no more than a list of patterns is one.
  if (same.values) {
    const values = { values: same.values, caseSensitive: same.caseSensitive };
    return normalEquals({ kind: 'equals', field, quantifier: 'any', ...values });
  }
  const { text: whole, caseSensitive: cased } = same;
  return {
    kind: 'regex',
    field,
    patterns: [whole],
    quantifier: 'any',
    flavour: 'lucene',
    caseSensitive: cased,
  };
}

type OneRegex = Omit<Regex, 'patterns' | 'quantifier'>;

/** Runs of wildcards have one spelling, `?` before `*`; text is lower case where case does not count. */
function normalPattern(value: Pattern, caseSensitive: boolean): Pattern {
  const text = plainText(value);
  if (text !== undefined) {
    const lower = caseSensitive ? text : text.toLowerCase();
    return lower === text ? value : [lower];
  }
  const parts: PatternPart[] = [];
  let run: PatternPart[] = [];
  const endRun = () => {
    for (const part of run) if (!isMany(part)) parts.push(one);
    if (run.some(isMany)) parts.push(many);
    run = [];
  };
  for (const part of value) {
    if (isWildcard(part)) {
      run.push(part);
    } else {
      endRun();
      parts.push(typeof part === 'string' && !caseSensitive ? part.toLowerCase() : part);
    }
  }
  endRun();
  return pattern(parts);
}

/** Whether a text of the pattern has letters, so that case counts. */
export function hasCase(value: Pattern): boolean {
  return value.some((part) => typeof part === 'string' && part.toLowerCase() !== part.toUpperCase());
}

/** A join without repeats, constants taken in, in an order that depends on its parts alone. */
function joined(kind: 'and' | 'or', parts: readonly Predicate[]): Predicate {
  const ends = kind === 'or';
  const kept: Predicate[] = [];
  for (const part of flattened(kind, parts)) {
    if (part.kind !== 'constant') kept.push(part);
    else if (part.value === ends) return part;
  }
  if (kept.length === 0) return ends ? never : always;
  const lists = merged(kind, kept);
  if (lists.length === 1) return lists[0]!;
  const each = new Map<string, Predicate>();
  for (const part of lists) each.set(spell(part), part);
  const spelled = [...each.keys()].sort();
  const of = spelled.map((key) => each.get(key)!);
  if (of.length === 1) return of[0]!;
  const join: And | Or = { kind, of };
  noteSpelling(join, spelled);
  return join;
}

function flattened(kind: 'and' | 'or', parts: readonly Predicate[]): readonly Predicate[] {
  return parts.some((part) => part.kind === kind)
    ? parts.flatMap((part) => (part.kind === kind ? part.of : [part]))
    : parts;
}

interface List {
  readonly head: Listed;
  readonly values: Value[];
}

/** Tests of one field that say the same as one list: `a or b`, and `not a and not b`. */
function merged(kind: 'and' | 'or', parts: readonly Predicate[]): readonly Predicate[] {
  if (parts.length < 2) return parts;
  const lists: List[] = [];
  const byField = new Map<string, List[]>();
  const others: Predicate[] = [];
  for (const part of parts) {
    const listed = kind === 'or' ? part : part.kind === 'not' ? part.of : undefined;
    if (listed === undefined || !isListed(listed)) {
      others.push(part);
      continue;
    }
    const field = listed.kind === 'free-text' ? '' : listed.field;
    const known = byField.get(field) ?? [];
    const list = known.find(({ head }) => isOneList(head, listed));
    if (list) {
      for (const value of valuesOf(listed)) list.values.push(value);
      continue;
    }
    const started = { head: listed, values: [...valuesOf(listed)] };
    lists.push(started);
    byField.set(field, [...known, started]);
  }
  if (lists.length + others.length === parts.length) return parts;
  const joinedLists = lists.map(({ head, values }) => withValues(head, sortedSet(values)));
  return [...others, ...(kind === 'or' ? joinedLists : joinedLists.map(not))];
}

type Listed = Equals | FreeText | Regex | Cidr;

function isListed(node: Predicate): node is Listed {
  const { kind } = node;
  return kind === 'equals' || kind === 'free-text' || kind === 'regex' || kind === 'cidr';
}

/** Whether two lists of one field are of one kind, so that their values can be one list. */
function isOneList(a: Listed, b: Listed): boolean {
  if (a.kind === 'cidr' || b.kind === 'cidr') return a.kind === b.kind;
  if (a.kind !== b.kind || a.caseSensitive !== b.caseSensitive) return false;
  return a.kind !== 'regex' || b.kind !== 'regex' || (a.flavour === b.flavour && a.flags === b.flags);
}

function valuesOf(node: Listed): readonly Value[] {
  switch (node.kind) {
    case 'regex':
      return node.patterns.map((text) => [text]);
    case 'cidr':
      return node.networks.map((text) => [text]);
    default:
      return node.values;
  }
}

function withValues(node: Listed, values: readonly Value[]): Predicate {
  const texts = () => values.map((value) => (value as readonly string[])[0]!);
  switch (node.kind) {
    case 'regex':
      return { ...node, patterns: texts() };
    case 'cidr':
      return { ...node, networks: texts() };
    default:
      return { ...node, values };
  }
}

function sortedSet<T extends Value | string>(values: readonly T[]): readonly T[] {
  if (values.length < 2) return values;
  const each = new Map<string, T>();
  for (const value of values) each.set(JSON.stringify(value), value);
  return [...each.keys()].sort().map((key) => each.get(key)!);
}

/** A key that need not be there joins more than one that must. */
function normalKey(key: Operand): Operand {
  const normal = normalOperand(key);
  return key.kind === 'field' && key.optional ? { kind: 'field', field: key.field, optional: true } : normal;
}

function normalOperand(operand: Operand): Operand {
  switch (operand.kind) {
    case 'field':
      return { kind: 'field', field: operand.field };
    case 'literal':
      return operand;
    case 'call':
      return { ...operand, arguments: operand.arguments.map(normalOperand) };
    case 'test':
      return { kind: 'test', of: normalPredicate(operand.of) };
    default:
      return operand satisfies never;
  }
}
