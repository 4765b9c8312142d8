import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { FormatId } from '../../formats/format.ts';
import type { KnownFields } from '../../mapping/index-fields/model.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Rule } from '../../rule/rule.ts';
import type { ConvertedRule } from '../conversion.ts';
import { convert } from '../convert.ts';
import type { ConvertOptions } from '../options.ts';
import { rulesNamed } from '../part-test.ts';
import { type References, referencesAmong, referencesTo } from '../references.ts';
import { bearable } from './finding.ts';
import { preflight } from './preflight.ts';
import { sigmaNames } from './sigma-names.ts';

/** How rules of Sigma are written for Elastic, so that it can be told what they ask for there. */
export type Writing = Pick<
  ConvertOptions,
  | 'language'
  | 'allow'
  | 'strict'
  | 'mappings'
  | 'caseless'
  | 'filters'
  | 'placeholders'
  | 'references'
  | 'exclusions'
>;

export interface OfSigma {
  readonly rule: Rule;
  readonly found: readonly Diagnostic[];
}

/** What the rules of a Sigma text ask for, once they are written for Elastic; told in the words of Sigma. */
export function ofSigma(
  text: string,
  from: FormatId,
  writing: Writing,
  known: KnownFields,
  mapping: Mapping,
): readonly OfSigma[] {
  const outcome = convert(text, { ...writing, from, to: 'elastic', carry: 'none' });
  if (!outcome.ok) return [];
  const { rules } = outcome.value;
  const own = referencesTo(
    rules.map(({ rule }) => rule),
    referencesAmong(writing.references),
  );
  return rules.map((one) => ({ rule: one.rule, found: foundOf(one, own, known, mapping) }));
}

function foundOf(
  one: ConvertedRule,
  own: References,
  known: KnownFields,
  mapping: Mapping,
): readonly Diagnostic[] {
  const written = one.written.at(-1);
  if (written === undefined) return notWritten(one);
  const names = sigmaNames(familyOf(one.rule, own), mapping);
  return preflight(written, known, mapping).map((found) => {
    if (found.field === undefined) return found;
    const name = names.get(found.field);
    if (name === undefined)
      return {
        ...found,
        message: `The log source asks for ${found.field}: ${found.message}`,
        path: 'logsource',
      };
    const { span: _, ...rest } = found;
    const message =
      name.name === found.field ? found.message : `${name.name} becomes ${found.field}: ${found.message}`;
    return { ...rest, message: bearable(message), ...(name.span && { span: name.span }) };
  });
}

/** What serves another rule is looked up with that. */
function notWritten({ diagnostics }: ConvertedRule): readonly Diagnostic[] {
  const [why] = diagnostics;
  if (why?.code === 'convert/part-of') return [];
  const reason = why ? ` (${why.message.replace(/[.;][^.;]*\.?$/, '')})` : '';
  const message = `The rule is not written for Elastic as it is${reason}; its fields were not looked up.`;
  return [{ code: 'fields/not-read', message: bearable(message), ...(why?.span && { span: why.span }) }];
}

const deepest = 50;

/** A correlation, and the rules that it is of. */
function familyOf(rule: Rule, own: References, depth = 0): readonly Rule[] {
  const { detection } = rule;
  if (detection.kind !== 'correlation' || depth > deepest) return [rule];
  const parts = rulesNamed(detection).flatMap((name) => own(name) ?? []);
  return [
    ...new Set([rule, ...parts.flatMap((part) => (part === rule ? [] : familyOf(part, own, depth + 1)))]),
  ];
}
