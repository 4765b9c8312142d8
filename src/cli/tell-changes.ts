import { inLine, type RuleChange } from '../index.ts';

/**
 * What is otherwise in a file, for people: a line for each rule, and below it what is to be said of that. What came or went as
 * a whole is said in its line.
 */
export function linesOfChanges(head: string, changes: readonly RuleChange[]): string {
  if (changes.length === 0) return `${inLine(head)}\n  says the same as before\n`;
  const names = [...new Set(changes.map(nameOf))];
  return names
    .map((name) =>
      ofRule(
        head,
        changes.filter((change) => nameOf(change) === name),
      ),
    )
    .join('');
}

function nameOf({ id, title }: RuleChange): string {
  return id ?? title ?? '';
}

function ofRule(head: string, changes: readonly RuleChange[]): string {
  const [first] = changes;
  const name = `${head}: ${first?.title ?? first?.id ?? ''}`.replace(/: $/, '');
  if (first?.where === 'rule') return `${inLine(`${name} ${first.message}`)}\n`;
  return `${inLine(name)}\n${changes.map(({ message }) => `  ${inLine(message)}\n`).join('')}`;
}

/** Said of a rule that is there no more. */
export function isRemoval({ where, message }: RuleChange): boolean {
  return where === 'rule' && message === 'was removed';
}
