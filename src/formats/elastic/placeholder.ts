import { Failure } from '../../diagnostic/attempt.ts';

/**
 * Placeholders as Python's `string.Template` has them, with which the build fills in a guide: `$name`,
 * `${name}`, and `$$` for a dollar sign that is meant. What names nothing known stays as it is.
 */
const placeholder = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;

/** A text filled in, and how each placeholder was spelled, by where its text begins. */
export interface Filled {
  readonly text: string;
  readonly spelled: ReadonlyMap<number, string>;
}

/** Far more than any guide; a few kilobytes of placeholders could ask for gigabytes. */
const longest = 2 ** 24;

export function fill(template: string, textOf: (name: string) => string | undefined): Filled {
  const spelled = new Map<number, string>();
  const pieces: string[] = [];
  let behind = 0;
  let length = 0;
  const add = (piece: string) => {
    length += piece.length;
    if (length > longest) throw tooLong();
    pieces.push(piece);
  };
  for (const { 0: written, 1: bare, 2: braced, index } of template.matchAll(placeholder)) {
    const text = written === '$$' ? '$' : textOf((bare ?? braced)!);
    if (text === undefined) continue;
    add(template.slice(behind, index));
    if (written !== '$$') spelled.set(length, written);
    add(text);
    behind = index + written.length;
  }
  add(template.slice(behind));
  return { text: pieces.join(''), spelled };
}

const dollars = /(\$+)(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})?/g;

/** Text that stands in a template as it is meant: the way back. `isLast` if a placeholder follows. */
export function escapeDollars(text: string, isKnown: (name: string) => boolean, isBefore: boolean): string {
  if (!text.includes('$')) return text;
  return text.replace(
    dollars,
    (written: string, signs: string, bare: string | undefined, braced: string | undefined, at: number) => {
      const name = bare ?? braced;
      const isFree = name === undefined ? !isBefore || at + written.length < text.length : !isKnown(name);
      return signs.length === 1 && isFree ? written : signs + written;
    },
  );
}

const letter = /^\w/;

/** In braces if it was, or if a letter follows. */
export function spellPlaceholder(name: string, before: string | undefined, behind: string): string {
  return before?.startsWith('${') || letter.test(behind) ? `\${${name}}` : `$${name}`;
}

const whole = /^\$(?:([a-z]+)_(0|[1-9]\d{0,8})|\{([a-z]+)_(0|[1-9]\d{0,8})\})$/;

/** The list and the number that a placeholder names, if it may name an entry. */
export function namedBy(placeholder: string): { list: string; number: number } | undefined {
  const [, list, number, bracedList, bracedNumber] = whole.exec(placeholder) ?? [];
  const named = list ?? bracedList;
  return named === undefined ? undefined : { list: named, number: Number(number ?? bracedNumber) };
}

function tooLong(): Failure {
  const message = `The guide is longer than ${longest} characters with its plugins in it, so it was not read.`;
  return new Failure({ code: 'parse/too-large', message, path: 'rule.note' });
}
