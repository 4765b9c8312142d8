import { readNetwork, withoutHost } from '../../query/network.ts';
import type { Order, Value } from '../../query/query.ts';
import type { Encoding } from './bytes.ts';
import { faultOf } from './expression.ts';
import { failure } from './failure.ts';
import { readPattern } from './literal.ts';
import type { ScalarNode } from './node.ts';

/** A value on its way through the modifiers: what is compared with the field so far, and how. */
export type Draft = Plain | Expression | Network | Bound | Presence | Reference | TimePart;

export interface Plain {
  readonly kind: 'plain';
  readonly value: Value;
  /** The bytes that the text stands for, once they are asked for. */
  readonly encoding?: Encoding;
}

export interface Expression {
  readonly kind: 'expression';
  readonly text: string;
  /** Letters in alphabetical order. */
  readonly flags: string;
}

export interface Network {
  readonly kind: 'network';
  readonly text: string;
}

export interface Bound {
  readonly kind: 'bound';
  readonly operator: Order;
  readonly value: number;
}

export interface Presence {
  readonly kind: 'presence';
  readonly present: boolean;
}

export interface Reference {
  readonly kind: 'reference';
  readonly field: string;
  /** The function that compares ends, where the whole is not compared. */
  readonly by?: 'startsWith' | 'endsWith' | 'stringContains';
}

export interface TimePart {
  readonly kind: 'time';
  readonly part: string;
  readonly operator: Order | '==';
  readonly value: number;
}

/** A value before any modifier, or as the one modifier has it that reads values in its own way. */
export function readDraft(node: ScalarNode, head: string | undefined, expand: boolean): Draft {
  switch (head) {
    case 're':
      return readExpression(node);
    case 'cidr':
      return readCidr(node);
    case 'exists':
      return readPresence(node);
    default: {
      const { value } = node;
      return { kind: 'plain', value: typeof value === 'string' ? readPattern(value, expand) : value };
    }
  }
}

function readExpression({ value, span }: ScalarNode): Expression {
  if (typeof value !== 'string') throw failure('parse/bad-value', 'A regular expression is a text.', span);
  const fault = faultOf(value);
  if (fault === undefined) return { kind: 'expression', text: value, flags: '' };
  throw failure('parse/bad-value', `The regular expression does not hold together: ${fault}.`, span);
}

function readCidr({ value, text, span }: ScalarNode): Network {
  const network = typeof value === 'string' ? readNetwork(value) : undefined;
  if (network === undefined) throw failure('parse/bad-value', `"${text}" is no network.`, span);
  if (withoutHost(network).address === network.address) return { kind: 'network', text };
  throw failure('parse/bad-value', `"${text}" is an address within a network, not a network.`, span);
}

/** Yes and no as YAML 1.1 has them, which many readers of rules still follow. */
const truth: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['on', true],
  ['no', false],
  ['off', false],
]);

function readPresence({ value, text, quoted, span }: ScalarNode): Presence {
  const present = typeof value === 'boolean' ? value : quoted ? undefined : truth.get(text.toLowerCase());
  if (present !== undefined) return { kind: 'presence', present };
  throw failure('parse/bad-value', '"exists" is answered by true or false.', span);
}
