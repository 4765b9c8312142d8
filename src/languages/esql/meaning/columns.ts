import type { Eval, Expression, Rename, Select } from '../syntax.ts';
import { isOneField } from './scalar.ts';
import { type Lookup, type Sized, substitute } from './substitute.ts';
import { expressionText } from './text.ts';

/** Nobody writes columns or queries that unfold to more; what does is left as it is written. */
const mostOfOne = 1_000;
const mostOfAll = 100_000;

/** What the columns stand for that `eval` and `rename` have made, in terms of the fields of the events. */
export class Columns {
  readonly #made = new Map<string, Sized | undefined>();
  #spent = 0;

  /** An expression in terms of fields; undefined if it can not be said in them. */
  unfolded(node: Expression): Expression | undefined {
    return this.#made.size === 0 ? node : substitute(node, this.#lookup)?.value;
  }

  /** The field that a name stands for, by the name that it still has where the name stands. */
  fieldOf(node: Expression): string | undefined {
    const field = this.unfolded(node);
    return field?.kind === 'column' && isOneField(field.name) && !this.isMade(field.name)
      ? field.name
      : undefined;
  }

  isMade(name: string): boolean {
    return this.#made.has(name);
  }

  /** Takes a command in; undefined for one that makes columns of what is not known. The names that it touches. */
  take(command: Eval | Rename | Select): readonly string[] | undefined {
    switch (command.kind) {
      case 'eval':
        return this.#takeEval(command);
      case 'rename':
        return this.#takeRename(command);
      case 'keep':
      case 'drop':
        return this.#takeSelect(command);
      default:
        return command satisfies never;
    }
  }

  #takeEval({ fields }: Eval): readonly string[] | undefined {
    const names: string[] = [];
    for (const { name, value } of fields) {
      if (name?.kind === 'dynamic-name') return undefined;
      const column = name?.name ?? expressionText(value);
      this.#set(column, value);
      names.push(column);
    }
    return names;
  }

  #takeRename({ pairs }: Rename): readonly string[] | undefined {
    const names: string[] = [];
    for (const { from, to } of pairs) {
      if (from.kind !== 'column' || to.kind !== 'column') return undefined;
      this.#set(to.name, from);
      this.#made.set(from.name, undefined);
      names.push(from.name, to.name);
    }
    return names;
  }

  #takeSelect({ kind, patterns }: Select): readonly string[] | undefined {
    const names = patterns.map((pattern) => (pattern.kind === 'column' ? pattern.name : undefined));
    if (kind === 'keep') return [];
    if (!names.every((name) => name !== undefined)) return undefined;
    for (const name of names) this.#made.set(name, undefined);
    return names;
  }

  #set(name: string, text: Expression): void {
    const sized = substitute(text, this.#lookup);
    this.#made.set(name, sized && sized.size <= mostOfOne ? sized : undefined);
  }

  readonly #lookup: Lookup = (name) => {
    if (!this.#made.has(name)) return undefined;
    const found = this.#made.get(name);
    if (found === undefined) return null;
    this.#spent += found.size;
    return this.#spent > mostOfAll ? null : found;
  };
}
