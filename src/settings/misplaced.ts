import type { Violation } from '../schema/check.ts';
import type { Layout } from './setting.ts';

/** What to say of an option that stands at another place than it belongs; undefined for what is no option. */
export function misplaced({ path, what }: Violation, { shared, sections }: Layout): string | undefined {
  if (what !== 'unknown') return undefined;
  const name = String(path.at(-1));
  const owners = Object.keys(sections).filter((command) => Object.hasOwn(sections[command]!, name));
  if (path.length === 1 && owners.length > 0)
    return `${name} does not mean the same for all commands; it stands in the section ${listed(owners, 'or')}`;
  if (path.length === 2 && Object.hasOwn(shared, name) && owners.length === 0)
    return `${name} is for all commands; it stands at the top of the file`;
  if (path.length === 2 && owners.length > 0)
    return `${path.join('.')} has no place here; ${name} is an option of ${listed(owners, 'and')}`;
  return undefined;
}

/** `convert, migrate or translate` */
function listed(names: readonly string[], word: 'and' | 'or'): string {
  const [last, ...before] = [...names].reverse();
  return before.length === 0 ? `${last}` : `${before.reverse().join(', ')} ${word} ${last}`;
}
