import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import { derivedLogSource } from '../mapping/log-source.ts';
import { normal } from '../query/normal.ts';
import type { QueryDetection, Rule } from '../rule/rule.ts';
import type { Casting } from './cast.ts';
import type { Family } from './family.ts';
import { fingerprint, withOrigin } from './origin.ts';
import { parseText } from './parse-text.ts';
import { engineEnvelope, sigmaEnvelope } from './written-envelope.ts';

/**
 * A rule whose query has no words in the target, with its envelope in the target's words and its query
 * only carried. In the place of the query stands one that finds nothing, so that no event is ever matched
 * by mistake; as long as that stands, the original comes home. Undefined where nothing can be carried.
 */
export function carriedAlone(family: Family, casting: Casting, report: Report): Rule | undefined {
  const { target, options } = casting;
  if (!options.allow?.includes('carried') || options.carry === 'none' || options.shape === 'asset') {
    return undefined;
  }
  const detection = target.id === 'sigma' ? nothingInSigma : nothingInEql;
  const meaning = normal(parseText(detection.query, () => {}));
  const { rule } = family;
  if (target.id !== 'sigma') {
    const written: Rule = {
      ...engineEnvelope(rule, { indices: [], sources: [] }, casting, report),
      detection,
    };
    return withOrigin(written, family, fingerprint(meaning, []), options);
  }
  const source = derivedLogSource({ indices: rule.indices ?? [] });
  const written: Rule = { ...sigmaEnvelope(rule, casting, report), logSource: source, detection };
  return withOrigin(written, family, fingerprint(meaning, [source]), options);
}

type Nothing = QueryDetection & { readonly query: object };

const nothingInEql = {
  kind: 'query',
  query: { language: 'eql', text: 'any where false\n' },
} as const satisfies Nothing;

/** A field that no event has, asked for and not asked for. */
const nothingInSigma = {
  kind: 'query',
  query: {
    language: 'sigma',
    text: '    untranslated:\n        rulecast|exists: true\n    condition: untranslated and not untranslated',
  },
} as const satisfies Nothing;

/** Why the query is only carried, in findings that keep no rule from being written any more. */
export function asCarried(reasons: readonly Diagnostic[]): readonly Diagnostic[] {
  const message =
    'The query has no words in the target, so it travels with the rule, and a query that finds nothing stands in its place.';
  const kept = reasons.map((found) => ({
    ...found,
    effect: 'carried' as const,
    message: found.message.replace(
      /[;,] (?:so )?(?:the rule|it|this|this one|this comparison) was not written\.$/,
      '.',
    ),
  }));
  return [{ code: 'carry/query', effect: 'carried', message }, ...kept];
}
