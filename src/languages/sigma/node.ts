import type { Span } from '../../source/source.ts';

/** YAML as this language needs it: aliases followed, every value with its place in the text. */
export type Node = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  readonly span: Span;
}

export interface Entry {
  readonly key: string;
  readonly keyNode: ScalarNode;
  readonly value: Node;
}

export interface ListNode {
  readonly kind: 'list';
  readonly of: readonly Node[];
  readonly span: Span;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** What is written, quotes and escapes undone. */
  readonly text: string;
  readonly quoted: boolean;
  readonly span: Span;
  /** Where the text starts, if it stands there letter by letter, so that places in it can be shown. */
  readonly at?: number;
}
