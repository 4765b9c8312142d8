import { Failure } from '../../../diagnostic/attempt.ts';
import { and, or } from '../../../query/build.ts';
import { isPattern } from '../../../query/pattern.ts';
import type { Equals, Pattern, Predicate } from '../../../query/query.ts';
import type { Leaf } from './leaf.ts';
import { shown } from './text.ts';

/** Texts as regular expressions of the whole value, as the patterns they were; other values beside them. */
export function asRegex(leaf: Leaf, ignoresCase: boolean): Predicate | undefined {
  if (leaf.kind !== 'equals') return undefined;
  const texts = leaf.values.filter(
    (value): value is Pattern => value !== null && isPattern(value) && shown(value) !== '',
  );
  if (texts.length === 0) return undefined;
  const others = leaf.values.filter((value) => !texts.includes(value as Pattern));
  const { values: _, caseSensitive, kind: _kind, ...rest } = leaf;
  const quantifier = texts.length === 1 ? 'any' : leaf.quantifier;
  const regex: Predicate = {
    ...rest,
    kind: 'regex',
    patterns: texts.map(expressionOf),
    quantifier,
    flavour: 'pcre',
    caseSensitive: caseSensitive || !ignoresCase,
  };
  if (others.length === 0) return regex;
  const beside: Equals = {
    ...leaf,
    values: others,
    quantifier: others.length === 1 ? 'any' : leaf.quantifier,
  };
  return leaf.quantifier === 'any' ? or([regex, beside]) : and([regex, beside]);
}

/** A search for what the pattern matches whole: `*a` is `a$`. */
function expressionOf(value: Pattern): string {
  const isStar = (part: Pattern[number] | undefined) =>
    typeof part === 'object' && 'wildcard' in part && part.wildcard === 'many';
  const before = isStar(value[0]);
  const after = isStar(value.at(-1));
  const inner = value.slice(before ? 1 : 0, after ? -1 : undefined).map((part) => {
    if (typeof part === 'string') return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    if ('placeholder' in part) throw new Failure(unfilled(part.placeholder));
    return part.wildcard === 'many' ? '.*' : '.';
  });
  return `${before ? '' : '^'}${inner.join('')}${after ? '' : '$'}`;
}

function unfilled(name: string) {
  const message = `%${name}% stands for a list, and the pipeline makes a regular expression of it before it is filled in; the rule was not written.`;
  return { code: 'loss/placeholder', message } as const;
}
