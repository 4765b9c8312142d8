import type { Expression, Join } from './syntax.ts';

/**
 * The parts of a join, with those of joins of its kind in their place. The longest list takes the others in: it
 * is of the parser's own making and nobody holds it yet, and copying it for each parenthesis around would be slow.
 */
export function merged(kind: Join['kind'], parts: readonly Expression[]): readonly Expression[] {
  const longest = parts.reduce<Join | undefined>((most, part) => {
    return part.kind === kind && part.of.length > (most?.of.length ?? 0) ? part : most;
  }, undefined);
  if (longest === undefined) return parts;
  const of = longest.of as Expression[];
  const index = parts.indexOf(longest);
  prepend(of, flat(kind, parts.slice(0, index)));
  for (const part of flat(kind, parts.slice(index + 1))) of.push(part);
  return of;
}

function flat(kind: Join['kind'], parts: readonly Expression[]): readonly Expression[] {
  return parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
}

/** So many at once, for a call has no room for all. */
const some = 1000;

function prepend(to: Expression[], parts: readonly Expression[]): void {
  for (let end = parts.length; end > 0; end -= some) to.unshift(...parts.slice(Math.max(0, end - some), end));
}
