/** Rule files break their lines here. */
const widest = 120;

/** A piece of a query, and how wide it is on one line. A group can be broken into several. */
export type Phrase = Word | Group;

interface Word {
  readonly kind: 'word';
  readonly text: string;
  readonly width: number;
}

interface Group {
  readonly kind: 'group';
  readonly open: string;
  readonly parts: readonly Phrase[];
  readonly join: string;
  readonly close: string;
  readonly width: number;
}

export function word(text: string): Phrase {
  return { kind: 'word', text, width: text.length };
}

/** Parts with a word between them, as the language spells it. */
export function joined(by: string, parts: readonly Phrase[]): Phrase {
  const join = ` ${by} `;
  const width = parts.reduce((sum, part) => sum + part.width + join.length, -join.length);
  return { kind: 'group', open: '', parts, join, close: '', width };
}

/** `(…)`, `field:(…)`, `path:{ … }`. A group without brackets of its own takes these. */
export function wrapped(open: string, phrase: Phrase, close: string): Phrase {
  const bare = phrase.kind === 'group' && phrase.open === '';
  const group = bare ? phrase : ({ kind: 'group', parts: [phrase], join: '' } as const);
  return { ...group, open, close, width: open.length + phrase.width + close.length };
}

export function prefixed(prefix: string, phrase: Phrase): Phrase {
  if (phrase.kind === 'word') return word(prefix + phrase.text);
  return { ...phrase, open: prefix + phrase.open, width: prefix.length + phrase.width };
}

/**
 * One line if it is short enough. Otherwise as many parts on a line as fit, broken after the words that
 * join them; a part too long for a line of its own is broken inside its brackets:
 *
 *     event.category:process and process.name:(
 *       cmd.exe or powershell.exe or …
 *     ) and
 *     not user.id:S-1-5-18
 */
export function layout(phrase: Phrase): string {
  return phrase.kind === 'group' && phrase.open === '' && phrase.width > widest
    ? fill(phrase, 0, 0, 0)
    : lay(phrase, 0, 0, 0);
}

/** A phrase that begins at a column, in lines that begin at an indent, with `after` more to fit behind it. */
function lay(phrase: Phrase, column: number, indent: number, after: number): string {
  if (phrase.kind === 'word' || column + phrase.width + after <= widest) return flat(phrase);
  const { open, close } = phrase;
  if (open === '') return fill(phrase, column, indent + 2, after);
  const inside = fill(phrase, indent + 2, indent + 2, 0);
  return `${open.trimEnd()}${lineAt(indent + 2)}${inside}${lineAt(indent)}${close.trimStart()}`;
}

function fill({ join, parts }: Group, column: number, indent: number, after: number): string {
  let text = '';
  let at = column;
  let broken = false;
  parts.forEach((part, index) => {
    const isLast = index === parts.length - 1;
    const end = isLast ? '' : join.trimEnd();
    const needed = end.length + (isLast ? after : 0);
    if (index > 0) {
      const fits = !broken && at + 1 + part.width + needed <= widest;
      text += fits ? ' ' : lineAt(indent);
      at = fits ? at + 1 : indent;
    }
    broken = part.kind === 'group' && at + part.width + needed > widest;
    const piece = lay(part, at, indent, needed);
    text += piece + end;
    at += piece.length + end.length;
  });
  return text;
}

function flat(phrase: Phrase): string {
  if (phrase.kind === 'word') return phrase.text;
  return phrase.open + phrase.parts.map(flat).join(phrase.join) + phrase.close;
}

/** What is nested deeper than anyone reads is not moved further in, or the margin would outgrow the text. */
function lineAt(indent: number): string {
  return `\n${' '.repeat(Math.min(indent, widest / 2))}`;
}
