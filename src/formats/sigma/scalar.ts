/** A text as a scalar of one line. */
export type Quote = (text: string) => string;

/** Plain where it can be, otherwise in single quotes, as SigmaHQ writes all but the values to search for. */
export const plainly: Quote = (text) => (isPlain(text) ? text : quoted(text));

/** In single quotes: the values to search for. Double ones where that saves doubling, or shows what is hidden. */
export const quoted: Quote = (text) => {
  if (!printable.test(text)) return doubled(text);
  if (text.includes("'") && !/["\\]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "''")}'`;
};

/** A text in the place of another, in the same quotes. */
export function requote(type: string | undefined, text: string): string {
  if (type === 'QUOTE_DOUBLE') return doubled(text);
  return type === 'QUOTE_SINGLE' ? quoted(text) : plainly(text);
}

/** Characters that need no escape: none that ends a line for any reader, none that does not show. */
const printable = /^[\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

const hidden = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** The escapes of JSON are among those of YAML. */
function doubled(text: string): string {
  return JSON.stringify(text).replace(
    hidden,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether readers of YAML 1.1 and 1.2 alike take the text, as it is, for this text. */
function isPlain(text: string): boolean {
  if (!start.test(text) || inside.test(text) || !printable.test(text)) return false;
  return !otherTypes.some((type) => type.test(text));
}

const start = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:][^\s\-?:,[\]{}])/;
const inside = /:\s|:$|\s#|\s$|\t|^\.\.\./;

const otherTypes = [
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=)$/i,
  /^[-+]?(?:0x[0-9a-f_]*|0o?[0-7_]*|0b[01_]*|\.inf|\.nan)$/i,
  /^[-+]?(?=[e_+-]*[0-9.])[0-9_]*(?:\.[0-9_]*)?(?::[0-9_:]*(?:\.[0-9_]*)?)?(?:e[-+]?[0-9]*)?$/i,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt \t])/,
];

/**
 * Lines of a literal block for a text of several lines, or undefined where the block would not give the
 * text back: it must start with a character that shows, and end with one line end at most.
 */
export function literal(text: string, indent: string): string | undefined {
  if (!text.includes('\n')) return undefined;
  const ending = text.endsWith('\n') ? '|' : '|-';
  const lines = text.replace(/\n$/, '').split('\n');
  const fits = /^\S/.test(text) && lines.at(-1) !== '' && lines.every((line) => printable.test(line));
  if (!fits) return undefined;
  return `${ending}\n${lines.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('')}`;
}

/**
 * Lines of a folded block, none wider than `width` where words allow it, or undefined where folding would not
 * give the text back: it breaks lines between two words only, and no line may begin or end with a blank.
 */
export function folded(text: string, indent: string, width: number): string | undefined {
  const ending = text.endsWith('\n') ? '>' : '>-';
  const paragraphs = text.replace(/\n$/, '').split('\n');
  const fits = /^\S/.test(text) && paragraphs.every((line) => /^(?:\S(?:.*\S)?)?$/.test(line));
  if (!fits || paragraphs.at(-1) === '' || !paragraphs.every((line) => printable.test(line)))
    return undefined;
  const wrapped = paragraphs.map((line) => wrap(line, width - indent.length));
  const lines = wrapped.flatMap((lines, at) => (at === 0 || lines[0] === '' ? lines : ['', ...lines]));
  return `${ending}\n${lines.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('')}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines;
}
