import { or } from '../../../query/build.ts';
import type { And, Or, Predicate } from '../../../query/query.ts';
import type * as syntax from '../syntax.ts';
import { call, column, isNull, join, negate } from './build.ts';
import { Known } from './known.ts';
import { type Lose, Loss } from './loss.ts';
import { needsOf } from './needs.ts';
import type { FactsOf } from './prepare.ts';
import { type Leaf, testExpression } from './test.ts';
import { isKnownText } from './typed.ts';

/**
 * A prepared condition in ES|QL's words: true for the same events. A test is null where its field is missing, and so
 * is its negation; what is to hold there says so, unless the field is known to be there.
 */
export function conditionOf(where: Predicate, factsOf: FactsOf, lose: Lose): syntax.Expression {
  return new Writer(factsOf, lose).write(where, true);
}

class Writer {
  readonly #known = new Known();
  readonly #factsOf: FactsOf;
  readonly #lose: Lose;

  constructor(factsOf: FactsOf, lose: Lose) {
    this.#factsOf = factsOf;
    this.#lose = lose;
  }

  write(node: Predicate, positive: boolean): syntax.Expression {
    switch (node.kind) {
      case 'and':
      case 'or':
        return positive ? this.#writeJoin(node.kind, node.of, true) : this.#deny(node);
      case 'not':
        return this.write(node.of, !positive);
      default:
        return positive ? this.#test(node) : this.#deny(node);
    }
  }

  #writeJoin(kind: 'and' | 'or', parts: readonly Predicate[], positive: boolean): syntax.Expression {
    const word = (kind === 'and') === positive ? 'and' : 'or';
    const needless = word === 'and' ? this.#neededByDenials(parts, positive) : new Set<string>();
    const write = (part: Predicate) => this.write(part, positive);
    const made =
      word === 'and'
        ? this.#known.within(kind, parts, (part) => ({ left: part, made: write(part) }))
        : this.#known.after(kind, parts, write);
    const kept = made.filter((_, at) => !needless.has(presenceOf(parts[at]!, positive) ?? ''));
    return join(word, kept);
  }

  /** Fields whose presence need not be said beside a test that is denied, and null without them. */
  #neededByDenials(parts: readonly Predicate[], positive: boolean): ReadonlySet<string> {
    const present = new Set(parts.flatMap((part) => presenceOf(part, positive) ?? []));
    const fields = new Set<string>();
    for (const part of parts) {
      const denied = positive ? (part.kind === 'not' ? part.of : undefined) : part;
      if (!denied || denied.kind === 'and' || !this.#isStrict(denied)) continue;
      const needed = [...fieldsOf(denied)];
      // With a guard for another of its fields it would hold without this one.
      if (!needed.every((field) => present.has(field) || this.#known.has(field))) continue;
      for (const field of needed) fields.add(field);
    }
    return fields;
  }

  #deny(node: Exclude<Predicate, { kind: 'not' }>): syntax.Expression {
    const isJoin = node.kind === 'and' || node.kind === 'or';
    if (!this.#isStrict(node)) return isJoin ? this.#denyEach(node) : this.#denyTotal(node);
    const missing = [...fieldsOf(node)].filter((field) => !this.#known.has(field));
    // One guard does for several tests if none of them holds without its field.
    const isShared = node.kind !== 'and' && missing.every((field) => isNeededByAll(node, field));
    if (isJoin && missing.length > 0 && !isShared) return this.#denyEach(node);
    return join('or', [...missing.map((field) => isNull(column(field))), negate(this.#whole(node))]);
  }

  #denyEach(node: And | Or): syntax.Expression {
    const parts = node.kind === 'or' ? byField(node.of) : node.of;
    return this.#writeJoin(node.kind, parts.length === 1 ? node.of : parts, false);
  }

  /** Tests that stand together under one `not`, as they are. */
  #whole(node: Predicate): syntax.Expression {
    if (node.kind !== 'and' && node.kind !== 'or') return this.#test(node as Leaf);
    return join(
      node.kind,
      node.of.map((part) => this.#test(part as Leaf)),
    );
  }

  /** What is never null needs nothing beside its negation. */
  #denyTotal(leaf: Leaf): syntax.Expression {
    const test = this.#test(leaf);
    const mayBeNull = leaf.kind === 'cidr' || (leaf.kind === 'opaque' && !isSearch(test));
    return negate(mayBeNull ? call('coalesce', test, { kind: 'boolean', value: false }) : test);
  }

  #test(leaf: Leaf): syntax.Expression {
    try {
      return testExpression(leaf, this.#factsOf);
    } catch (error) {
      if (!(error instanceof Loss)) throw error;
      this.#lose(error.code, error.message, 'span' in leaf ? leaf.span : undefined);
      return { kind: 'boolean', value: false };
    }
  }

  /** Whether a test, or each of several, is null if and only if a field that it needs is missing. */
  #isStrict(node: Predicate): boolean {
    switch (node.kind) {
      case 'and':
      case 'or':
        return node.of.every((part) => isLeaf(part) && this.#isStrict(part));
      case 'equals':
        return !node.values.includes(null);
      case 'cidr':
        // What is no address has no answer.
        return !isKnownText(this.#factsOf(node.field));
      case 'range':
      case 'regex':
      case 'compare':
      case 'call':
        return true;
      default:
        return false;
    }
  }
}

function isLeaf(node: Predicate): node is Leaf {
  return node.kind !== 'and' && node.kind !== 'or' && node.kind !== 'not';
}

/** The fields without any of which a strict test, or one of several, is null. */
function fieldsOf(node: Predicate): ReadonlySet<string> {
  if (node.kind !== 'and' && node.kind !== 'or') return needsOf(node).yes.there;
  return new Set(node.of.flatMap((part) => [...needsOf(part).yes.there]));
}

function isNeededByAll(node: Predicate, field: string): boolean {
  return node.kind !== 'or' || node.of.every((part) => needsOf(part).yes.there.has(field));
}

/** The field that a part asks to be there, and nothing else. */
function presenceOf(part: Predicate, positive: boolean): string | undefined {
  const asked = positive ? part : part.kind === 'not' ? part.of : undefined;
  return asked?.kind === 'exists' ? asked.field : undefined;
}

/** Searches of an index say yes or no. */
function isSearch(node: syntax.Expression): boolean {
  return (
    node.kind === 'match' || (node.kind === 'call' && /^(?:kql|qstr|match|match_phrase)$/i.test(node.name))
  );
}

/** Tests of one field stand together, so that it is asked once whether it is there. */
function byField(parts: readonly Predicate[]): readonly Predicate[] {
  const groups = new Map<string, Predicate[]>();
  const result: (Predicate | Predicate[])[] = [];
  for (const part of parts) {
    const field = 'field' in part && part.kind !== 'exists' ? part.field : undefined;
    const known = field === undefined ? undefined : groups.get(field);
    if (known) {
      known.push(part);
      continue;
    }
    const group = [part];
    if (field !== undefined) groups.set(field, group);
    result.push(field === undefined ? part : group);
  }
  return result.map((one) => (Array.isArray(one) ? or(one) : one)) as readonly Predicate[];
}
