import { apartKey, Telling } from '../../rule/carry.ts';
import { objectOf } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { engineFields } from '../engine/index.ts';
import { isLoadable } from './fit.ts';

/**
 * A rule on its way into another format. Rules that come in are made to fit the tools that load files; one that
 * leaves a file which does not fit them is marked, so that it comes home as it was.
 */
export function leaving(rule: Rule): Rule {
  const { elastic, ...others } = rule.carry;
  // What was made to fit stands in the file beside what it was.
  if (elastic !== undefined && Object.hasOwn(elastic, apartKey)) {
    const own = objectOf(Object.entries(elastic).filter(([key]) => key !== apartKey));
    return { ...rule, carry: { ...others, ...(Object.keys(own).length > 0 && { elastic: own }) } };
  }
  const fields = objectOf(engineFields(new Telling(rule), silent));
  return isLoadable(fields) ? rule : { ...rule, carry: { ...others, elastic: { ...elastic, asItIs: true } } };
}

/** Whether a rule came from a file that its tools do not load. */
export function isAsItIs({ carry }: Rule): boolean {
  return carry['elastic']?.['asItIs'] === true;
}

function silent(): void {}
