import type { Expression, Options } from './syntax.ts';

/** What stands directly within an expression. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.of;
    case 'not':
    case 'sign':
      return [node.of];
    case 'compare':
    case 'arithmetic':
      return [node.left, node.right];
    case 'in':
      return [node.value, ...node.of];
    case 'like':
    case 'rlike':
      return [node.value, ...node.patterns];
    case 'match':
      return [node.field, node.query];
    case 'in-subquery':
    case 'is-null':
    case 'cast':
      return [node.value];
    case 'call':
    case 'dynamic-call':
      return [...node.arguments, ...(node.options === undefined ? [] : constantsOf(node.options))];
    case 'list':
      return node.values;
    case 'string':
    case 'integer':
    case 'decimal':
    case 'boolean':
    case 'null':
    case 'timespan':
    case 'parameter':
    case 'column':
    case 'dynamic-name':
    case 'star':
      return [];
    default:
      return node satisfies never;
  }
}

function constantsOf(options: Options): readonly Expression[] {
  return options.entries.flatMap(({ value }) => (value.kind === 'options' ? constantsOf(value) : [value]));
}

const heights = new WeakMap<Expression, number>();

/** How many expressions stand within each other. Chains of signs grow without nesting: `a + b + c`. */
export function heightOf(node: Expression): number {
  const known = heights.get(node);
  if (known !== undefined) return known;
  let highest = 0;
  for (const part of partsOf(node)) highest = Math.max(highest, heightOf(part));
  heights.set(node, highest + 1);
  return highest + 1;
}
