import { shortened } from '../../diagnostic/shortened.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { spellerOf } from '../../query/change/respelled.ts';
import type { Query } from '../../query/query.ts';
import { type JsonObject, sameJson } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { asData } from '../as-data.ts';
import type { Asked } from '../compare/asked.ts';
import { namedIn } from '../compare/named.ts';
import { type NamedCounterexample, type RuleRelation, relateRules } from '../compare/relate-rules.ts';
import { languageOf } from '../origin.ts';
import { envelopeChange } from './of-envelope.ts';
import { phraseOf, type Speller } from './phrases.ts';
import { type Claim, claims } from './proved.ts';
import type { Said } from './rule-change.ts';

const patient = { steps: 20_000, tries: 10, looked: 30_000, events: 5000 };

/** What a rule matches now and did not, in words that events bear out; and what kind of rule it is now. */
export function queryChanges(before: Asked, after: Asked, mapping: Mapping): readonly Said[] {
  const kinds = kindChanges(before.rule, after.rule);
  const related = relateRules(before, after, { mapping, budget: patient });
  const isSame = sameJson(asData(before.rule.detection), asData(after.rule.detection));
  if (related.relation === 'equal') {
    const rewritten = 'matches the same events; the query was rewritten';
    return isSame ? [] : [...kinds, { where: 'query', message: rewritten }];
  }
  if (isSame && related.relation === 'unknown') return [];
  const beside = besideChanges(before.rule, after.rule);
  const claimed = claimsOf(before, after, related, mapping);
  // What is asked beside a query is told in its own words.
  if (beside.length > 0 && claimed.length === 0 && related.counterexamples.length === 0)
    return [...kinds, ...beside];
  // Another log source is told as that.
  if (claimed.length === 0 && !sameJson(asData(before.rule.logSource), asData(after.rule.logSource)))
    return kinds;
  const spelled = spellerOf([before, after].flatMap(({ question }) => question?.query ?? []));
  return [...kinds, ...beside, ...eventChanges(related, claimed, spelled)];
}

/** In the names that both rules have. */
function claimsOf(before: Asked, after: Asked, related: RuleRelation, mapping: Mapping): readonly Claim[] {
  const isSigma = before.taxonomy === 'sigma' && after.taxonomy === 'sigma';
  const named = [before, after].map((one) => namedIn(one, isSigma ? 'sigma' : 'ecs', mapping).query);
  const [a, b]: readonly (Query | undefined)[] = isSigma ? named : (related.queries ?? named);
  return a && b ? claims(a, b) : [];
}

/** What is certain of the trees; where that does not say all that is known of the events, an event that shows it. */
function eventChanges(related: RuleRelation, claimed: readonly Claim[], spelled: Speller): readonly Said[] {
  const told = claimed.filter(({ isSo }) => isSo === true);
  const open = claimed.filter(({ isSo }) => isSo === undefined);
  const isTold = (gains: boolean) => told.some((claim) => claim.gains === undefined || claim.gains === gains);
  const shown = related.counterexamples;
  const said = told.map(({ difference, gains }): Said => {
    // What shows one thing of several may be another.
    const isAlone = told.every((one) => one.difference === difference || one.gains === !gains);
    const shows = shown.find(({ matches }) => gains !== undefined && isAlone && matches === sideOf(gains));
    return {
      where: 'query',
      message: phraseOf(difference, spelled),
      ...(shows && { counterexample: shows }),
    };
  });
  const examples = shown
    .filter(({ matches }) => !isTold(matches === 'second'))
    .map((one): Said => ({ where: 'query', message: exampleSentence(one), counterexample: one }));
  const unproved = open.map(
    ({ difference }): Said => ({
      where: 'query',
      message: `${phraseOf(difference, spelled)}, by its words; that it makes a difference could not be shown`,
    }),
  );
  const all = [...said, ...examples, ...unproved];
  if (all.length > 0) return all;
  return [{ where: 'query', message: relationSentence(related) }];
}

function sideOf(gains: boolean): 'first' | 'second' {
  return gains ? 'second' : 'first';
}

function exampleSentence({ matches, events }: NamedCounterexample): string {
  const more = matches === 'second' ? 'matches more' : 'matches less';
  const what =
    events.length === 1 ? JSON.stringify(events[0]) : `${events.length} events, ${JSON.stringify(events)}`;
  return `${more}: for example ${shortened(what, 300)}`;
}

function relationSentence({ relation, because }: RuleRelation): string {
  const why = because === undefined ? '' : `, as ${because}`;
  switch (relation) {
    case 'broader':
      return 'matches all that it did, and more';
    case 'narrower':
      return 'matches nothing that it did not, and less';
    case 'overlapping':
      return 'matches some of what it did, and other events';
    case 'disjoint':
      return 'matches nothing of what it did, and other events';
    case 'equal':
    case 'unknown':
      return `was changed, and how its events stand to those it had is not known${why}`;
    default:
      return relation satisfies never;
  }
}

/** Of rules that ask for more than a query: what else they ask for. */
function besideChanges({ detection: before }: Rule, { detection: after }: Rule): readonly Said[] {
  if (before.kind !== after.kind || !asksBeside.has(after.kind)) return [];
  const [was, is] = [asData(before), asData(after)] as readonly JsonObject[];
  const keys = new Set([...Object.keys(was!), ...Object.keys(is!)]);
  keys.delete('query');
  return [...keys]
    .filter((key) => !sameJson(was![key], is![key]))
    .flatMap((key) => {
      const [first, second] = [was![key], is![key]];
      return envelopeChange({
        field: `detection.${key}`,
        ...(first !== undefined && { first }),
        ...(second !== undefined && { second }),
      });
    });
}

const asksBeside: ReadonlySet<Rule['detection']['kind']> = new Set([
  'new-terms',
  'indicator-match',
  'machine-learning',
  'saved-query',
  'other',
]);

/** Another kind of rule, another language. */
function kindChanges(before: Rule, after: Rule): readonly Said[] {
  const [was, is] = [before.detection.kind, after.detection.kind];
  const [spoke, speaks] = [languageOf(before), languageOf(after)];
  const said: Said[] = [];
  if (was !== is)
    said.push({
      where: 'detection',
      message: `is a rule of the kind ${is} now, and was one of ${was}`,
      before: was,
      after: is,
    });
  if (spoke !== speaks && spoke && speaks)
    said.push({
      where: 'query',
      message: `is written in ${named(speaks)} now, and was in ${named(spoke)}`,
      before: spoke,
      after: speaks,
    });
  return said;
}

const languages: ReadonlyMap<string, string> = new Map([
  ['eql', 'EQL'],
  ['kuery', 'KQL'],
  ['lucene', 'Lucene'],
  ['esql', 'ES|QL'],
  ['sigma', 'Sigma'],
]);

function named(language: string): string {
  return languages.get(language) ?? language;
}
