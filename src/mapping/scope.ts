import type { LogSource } from '../rule/rule.ts';
import type { Scope } from './table.ts';

/** Whether a row holds for a log source: each key that the scope names has one of its values. */
export function inScope(scope: Scope | undefined, source: LogSource): boolean {
  return (
    scope === undefined ||
    (holds(scope.category, source.category) &&
      holds(scope.product, source.product) &&
      holds(scope.service, source.service))
  );
}

function holds(wanted: string | readonly string[] | undefined, said: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (said === undefined) return false;
  return typeof wanted === 'string' ? wanted === said : wanted.includes(said);
}
