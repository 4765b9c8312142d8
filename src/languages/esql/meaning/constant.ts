import type { LiteralOperand } from '../../../query/query.ts';
import type { Expression, NumberLiteral } from '../syntax.ts';
import { folded } from './letters.ts';

export type Plain = LiteralOperand['value'];

/** A value that is the same for every event. */
export interface Constant {
  readonly value: Plain;
  /** Written with a point, so that a division by it keeps the rest: `2.0`. */
  readonly isFraction?: true;
}

/** Types that a text is spelled as; what it says stays as it is. */
const spelledAsText: ReadonlySet<string> = new Set([
  'keyword',
  'string',
  'text',
  'ip',
  'datetime',
  'date',
  'version',
]);
const conversions: ReadonlyMap<string, string> = new Map([
  ['to_string', 'string'],
  ['to_str', 'string'],
  ['to_ip', 'ip'],
  ['to_datetime', 'datetime'],
  ['to_dt', 'datetime'],
  ['to_version', 'version'],
  ['to_ver', 'version'],
]);

/** The constant that an expression comes to; undefined for one that asks the event, the clock or its caller. */
export function constantOf(node: Expression): Constant | undefined {
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return { value: node.value };
    case 'null':
      return { value: null };
    case 'integer':
    case 'decimal':
      return numberOf(node);
    case 'cast':
      return converted(node.type.toLowerCase(), node.value);
    case 'call':
      return callOf(node.name.toLowerCase(), node.arguments);
    default:
      return undefined;
  }
}

/** A whole number that a double can not hold is left as it is written. */
function numberOf({ kind, text }: NumberLiteral): Constant | undefined {
  const value = Number(text);
  if (kind === 'integer') return Number.isSafeInteger(value) ? { value } : undefined;
  if (!Number.isFinite(value)) return undefined;
  return Number.isInteger(value) ? { value, isFraction: true } : { value };
}

function converted(type: string, of: Expression): Constant | undefined {
  const constant = constantOf(of);
  if (constant?.value === null) return constant;
  return typeof constant?.value === 'string' && spelledAsText.has(type) ? constant : undefined;
}

function callOf(name: string, given: readonly Expression[]): Constant | undefined {
  const [first] = given;
  const type = conversions.get(name);
  if (type !== undefined) return first && given.length === 1 ? converted(type, first) : undefined;
  if (name !== 'concat' && name !== 'to_lower' && name !== 'to_upper') return undefined;
  const texts = given.map((part) => constantOf(part)?.value);
  if (texts.includes(null)) return { value: null };
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  const whole = texts.join('');
  if (name === 'concat') return { value: whole };
  return texts.length === 1 ? { value: folded(whole, name === 'to_lower' ? 'lower' : 'upper') } : undefined;
}
