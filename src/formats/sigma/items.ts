import { isScalar, type ParsedNode, type YAMLSeq } from 'yaml';

import type { Json } from '../../rule/json.ts';
import type { Edit } from '../../source/edit.ts';
import { listEdits } from '../list-edit.ts';
import { type Step, stepsBetween } from '../list-steps.ts';
import { contentEnd, insertion, lineEnd, lineStart, removal, replacement } from './lines.ts';
import { spanOf } from './place.ts';
import { printInBrackets, printItem } from './print.ts';
import { requote } from './scalar.ts';

/** A list in a text, and how a value within it becomes another; undefined where that is written as a whole. */
export interface Items {
  readonly text: string;
  readonly node: YAMLSeq.Parsed<ParsedNode>;
  readonly edit: (text: string, node: ParsedNode, before: Json, after: Json) => Edit[] | undefined;
}

/**
 * The edits that turn a list into another: an item that stays keeps its line, its quotes and its comments.
 * Undefined where the list has to be written as a whole.
 */
export function editItems(items: Items, before: readonly Json[], after: readonly Json[]): Edit[] | undefined {
  if (items.node.items.length !== before.length || after.length === 0 || before.length === 0)
    return undefined;
  return items.node.flow ? editInBrackets(items, before, after) : editLines(items, before, after);
}

function editInBrackets(
  { text, node, edit }: Items,
  before: readonly Json[],
  after: readonly Json[],
): Edit[] | undefined {
  const nodes = node.items;
  const print = (value: Json, like: ParsedNode | undefined) => printInBrackets(value, typeOf(like));
  return listEdits(
    { text, span: spanOf(node), elements: nodes.map(spanOf), gap: ' ' },
    {
      before,
      after,
      change: (was, is) => {
        const [item, value] = [nodes[was]!, after[is]!];
        const within = isScalar(item) ? undefined : edit(text, item, before[was]!, value);
        return within ?? [{ ...spanOf(item), replacement: print(value, item) }];
      },
      print: (is) => print(after[is]!, nodes[0]),
    },
  );
}

function editLines(
  { text, node, edit }: Items,
  before: readonly Json[],
  after: readonly Json[],
): Edit[] | undefined {
  const nodes = node.items;
  const indent = dashIndent(text, nodes[0]!);
  if (indent === undefined) return undefined;
  const steps = stepsBetween(before, after);
  const changes = steps.flatMap((step) => {
    if (step.kind === 'added' || step.kind === 'kept') return [];
    const item = nodes[step.before]!;
    if (step.kind === 'removed') return [removal(text, item, item)];
    const value = after[step.after]!;
    const within = edit(text, item, before[step.before]!, value);
    return within ?? [replacement(text, item, item, printItem(value, indent))];
  });
  const print = (at: number) => `${indent}- ${itemLike(nodes[0]!, after[at]!, indent)}`;
  return [...additions(text, nodes, steps, print), ...changes];
}

/** A text in the quotes that its list has; anything else in house style. */
function itemLike(first: ParsedNode, value: Json, indent: string): string {
  const isQuoted = typeOf(first)?.startsWith('QUOTE') ?? false;
  const isLine = typeof value === 'string' && !value.includes('\n');
  return isQuoted && isLine ? `${requote(typeOf(first), value)}\n` : printItem(value, indent);
}

/** A new item goes below the one that stands before it, or above the first. */
function additions(
  text: string,
  nodes: readonly ParsedNode[],
  steps: readonly Step[],
  print: (after: number) => string,
): Edit[] {
  let start = lineStart(text, nodes[0]!.range[0]);
  return steps.flatMap((step) => {
    if (step.kind === 'added') return [insertion(text, start, print(step.after))];
    if (step.kind !== 'removed') start = lineEnd(text, contentEnd(text, nodes[step.before]!)) + 1;
    return [];
  });
}

/** What stands before the dash; undefined where that is more than blanks. */
function dashIndent(text: string, node: ParsedNode): string | undefined {
  const start = node.range[0];
  return /^( *)- +$/.exec(text.slice(lineStart(text, start), start))?.[1];
}

function typeOf(node: ParsedNode | undefined): string | undefined {
  return isScalar(node) ? node.type : undefined;
}
