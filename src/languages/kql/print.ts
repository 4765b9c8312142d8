import type { Outcome } from '../../diagnostic/diagnostic.ts';
import type { Query } from '../../query/query.ts';
import { withCategory } from '../as-test.ts';
import { asKept } from '../kept.ts';
import type { PrintOptions } from '../language.ts';
import { askedOfOne, unlessLost } from '../lose.ts';
import { layout } from '../phrase.ts';
import { type Clause, phraseOf } from './clause.ts';
import { leaving } from './said.ts';
import { type Lose, spell } from './spell.ts';

const nothing: Clause = { kind: 'text', text: '' };

/**
 * In the idiom of Elastic's rule files. Everything that can not be said is told of, not only the first. Findings of
 * a text that was printed tell what the index makes of it.
 */
export function print(query: Query, options?: PrintOptions): Outcome<string> {
  return unlessLost(leaving.name, nothing, (lose, report) =>
    layout(phraseOf(spellQuery(asKept(query, leaving, options, report), lose))),
  );
}

function spellQuery(query: Query, lose: Lose): Clause {
  const find = askedOfOne(query, lose);
  if (find === undefined) return nothing;
  return spell(find.kind === 'filter' ? withCategory(find) : find, '', lose);
}
