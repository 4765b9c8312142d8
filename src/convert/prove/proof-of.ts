import { attempt } from '../../diagnostic/attempt.ts';
import type { Format } from '../../formats/format.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { relate } from '../../proof/relate.ts';
import type { Verdict } from '../../proof/relation.ts';
import type { Rule } from '../../rule/rule.ts';
import { lower } from '../lower.ts';
import type { ConvertOptions } from '../options.ts';
import type { Question } from '../question.ts';
import type { Asked } from './asked.ts';
import { sidesOf } from './sides.ts';

/** How the text of a translated rule stands to what was read, once it is read back by its format and its language. */
export function verdictOn(
  asked: Asked,
  text: string,
  target: Format,
  mapping: Mapping,
  options: ConvertOptions,
): Verdict {
  const outcome = attempt(() => writtenIn(asked, text, target, options));
  if (!outcome.ok) return unknown(outcome.diagnostics[0]?.message ?? '');
  const { read, written, facts } = sidesOf(asked, outcome.value, mapping);
  if (
    read.find.kind !== 'filter' ||
    written.find.kind !== 'filter' ||
    read.stages.length + written.stages.length > 0
  )
    return unknown('streams');
  const found = relate(read.find.where, written.find.where, { assume: facts });
  return {
    relation: found.relation,
    counterexamples: [
      ...(found.first ? [{ matches: 'first' as const, events: [found.first] }] : []),
      ...(found.second ? [{ matches: 'second' as const, events: [found.second] }] : []),
    ],
    ...(found.because !== undefined && { because: found.because }),
  };
}

function unknown(because: string): Verdict {
  return { relation: 'unknown', counterexamples: [], because };
}

/** What each piece of a rule reads back as, the rule itself first. */
function writtenIn(asked: Asked, text: string, target: Format, options: ConvertOptions): readonly Question[] {
  const outcome = target.read(text);
  if (!outcome.ok) throw new Error(outcome.diagnostics[0]?.message);
  const { rules } = outcome.value;
  const [last, others] = [rules.at(-1)!, rules.slice(0, -1)];
  const ask = (rule: Rule, parts: readonly Rule[]) => lower({ rule, parts }, options, () => {});
  if (asked.pieces.length === 1) return [ask(last, others)];
  return [last, ...others].map((rule) => ask(rule, []));
}
