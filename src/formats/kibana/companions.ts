import type { Report } from '../../diagnostic/diagnostic.ts';
import type { JsonObject } from '../../rule/json.ts';
import type { Pack } from '../../rule/rule.ts';
import { shapeOf } from './shape.ts';

/** What an export holds beside rules, each kind in its order. */
export interface Companions {
  readonly lists: readonly JsonObject[];
  readonly listItems: readonly JsonObject[];
  readonly connectors: readonly JsonObject[];
}

/** What of a pack is Kibana's own; of the rest there is only to say that it stays behind. */
export function companionsOf({ filters, rest }: Pick<Pack, 'filters' | 'rest'>, report: Report): Companions {
  const own = filters.filter(({ format }) => format === 'kibana').map(({ body }) => body);
  const companions = {
    lists: own.filter(isA('exception-list')),
    listItems: own.filter(isA('exception-item')),
    connectors: rest.filter(isA('connector')),
  };
  const { lists, listItems, connectors } = companions;
  reportFilters(filters.length - lists.length - listItems.length, 'Kibana has no words for', report);
  reportRest(rest.length - connectors.length, 'Kibana has no words for', report);
  return companions;
}

/** What is written holds nothing beside its rules; `why` begins the sentence that says so. */
export function leaveBehind(
  { filters, rest }: Pick<Pack, 'filters' | 'rest'>,
  why: string,
  report: Report,
): void {
  reportFilters(filters.length, why, report);
  reportRest(rest.length, why, report);
}

/** Connectors are saved objects as they are; all else stays behind. */
export function savedCompanionsOf(
  { filters, rest }: Pick<Pack, 'filters' | 'rest'>,
  report: Report,
): readonly JsonObject[] {
  const connectors = rest.filter(isA('connector'));
  const others = rest.filter((object) => !connectors.includes(object));
  leaveBehind({ filters, rest: others }, 'Saved objects of rules have no place for', report);
  return connectors;
}

/** Without what it excludes, a rule matches more. */
function reportFilters(count: number, why: string, report: Report): void {
  if (count === 0) return;
  const message = `${why} ${count} of the filters and exceptions beside the rules; they stay behind.`;
  report({ code: 'loss/exceptions', message, effect: 'broader' });
}

function reportRest(count: number, why: string, report: Report): void {
  if (count === 0) return;
  const message = `${why} ${count} of the objects that travel beside the rules; they stay behind.`;
  report({ code: 'loss/carry', message, effect: 'dropped' });
}

function isA(id: string) {
  return (object: JsonObject): boolean => shapeOf(object)?.id === id;
}
