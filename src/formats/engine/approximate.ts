import type { Report } from '../../diagnostic/diagnostic.ts';
import type { Telling } from '../../rule/carry.ts';
import { type Json, sameJson } from '../../rule/json.ts';
import type { Rule, Severity, Threat } from '../../rule/rule.ts';
import { writeThreat } from './threat.ts';

/** The API's four words are ours too. Sigma's fifth, `informational`, has no word here. */
export const severities = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  critical: 'critical',
} as const satisfies Record<string, Severity>;

/** The severity, or the nearest there is a word for; then the severity itself is carried. */
export function takeSeverity(tell: Telling, report: Report): Severity | undefined {
  const severity = tell.see('severity');
  if (severity === undefined || severity === nearest(severity)) return tell.take('severity');
  const message = `The detection engine has no severity ${severity}, so ${nearest(severity)} was written.`;
  report({ code: 'loss/severity', message, effect: 'carried', path: 'severity' });
  return nearest(severity);
}

/** The threat without the entries that have no tactic, which the API asks for; then all of it is carried. */
export function takeThreat(tell: Telling, report: Report): Json | undefined {
  const threat = tell.see('threat');
  const sayable = threat && withTactics(threat);
  if (threat === undefined || sayable?.length === threat.length) {
    return tell.take('threat') && writeThreat(threat ?? []);
  }
  const message = 'A technique whose tactic is not known has no place in `threat`; it was not written there.';
  report({ code: 'loss/required-field', message, effect: 'carried', path: 'threat' });
  return sayable && sayable.length > 0 ? writeThreat(sayable) : undefined;
}

/**
 * A rule laid over what travelled with it: the file wins. But where the file still says no more than the
 * approximation that was written into it, what was meant comes home.
 */
export function layOver(said: Omit<Rule, 'carry'>, carried: Partial<Rule>): Omit<Rule, 'carry'> {
  const { severity, threat } = carried;
  return {
    ...carried,
    ...said,
    ...(severity && said.severity === nearest(severity) && { severity }),
    ...(threat && isAll(said.threat, threat) && { threat }),
  };
}

function nearest(severity: Severity): Severity {
  return severity === 'informational' ? 'low' : severity;
}

function withTactics(threat: readonly Threat[]): readonly Threat[] {
  return threat.filter(({ tactic }) => tactic !== undefined);
}

function isAll(said: readonly Threat[] | undefined, threat: readonly Threat[]): boolean {
  return sameJson(writeThreat(said ?? []), writeThreat(withTactics(threat)));
}
