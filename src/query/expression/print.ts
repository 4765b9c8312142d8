import { Failure } from '../../diagnostic/attempt.ts';
import { type CharacterClass, type ClassPart, type Expression, isEmpty, type Repeat } from './expression.ts';

/** How one flavour writes what the flavours write differently. */
export interface Spelling {
  readonly group: (captures: boolean) => string;
  readonly character: (char: string) => string;
  readonly quoted: (text: string) => string;
  readonly class: (node: CharacterClass) => string;
  /** Whether it has complements and intersections. */
  readonly hasSets: boolean;
  /** What this flavour writes in its own way; undefined for what it lacks. */
  readonly own: (node: Own) => string | undefined;
}

export type Own = Exclude<
  Expression,
  {
    kind:
      | 'alternation'
      | 'sequence'
      | 'character'
      | 'quoted'
      | 'class'
      | 'any'
      | 'repeat'
      | 'group'
      | 'complement'
      | 'intersection';
  }
>;

/** How tightly each kind binds. A part that binds no tighter than its whole asks is wrapped. */
const binding = { alternation: 1, intersection: 2, sequence: 3, repeat: 4, atom: 5 } as const;

function bindingOf(node: Expression): number {
  switch (node.kind) {
    case 'alternation':
    case 'intersection':
    case 'repeat':
      return binding[node.kind];
    case 'sequence':
      return isEmpty(node) ? binding.atom : binding.sequence;
    case 'complement':
    case 'interval':
      return binding.repeat;
    case 'quoted':
      return binding.sequence;
    default:
      return binding.atom;
  }
}

/** The text of a tree; fails with `loss/regex-flavour` at what the flavour has no words for. */
export function printWith(tree: Expression, spelling: Spelling): string {
  const wrapped = (text: string) => `${spelling.group(false)}${text})`;
  const within = (node: Expression, outer: number): string => {
    const text = write(node);
    return bindingOf(node) < outer || text === '' ? wrapped(text) : text;
  };
  const write = (node: Expression): string => {
    switch (node.kind) {
      case 'alternation':
        return node.of.map((part) => within(part, binding.intersection)).join('|');
      case 'sequence':
        return node.of.map((part) => within(part, binding.sequence)).join('');
      case 'character':
        return spelling.character(node.char);
      case 'quoted':
        return spelling.quoted(node.text);
      case 'class':
        return spelling.class(node);
      case 'any':
        return '.';
      case 'repeat':
        return `${within(node.of, binding.atom)}${signOf(node)}`;
      case 'group':
        return `${spelling.group(node.captures)}${write(node.of)})`;
      case 'complement':
        return spelling.hasSets ? `~${within(node.of, binding.atom)}` : refuse(node);
      case 'intersection':
        return spelling.hasSets
          ? node.of.map((part) => within(part, binding.sequence)).join('&')
          : refuse(node);
      default:
        return spelling.own(node) ?? refuse(node);
    }
  };
  return write(tree);
}

function signOf({ least, most }: Repeat): string {
  if (most === undefined) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`;
  if (least === 0 && most === 1) return '?';
  return least === most ? `{${least}}` : `{${least},${most}}`;
}

const names = {
  anchor: 'an anchor',
  boundary: 'a boundary of words',
  complement: 'a complement',
  intersection: 'an intersection',
  nothing: 'the expression that matches nothing',
} as const;

/** Fails at a part of an expression. */
export function refuse(node: Expression, why?: string): never {
  const what = Object.hasOwn(names, node.kind) ? names[node.kind as keyof typeof names] : 'a part';
  const message = `The regular expression has ${why ?? what}, which the other flavour has no words for.`;
  throw new Failure({ code: 'loss/regex-flavour', message, ...(node.span && { span: node.span }) });
}

/** The parts of a class. A hyphen is one without more where it comes first, or last behind a range. */
export function writeParts(
  parts: readonly ClassPart[],
  write: (point: number) => string,
  shorthand: (part: Extract<ClassPart, { kind: 'shorthand' }>) => string,
): string {
  const isFree = (at: number) => at === 0 || (at === parts.length - 1 && endsInRange(parts[at - 1]!));
  return parts
    .map((part, at) => {
      if (part.kind === 'shorthand') return shorthand(part);
      const { from, to } = part;
      if (from === to) return from === hyphen ? (isFree(at) ? '-' : '\\-') : write(from);
      return [from, to].map((point) => (point === hyphen ? '\\-' : write(point))).join('-');
    })
    .join('');
}

const hyphen = 0x2d;

function endsInRange(part: ClassPart): boolean {
  return part.kind === 'shorthand' ? part.of === 'digit' : part.to > part.from;
}
