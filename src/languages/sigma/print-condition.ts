import type { Role } from './names.ts';

/** A condition over searches, which are known by their number until they have names. */
export type Condition =
  | { readonly kind: 'search'; readonly search: number }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** `1 of role_*`, `all of role_*`, where these are all that are named so. */
  | {
      readonly kind: 'of';
      readonly join: 'and' | 'or';
      readonly role: Role;
      readonly searches: readonly number[];
    };

/** The condition as text. A pattern is written only where it means these searches and no others. */
export function printCondition(condition: Condition, names: readonly string[]): string {
  return write(condition, names, 'whole');
}

type Place = 'whole' | 'and' | 'or' | 'not';

function write(condition: Condition, names: readonly string[], within: Place): string {
  switch (condition.kind) {
    case 'search':
      return names[condition.search]!;
    case 'not':
      return `not ${write(condition.of, names, 'not')}`;
    case 'and':
    case 'or': {
      const { kind, of } = condition;
      const text = of.map((part) => write(part, names, kind)).join(` ${kind} `);
      return within === 'whole' || within === kind ? text : `(${text})`;
    }
    case 'of': {
      const { join, role, searches } = condition;
      const fitting = names.filter((name) => name.startsWith(`${role}_`)).length;
      if (fitting === searches.length && searches.every((search) => names[search]!.startsWith(`${role}_`))) {
        return `${join === 'and' ? 'all' : '1'} of ${role}_*`;
      }
      const of = searches.map((search): Condition => ({ kind: 'search', search }));
      return write({ kind: join, of }, names, within);
    }
    default:
      return condition satisfies never;
  }
}
