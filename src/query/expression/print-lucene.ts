import { charactersOfClass, expressionOf } from './characters.ts';
import { type CharacterClass, type Expression, isEmpty, type Shorthand } from './expression.ts';
import { printWith, writeParts } from './print.ts';

/**
 * The text of a tree for Lucene, which matches the whole value. Fails with `loss/regex-flavour` at anchors and
 * boundaries, which `wholeOf` takes out.
 */
export function printLucene(tree: Expression): string {
  return isEmpty(tree) ? '' : printWith(tree, lucene);
}

const lucene = {
  group: () => '(',
  character: writeCharacter,
  quoted: (text: string) => (text.includes('"') ? [...text].map(writeCharacter).join('') : `"${text}"`),
  class: writeClass,
  hasSets: true,
  own: (node: Expression) => {
    switch (node.kind) {
      case 'interval': {
        const [least, most] = [node.least, node.most].map((one) =>
          String(one).padStart(node.digits ?? 0, '0'),
        );
        // Numbers of one length in both places ask for that many digits.
        const isFree = node.digits === undefined && least!.length === most!.length;
        return `<${isFree ? '0' : ''}${least}-${most}>`;
      }
      case 'any-string':
        return '@';
      case 'nothing':
        return '#';
      default:
        return undefined;
    }
  },
};

function writeCharacter(char: string): string {
  return /[.?+*|{}[\]()"\\#@&<>~^$]/.test(char) ? `\\${char}` : char;
}

/** What versions before 9 did not know either is written out; white space is more than Lucene takes it for. */
const written: Readonly<Record<Shorthand, string>> = {
  digit: '0-9',
  word: 'A-Za-z0-9_',
  space: ' \t\n\r\f\v',
};

function writeClass(node: CharacterClass): string {
  const [only, ...more] = node.parts;
  if (only?.kind === 'shorthand' && more.length === 0)
    return `[${only.negated === node.negated ? '' : '^'}${written[only.of]}]`;
  if (node.parts.some((part) => part.kind === 'shorthand' && part.negated))
    return printLucene(expressionOf(charactersOfClass(node)));
  return `[${node.negated ? '^' : ''}${writeParts(node.parts, writePoint, ({ of }) => written[of])}]`;
}

function writePoint(point: number): string {
  const char = String.fromCodePoint(point);
  return /[\\\][^"]/.test(char) ? `\\${char}` : char;
}
