import { attempt } from '../../diagnostic/attempt.ts';
import { canonical } from '../../query/expression/canonical.ts';
import { charactersOf, intersection } from '../../query/expression/characters.ts';
import {
  type Expression,
  isAnything,
  itemsOf,
  partsOf,
  sequence,
} from '../../query/expression/expression.ts';
import { printLucene } from '../../query/expression/print-lucene.ts';
import type { Regex } from '../../query/query.ts';
import { meantBy, toPcre } from '../../query/regex.ts';
import type { Change } from '../table.ts';

/** A list of expressions under its new name; `isLoose` where it finds more than before. */
export interface RenamedExpression {
  readonly test: Pick<Regex, 'patterns' | 'flavour' | 'caseSensitive'>;
  readonly isLoose: boolean;
}

/**
 * Expressions for the name at the end of a path, or for a piece of a command line, as expressions for the whole:
 * `[a-z]{8}` is `.*[\\/]([a-z]{8})`. Undefined for other changes, and for what Sigma can not search for.
 */
export function expressionOfWhole(
  { patterns, flavour, caseSensitive }: Regex,
  change: Change | undefined,
): RenamedExpression | undefined {
  if (flavour !== 'lucene' || (change?.kind !== 'file-name' && change?.kind !== 'arguments'))
    return undefined;
  const isName = change.kind === 'file-name';
  const sign = isName ? separatorSigns[change.separator] : '';
  const whole = patterns.map((text) => (isName ? `.*${sign}(${text})` : `.*(${text}).*`));
  if (!whole.every((text) => toPcre(text) !== undefined)) return undefined;
  // What stands for any character may run over a separator of the path.
  const isLoose = !isName || !patterns.every((text) => staysInTheName(text));
  return { test: { patterns: whole, flavour, caseSensitive }, isLoose };
}

/** The way back, for what ends in a name whatever stands before it; undefined for what may go on before the name. */
export function expressionOfName(test: Regex, change: Change | undefined): RenamedExpression | undefined {
  if (change?.kind !== 'file-name') return undefined;
  const names = test.patterns.map((text) => nameIn(text, test));
  const [first] = names;
  if (!first || !names.every((name) => name?.caseSensitive === first.caseSensitive)) return undefined;
  const patterns = names.map((name) => name!.text);
  return { test: { patterns, flavour: 'lucene', caseSensitive: first.caseSensitive }, isLoose: false };
}

function nameIn(
  text: string,
  regex: Regex,
): { readonly text: string; readonly caseSensitive: boolean } | undefined {
  const meant = meantBy(text, regex);
  if (!meant.ok) return undefined;
  const { tree, caseSensitive } = meant.value;
  const [start, separator, ...name] = itemsOf(canonical(tree, true));
  if (!isAnything(start) || !separator || !isSeparator(separator) || !name.every(staysBehind))
    return undefined;
  const printed = attempt(() => printLucene(sequence(name)));
  return printed.ok && name.length > 0 ? { text: printed.value, caseSensitive } : undefined;
}

const separatorSigns = { '\\': '\\\\', '/': '/', either: '[\\\\/]' } as const;

const separators = [
  [0x2f, 0x2f],
  [0x5c, 0x5c],
] as const;

function isSeparator(node: Expression): boolean {
  const set = charactersOf(node);
  return set !== undefined && set.length > 0 && intersection(set, separators).length === set.length;
}

function staysInTheName(text: string): boolean {
  const meant = meantBy(text, { flavour: 'lucene', caseSensitive: true });
  return meant.ok && staysBehind(meant.value.tree);
}

/** Whether nothing that an expression finds has a separator in it. */
function staysBehind(node: Expression): boolean {
  const set = charactersOf(node);
  if (set !== undefined) return intersection(set, separators).length === 0;
  switch (node.kind) {
    case 'quoted':
      return !/[\\/]/.test(node.text);
    case 'alternation':
    case 'sequence':
    case 'repeat':
    case 'group':
      return partsOf(node).every(staysBehind);
    default:
      return node.kind === 'interval' || node.kind === 'nothing';
  }
}
