import { type CharacterClass, type Expression, isEmpty, type Shorthand } from './expression.ts';
import { intervalOf } from './interval.ts';
import { printWith, writeParts } from './print.ts';

/** The text of a tree for PCRE, as it stands. Fails with `loss/regex-flavour` at complements and intersections. */
export function printPcre(tree: Expression): string {
  return isEmpty(tree) ? '' : printWith(tree, pcre);
}

const anchors = { start: '^', end: '$', 'line-start': '(?m:^)', 'line-end': '(?m:$)' } as const;

const pcre = {
  group: (captures: boolean) => (captures ? '(' : '(?:'),
  character: quotePcre,
  quoted: (text: string) => [...text].map(quotePcre).join(''),
  class: writeClass,
  hasSets: false,
  own: (node: Expression) => {
    switch (node.kind) {
      case 'anchor':
        return anchors[node.at];
      case 'boundary':
        return node.negated ? '\\B' : '\\b';
      case 'interval':
        return `(?:${printPcre(intervalOf(node))})`;
      default:
        return undefined;
    }
  },
};

function quotePcre(char: string): string {
  return /[.?+*|{}[\]()\\^$]/.test(char) ? `\\${char}` : char;
}

const letters: Readonly<Record<Shorthand, string>> = { digit: 'd', word: 'w', space: 's' };

function writeClass({ parts, negated }: CharacterClass): string {
  const letter = (of: Shorthand, isNegated: boolean) =>
    `\\${isNegated ? letters[of].toUpperCase() : letters[of]}`;
  const [only, ...more] = parts;
  if (only?.kind === 'shorthand' && more.length === 0) return letter(only.of, only.negated !== negated);
  return `[${negated ? '^' : ''}${writeParts(parts, writePoint, (part) => letter(part.of, part.negated))}]`;
}

function writePoint(point: number): string {
  const char = String.fromCodePoint(point);
  return /[\\\][^]/.test(char) ? `\\${char}` : char;
}
