import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { keptOf, laidOver } from '../../src/convert/filters/laid.ts';
import { Failure } from '../../src/diagnostic/attempt.ts';
import { languageOf } from '../../src/languages/index.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import type { QueryDetection } from '../../src/rule/rule.ts';
import { cases, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly rules_yaml: string;
  readonly events?: readonly {
    readonly event: Event;
    readonly match: boolean;
    readonly matched_titles?: readonly string[];
  }[];
}

const vectors = cases<Vector>('sigma-engine-vectors.jsonl').filter(({ kind }) => kind === 'match');

/** What other engines find and this program does not, and why. */
const otherwise: Readonly<Record<string, string>> = {
  'sigma-vec/srm/exists_true_null': 'a field that is null is not there, as in Elasticsearch',
  'sigma-vec/rsigma/filter_any_rule': 'the filter has no log source, which the specification asks for',
  'sigma-vec/rsigma/filter_two_selections': 'the filter has no log source, which the specification asks for',
  'sigma-vec/rsigma/expand':
    'it fills placeholders in from the event; the specification leaves that to the site',
  'sigma-vec/rsigma/flat_key_wins_nested': 'a field has both of its values, as in Elasticsearch',
  "sigma-vec/sigma-go/cmp_1_gt_'2'": 'a quoted number is a text, which has no order in Sigma',
  "sigma-vec/sigma-go/cmp_1_gte_'2'": 'a quoted number is a text, which has no order in Sigma',
  "sigma-vec/sigma-go/cmp_1_lte_'2'": 'a quoted number is a text, which has no order in Sigma',
};

/** Which events the rules of a vector match, one of them each; undefined where one can not be read. */
function found({ rules_yaml, events = [] }: Vector): readonly boolean[] | undefined {
  const { rules } = must(read(rules_yaml, { format: 'sigma' }));
  const queries = rules.map(({ detection }) => {
    if (detection.kind !== 'query') throw new Error(detection.kind);
    return languageOf('sigma')!.parse(detection.query!.text);
  });
  if (!queries.every((query) => query.ok)) return undefined;
  return events.map(({ event }) => {
    try {
      return queries.some((query) => match(query.value, [event]).length > 0);
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  });
}

describe.skipIf(without)('Sigma finds what other engines find (set CORPUS to run)', () => {
  test.each(vectors.filter(({ id }) => !Object.hasOwn(otherwise, id)).map((one) => [one.id, one] as const))(
    '%s',
    (_, vector) => {
      expect(found(vector)).toEqual(vector.events?.map((one) => one.match));
    },
  );

  test('but what is said to be otherwise, which is', () => {
    const differing = vectors.filter(
      (one) => JSON.stringify(found(one)) !== JSON.stringify(one.events?.map(({ match }) => match)),
    );
    expect(differing.map(({ id }) => id).sort()).toEqual(Object.keys(otherwise).sort());
    expect(vectors.length).toBe(97);
  });

  test('a filter is joined to its rules, once it says where it looks', () => {
    const [vector] = vectors.filter(({ id }) => id === 'sigma-vec/rsigma/filter_two_selections');
    const { rules_yaml, events = [] } = vector!;
    const pack = must(read(rules_yaml.replace('\nfilter:', '\nlogsource: {product: windows}\nfilter:')));
    const [rule] = pack.rules;
    const within = { ...rule!, logSource: { product: 'windows' } };
    const kept = keptOf({ rule: within, parts: [] }, pack.filters, 'pysigma')!;
    const query = must(languageOf('sigma')!.parse((rule!.detection as QueryDetection).query!.text));
    expect(events.map(({ event }) => match(laidOver(query, kept), [event]).length > 0)).toEqual(
      events.map((one) => one.match),
    );
  });

  test('and refuses what they refuse', () => {
    const rows = cases<Vector>('sigma-engine-vectors.jsonl').filter(({ kind }) => kind === 'reject');
    const accepted = rows.filter((one) => found(one) !== undefined);
    // A list of one value under `all` is bad style, and says what the value says alone.
    expect(accepted.map(({ id }) => id)).toEqual(['sigma-vec/rsigma/reject_all_single_value']);
    expect(rows.length).toBe(3);
  });
});
