import type { Fidelity } from '../../src/convert/fidelity.ts';
import { match } from '../../src/match/match.ts';
import { fieldsOfQuery } from '../../src/query/fields.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { ecsEvent } from '../support/ecs-event.ts';
import { searchOf, sigmaEvent, type WindowsEvent } from '../support/recordings.ts';
import type { Translation } from '../support/translations.ts';
import { type Compared, differences } from './translation-differences.ts';

/** Compares what a rule finds in the event log with what its translation finds of it in each store. */
export interface Judge {
  /** What the rule tests, in Sigma's names. */
  readonly tested: readonly string[];
  /** Stores in which another thing is found, and neither the grade of the translation nor its store allows for it. */
  faultsIn(event: WindowsEvent): readonly string[];
}

/** Reasons that were given, in all. */
export const given = new Set<string>();

export function judgeOf(rule: Rule, { query, fidelity, stores, writer }: Translation): Judge {
  const search = searchOf(rule);
  const tested = fieldsOfQuery(search) ?? [];
  const asked = fieldsOfQuery(query!) ?? [];
  const isPromised = fidelity === 'equivalent' && stores.length === 1;
  return {
    tested,
    faultsIn: (event) =>
      stores.flatMap((store) => {
        const stored = ecsEvent(event, store);
        if (stored === undefined) return [];
        const wanted = match(search, [sigmaEvent(event)]).length > 0;
        const isFound = match(query!, [stored]).length > 0;
        if (isAllowed(fidelity, wanted, isFound)) return [];
        const compared = { event, tested, asked, store, isPromised, ...(writer && { writer }) };
        return isExplained(compared) ? [] : [`${store}: ${wanted ? 'missed' : 'found'}`];
      }),
  };
}

function isAllowed(fidelity: Fidelity, wanted: boolean, isFound: boolean): boolean {
  if (wanted === isFound || fidelity === 'approximate') return true;
  return fidelity === (wanted ? 'narrower' : 'broader');
}

function isExplained(compared: Compared): boolean {
  const reason = differences.find(({ holds }) => holds(compared));
  if (reason) given.add(reason.why);
  return reason !== undefined;
}
