import { isPattern } from '../../query/pattern.ts';
import type { Predicate } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import { decode, encode } from './bytes.ts';
import { type Draft, type Plain, readDraft } from './draft.ts';
import { failure } from './failure.ts';
import { type Key, type Named, readKey } from './key.ts';
import { testOf, type Valued } from './leaf.ts';
import { lengthOf, modifiers, mostMade } from './modifiers.ts';
import type { Entry, Node, ScalarNode } from './node.ts';

/** How much the modifiers of a detection may still make of its values. */
export class Allowance {
  #left = mostMade;

  spend(drafts: readonly Draft[], span: Span): void {
    for (const draft of drafts) {
      if (draft.kind === 'plain' && isPattern(draft.value)) this.#left -= lengthOf(draft.value) + 1;
    }
    if (this.#left < 0) {
      throw failure(
        'parse/too-large',
        'The modifiers make too many texts of these values; they were not read.',
        span,
      );
    }
  }
}

/** Line := key ':' ( value | list of values ) */
export function readLine({ keyNode, value }: Entry, allowance: Allowance): Predicate {
  const span = { start: keyNode.span.start, end: Math.max(keyNode.span.end, value.span.end) };
  const key = readKey(keyNode);
  return testOf(key, valued(valuesOf(value), key, allowance), span);
}

/** Values without a field: some field holds one of them. */
export function readKeywords(nodes: readonly ScalarNode[], span: Span, allowance: Allowance): Predicate {
  const key: Key = { text: '', field: '', modifiers: [], all: false, negated: false };
  return testOf(key, valued(nodes, key, allowance), span);
}

/** An empty list says as much as no value at all. */
function valuesOf(node: Node): readonly ScalarNode[] {
  const nodes = node.kind === 'list' ? node.of : [node];
  if (nodes.length === 0) return [{ kind: 'scalar', value: null, text: '', quoted: false, span: node.span }];
  return nodes.map((value) => {
    if (value.kind === 'scalar') return value;
    throw failure(
      'parse/bad-value',
      `A field is compared with values, and this is a ${value.kind}.`,
      value.span,
    );
  });
}

function valued(nodes: readonly ScalarNode[], key: Key, allowance: Allowance): readonly Valued[] {
  return nodes.map((node) => ({ node, drafts: changed(node, key, allowance) }));
}

/** What the modifiers, from left to right, make of a value. */
function changed(node: ScalarNode, { modifiers: chain }: Key, allowance: Allowance): readonly Draft[] {
  const expand = chain.some(({ name }) => name === 'expand');
  let drafts: readonly Draft[] = [readDraft(node, chain[0]?.name, expand)];
  for (const named of chain) {
    drafts = drafts.flatMap((draft) => applied(named, draft, node));
    if (drafts.length > 1 || named.name === 'base64') allowance.spend(drafts, node.span);
  }
  return drafts.map((draft) => (draft.kind === 'plain' ? asText(draft, node) : draft));
}

function applied({ name, span }: Named, draft: Draft, node: ScalarNode): readonly Draft[] {
  const made = modifiers.get(name)!(draft);
  if (!('blame' in made)) return made;
  const message = `"${name}" ${made.why}; the detection was not read.`;
  if (made.blame === 'value') throw failure('parse/bad-value', message, node.span);
  throw failure('parse/bad-modifier', message, span);
}

/** Bytes that no Base64 followed are looked for as the text that they are. */
function asText(draft: Plain, node: ScalarNode): Plain {
  const { value, encoding } = draft;
  if (encoding === undefined || !isPattern(value)) return draft;
  const parts = value.map((part) => (typeof part === 'string' ? decode(encode(part, encoding)) : part));
  if (parts.every((part) => part !== undefined)) return { kind: 'plain', value: parts };
  const message = 'The bytes of this value are no text, and no "base64" makes one of them; it was not read.';
  throw failure('parse/bad-value', message, node.span);
}
