import { attempt } from '../../diagnostic/attempt.ts';
import type { Span } from '../../source/source.ts';
import { parseStatement } from './parse-statement.ts';
import type { Command, Expression, Field, NamePattern } from './syntax.ts';
import { expressionsOf, partsOf } from './walk.ts';

/** A column that a statement names, and that no command before has made. */
export interface Taken {
  readonly name: string;
  readonly span?: Span;
}

/**
 * What a statement takes from its index: each column where it is named, as far as it is certain that the index, and no
 * command, has to have it. Behind what makes columns whose names are not known, nothing is told.
 */
export function takenFromIndex(text: string): readonly Taken[] {
  const outcome = attempt(() => parseStatement(text));
  if (!outcome.ok) return [];
  const found: Taken[] = [];
  const made = new Set<string>();
  for (const command of outcome.value.commands) if (!take(command, made, found)) break;
  return found;
}

/** Whether the columns of the index are still known behind the command. */
function take(command: Command, made: Set<string>, found: Taken[]): boolean {
  switch (command.kind) {
    case 'from':
      for (const name of command.metadata) made.add(name);
      return command.sources.every(({ kind }) => kind === 'source');
    case 'where':
    case 'sort':
    case 'limit':
    case 'sample':
    case 'mv-expand':
      for (const part of expressionsOf(command)) columns(part, made, found);
      return true;
    case 'eval':
      for (const field of command.fields) {
        columns(field.value, made, found);
        make(field, made);
      }
      return true;
    case 'stats':
      for (const { value } of command.by) columns(value, made, found);
      for (const field of command.by) make(field, made);
      for (const { value, where } of command.aggregates)
        for (const part of where ? [value, where] : [value]) columns(part, made, found);
      for (const field of command.aggregates) make(field, made);
      return command.inline;
    case 'keep':
    case 'drop':
      for (const pattern of command.patterns) named(pattern, made, found);
      return true;
    case 'rename':
      for (const { from, to } of command.pairs) {
        named(from, made, found);
        if (to.kind === 'column') made.add(to.name);
      }
      return true;
    case 'grok':
    case 'dissect':
      columns(command.input, made, found);
      return false;
    case 'row':
    case 'show':
    case 'enrich':
    case 'lookup-join':
    case 'fork':
    case 'completion':
    case 'rerank':
    case 'change-point':
    case 'fuse':
    case 'other':
      return false;
    default:
      return command satisfies never;
  }
}

function make({ name }: Field, made: Set<string>): void {
  if (name?.kind === 'column') made.add(name.name);
}

/** Names with stars stand for whatever there is. */
function named(pattern: NamePattern, made: ReadonlySet<string>, found: Taken[]): void {
  if (pattern.kind === 'column') columns(pattern, made, found);
}

function columns(node: Expression, made: ReadonlySet<string>, found: Taken[]): void {
  if (node.kind === 'column' && !made.has(node.name))
    found.push({ name: node.name, ...(node.span && { span: node.span }) });
  for (const part of partsOf(node)) columns(part, made, found);
}
