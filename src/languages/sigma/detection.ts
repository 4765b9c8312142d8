import { and, or } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
import { nearest } from '../../source/near.ts';
import type { Span } from '../../source/source.ts';
import { failure } from './failure.ts';
import type { ListNode, MapNode, Node, ScalarNode } from './node.ts';
import { Allowance, readKeywords, readLine } from './read-line.ts';

/** How many values a condition may come to, each counted as often as its search is named. */
const mostValues = 200_000;

/** What a detection looks for, by the names that its condition uses. */
export class Searches {
  readonly #searches: ReadonlyMap<string, Predicate>;
  readonly #sizes = new Map<string, number>();
  #left = mostValues;

  constructor(searches: ReadonlyMap<string, Predicate>) {
    this.#searches = searches;
  }

  get names(): readonly string[] {
    return [...this.#searches.keys()];
  }

  /** The search of this name. */
  named(name: Span & { readonly text: string }): Predicate {
    const [search] = this.use([name.text], name);
    return search ?? this.unknown(name);
  }

  unknown({ text, start, end }: Span & { readonly text: string }): never {
    const near = nearest(text, this.names);
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    const message = `The condition asks for "${text}", and no search is named so.${hint}`;
    throw failure('parse/unknown-identifier', message, { start, end });
  }

  /** The searches that a part of a condition names. */
  use(names: readonly string[], span: Span): readonly Predicate[] {
    for (const name of names) this.#left -= this.#sizeOf(name);
    if (this.#left >= 0) return names.flatMap((name) => this.#searches.get(name) ?? []);
    const message = `The condition comes to more than ${mostValues} values; it was not read.`;
    throw failure('parse/too-large', message, span);
  }

  #sizeOf(name: string): number {
    const known = this.#sizes.get(name);
    if (known !== undefined) return known;
    const search = this.#searches.get(name);
    const size = search ? valuesIn(search) : 0;
    this.#sizes.set(name, size);
    return size;
  }
}

function valuesIn(node: Predicate): number {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.of.reduce((sum, part) => sum + valuesIn(part), 0);
    case 'not':
      return valuesIn(node.of);
    case 'equals':
    case 'free-text':
      return node.values.length;
    case 'regex':
      return node.patterns.length;
    case 'cidr':
      return node.networks.length;
    default:
      return 1;
  }
}

/** Keys of a detection that name no search. `timeframe` is of the first version, for what it counts. */
const others = ['condition', 'timeframe'];

/** Detection := { name ':' Search } 'condition' ':' … */
export function readSearches(detection: MapNode): Searches {
  const allowance = new Allowance();
  const named = detection.entries.filter(({ key }) => !others.includes(key));
  if (named.length === 0) {
    throw failure(
      'schema/missing-field',
      'The detection has no search; there is nothing to find.',
      detection.span,
    );
  }
  return new Searches(new Map(named.map(({ key, value }) => [key, readSearch(value, allowance)])));
}

/** Search := map of lines | list of searches | list of values | value */
function readSearch(node: Node, allowance: Allowance): Predicate {
  switch (node.kind) {
    case 'map':
      refuseEmpty(node, node.entries);
      return and(node.entries.map((entry) => readLine(entry, allowance)));
    case 'list':
      refuseEmpty(node, node.of);
      return readList(node, allowance);
    case 'scalar':
      return readKeywords([node], node.span, allowance);
    default:
      return node satisfies never;
  }
}

/** A list of values is one search for any of them; any other list is alternatives. */
function readList({ of, span }: ListNode, allowance: Allowance): Predicate {
  const values = of.filter((node): node is ScalarNode => node.kind === 'scalar');
  if (values.length === of.length) return readKeywords(values, span, allowance);
  return or(of.map((node) => readSearch(node, allowance)));
}

function refuseEmpty({ kind, span }: Node, parts: readonly unknown[]): void {
  if (parts.length > 0) return;
  throw failure(
    'parse/bad-value',
    `A search that is an empty ${kind} finds nothing; the detection was not read.`,
    span,
  );
}
