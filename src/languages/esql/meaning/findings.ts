import type { Diagnostic } from '../../../diagnostic/diagnostic.ts';
import type { Query } from '../../../query/query.ts';
import { isFieldTest, predicates } from '../../../query/walk.ts';
import type { PrintOptions } from '../../language.ts';

/** What a statement assumes, or does not find. */
export function findingsOf(
  { from, find }: Query,
  { factsOf = () => ({}) }: PrintOptions,
): readonly Diagnostic[] {
  const searched: readonly Diagnostic[] =
    from.length > 0
      ? []
      : [
          {
            code: 'style/default',
            message:
              'ES|QL names what it searches, and the query names nothing; it was written to search everything.',
          },
        ];
  if (find.kind !== 'filter') return searched;
  const told = new Set<string>();
  const many: Diagnostic[] = [];
  for (const test of predicates(find.where)) {
    if (!isFieldTest(test) || test.kind === 'exists' || told.has(test.field) || !factsOf(test.field).many)
      continue;
    told.add(test.field);
    many.push({
      code: 'loss/many-values',
      message: `${test.field} may have several values, of which ES|QL compares none; events that have several are not found.`,
      effect: 'narrower',
      ...(test.span && { span: test.span }),
    });
  }
  return [...searched, ...many];
}
