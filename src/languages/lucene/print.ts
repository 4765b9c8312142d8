import type { Diagnostic, Outcome } from '../../diagnostic/diagnostic.ts';
import type { Query } from '../../query/query.ts';
import type { PrintOptions } from '../language.ts';
import { askedOfOne, unlessLost } from '../lose.ts';
import { layout } from '../phrase.ts';
import { type Clause, phraseOf } from './clause.ts';
import { said } from './said.ts';
import { type Lose, spell } from './spell.ts';

const nothing: Clause = { kind: 'text', text: '' };

/** In the idiom of rule files. Everything that can not be said is told of, not only the first. */
export function print(query: Query, options: PrintOptions = {}): Outcome<string> {
  const told: Diagnostic[] = [];
  const outcome = unlessLost('Lucene', nothing, (lose) =>
    layout(
      phraseOf(
        spellQuery(
          said(query, options, (found) => told.push(found)),
          lose,
        ),
      ),
    ),
  );
  // What is not written assumes nothing.
  return outcome.ok ? { ...outcome, diagnostics: told } : outcome;
}

function spellQuery(query: Query, lose: Lose): Clause {
  const find = askedOfOne(query, lose);
  if (find === undefined) return nothing;
  return spell(find.kind === 'filter' ? find.where : find, lose);
}
