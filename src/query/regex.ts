/**
 * Between the two flavours of regular expressions that rules use: Lucene's, which match the whole
 * value (Elasticsearch, EQL, ES|QL), and the PCRE subset of Sigma, which matches any part of it.
 *
 * Both directions answer undefined where the other flavour has no words: look-around, back
 * references, word boundaries, anchors inside a group, Lucene's complement, intersection, intervals.
 * That a dot does not match a line break in PCRE and does in Lucene is left out of account.
 * Facts: Lucene `RegExp` (syntax of its class documentation), Sigma specification 2.1, `re`.
 */

export interface Translated {
  readonly text: string;
  /** The expression turned case off itself, by `(?i)` in front. */
  readonly ignoresCase: boolean;
}

/** The expression for whole values that matches where a search for this one finds something. */
export function toLucene(pcre: string): Translated | undefined {
  const flagged = /^\(\?(i)\)/.exec(pcre);
  const alternatives = cutAlternatives(pcre.slice(flagged?.[0].length ?? 0));
  const whole = alternatives?.map(wholeOf);
  if (!whole?.every((text) => text !== undefined)) return undefined;
  return { text: whole.join('|'), ignoresCase: flagged !== null };
}

/** The expression to search for that finds something where this one matches the whole value. */
export function toPcre(lucene: string): string | undefined {
  const pieces = luceneToPcre(lucene);
  if (pieces === undefined) return undefined;
  const alone = !hasTopLevelBar(lucene);
  // `.*x.*` asks for x somewhere; that is what a search does without being asked.
  const open = alone && pieces.startsWith('.*') && pieces !== '.*';
  const close = alone && pieces.endsWith('.*') && !pieces.endsWith('\\.*') && pieces.length > (open ? 4 : 2);
  const inner = pieces.slice(open ? 2 : 0, close ? -2 : undefined);
  const body = alone ? inner : `(?:${inner})`;
  return `${open ? '' : '^'}${body}${close ? '' : '$'}`;
}

/** One alternative of a search, made to match the whole value; undefined if it can not be. */
function wholeOf(alternative: string): string | undefined {
  const from = alternative.startsWith('^');
  const to = /(?:^|[^\\])(?:\\\\)*\$$/.test(alternative);
  const inner = pcreToLucene(alternative.slice(from ? 1 : 0, to ? -1 : undefined));
  if (inner === undefined) return undefined;
  return `${from || inner.startsWith('.*') ? '' : '.*'}${inner}${to || endsOpen(inner) ? '' : '.*'}`;
}

function endsOpen(text: string): boolean {
  return text.endsWith('.*') && !text.endsWith('\\.*');
}

const classes: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: ' \t\n\r\f\v' };
const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' };
/** Characters that mean something in Lucene and nothing in PCRE. */
const luceneOnly = /[#@&<>~"]/;
const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/;

function pcreToLucene(text: string): string | undefined {
  let result = '';
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    const repeat = quantifier.exec(text.slice(at, at + 24))?.[0];
    if (char === '\\') {
      const escaped = readEscape(text, at);
      if (escaped === undefined) return undefined;
      result +=
        'class' in escaped ? `[${escaped.negated ? '^' : ''}${escaped.class}]` : quoteLucene(escaped.char);
      at = escaped.end;
    } else if (char === '[') {
      const set = readClass(text, at);
      if (set === undefined) return undefined;
      result += set.text;
      at = set.end;
    } else if (repeat !== undefined && result !== '') {
      result += repeat;
      at += repeat.length;
      // A lazy repeat finds a match wherever a greedy one does; a possessive one may not.
      if (text.charAt(at) === '?') at += 1;
      else if (text.charAt(at) === '+') return undefined;
    } else if (char === '(') {
      const plain = text.startsWith('(?:', at);
      if (text.charAt(at + 1) === '?' && !plain) return undefined;
      result += '(';
      at += plain ? 3 : 1;
    } else if (char === '^' || char === '$') {
      return undefined;
    } else if (char === '{' || char === '}') {
      result += `\\${char}`;
      at += 1;
    } else {
      result += luceneOnly.test(char) ? `\\${char}` : char;
      at += 1;
    }
  }
  return result;
}

type Escape =
  | { readonly char: string; readonly end: number }
  | { readonly class: string; readonly negated: boolean; readonly end: number };

/** What a backslash and what follows it mean; undefined for what Lucene has nothing for. */
function readEscape(text: string, at: number): Escape | undefined {
  const letter = text.charAt(at + 1);
  const end = at + 2;
  const lower = letter.toLowerCase();
  if (Object.hasOwn(classes, lower)) return { class: classes[lower]!, negated: letter !== lower, end };
  if (Object.hasOwn(controls, letter)) return { char: controls[letter]!, end };
  const code = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|x\{([0-9a-fA-F]{1,6})\})/.exec(
    text.slice(at, at + 12),
  );
  if (code) {
    const point = Number.parseInt((code[1] ?? code[2] ?? code[3])!, 16);
    return point > 0x10ffff ? undefined : { char: String.fromCodePoint(point), end: at + code[0].length };
  }
  return letter === '' || /[A-Za-z0-9]/.test(letter) ? undefined : { char: letter, end };
}

/** A bracket expression, its shorthands written out. */
function readClass(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  let at = start + 1;
  let result = '[';
  if (text.charAt(at) === '^') {
    result += '^';
    at += 1;
  }
  const first = at;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === ']' && at > first) return { text: `${result}]`, end: at + 1 };
    if (char === '[' && text.charAt(at + 1) === ':') return undefined;
    if (char === '\\') {
      const escaped = readEscape(text, at);
      if (escaped === undefined || ('negated' in escaped && escaped.negated)) return undefined;
      result += 'class' in escaped ? escaped.class : quoteInClass(escaped.char);
      at = escaped.end;
    } else {
      result += char === '-' ? char : quoteInClass(char);
      at += 1;
    }
  }
  return undefined;
}

function quoteInClass(char: string): string {
  return /[\\\][^"-]/.test(char) ? `\\${char}` : char;
}

function quoteLucene(char: string): string {
  return /[.?+*|{}[\]()"\\#@&<>~^$]/.test(char) ? `\\${char}` : char;
}

function luceneToPcre(text: string): string | undefined {
  let result = '';
  let at = 0;
  // Where the last thing that can be repeated begins, and the signs of its repeat.
  let atom = 0;
  let repeat = '';
  const groups: number[] = [];
  while (at < text.length) {
    const char = text.charAt(at);
    const again = quantifier.exec(text.slice(at, at + 24))?.[0];
    if (again !== undefined) {
      // What PCRE takes for a lazy or a possessive repeat is a repeat of a repeat to Lucene.
      if (repeat === '') result += again;
      else if (repeat.length === 1 && again.length === 1)
        result = result.slice(0, -1) + (again === repeat ? again : '*');
      else result = `${result.slice(0, atom)}(?:${result.slice(atom)})${again}`;
      repeat = repeat.length === 1 && again.length === 1 ? result.slice(-1) : again;
      at += again.length;
      continue;
    }
    repeat = '';
    atom = char === ')' ? (groups.pop() ?? 0) : result.length;
    if (char === '\\') {
      const next = text.charAt(at + 1);
      if (next === '') return undefined;
      result += quotePcre(next);
      at += 2;
    } else if (char === '[') {
      const end = endOfLuceneClass(text, at);
      if (end === undefined) return undefined;
      result += text.slice(at, end).replace(/(.)\[/g, '$1\\[');
      at = end;
    } else if (char === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0) return undefined;
      const quoted = [...text.slice(at + 1, end)].map(quotePcre).join('');
      at = end + 1;
      result += quantifier.test(text.slice(at, at + 24)) ? `(?:${quoted})` : quoted;
    } else if (luceneOnly.test(char)) {
      return undefined;
    } else {
      if (char === '(') groups.push(result.length);
      result += char === '^' || char === '$' ? `\\${char}` : char;
      at += 1;
    }
  }
  return result;
}

/** `\d`, `\w` and `\s` are classes since Lucene 9; every other escaped character is itself. */
function quotePcre(char: string): string {
  if (/[dDwWsS]/.test(char)) return `\\${char}`;
  return /[.?+*|{}[\]()\\^$]/.test(char) ? `\\${char}` : char;
}

function endOfLuceneClass(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === ']') return at + 1;
  }
  return undefined;
}

/** The alternatives that stand in no group; undefined if the brackets do not fit. */
function cutAlternatives(text: string): readonly string[] | undefined {
  const cuts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '[') {
      const end = readClass(text, at)?.end;
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === '|' && depth === 0) {
      cuts.push(text.slice(from, at));
      from = at + 1;
    }
    if (depth < 0) return undefined;
  }
  return depth === 0 ? [...cuts, text.slice(from)] : undefined;
}

function hasTopLevelBar(lucene: string): boolean {
  let depth = 0;
  for (let at = 0; at < lucene.length; at += 1) {
    const char = lucene.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '[') at = (endOfLuceneClass(lucene, at) ?? lucene.length) - 1;
    else if (char === '"') at = Math.max(at, lucene.indexOf('"', at + 1));
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === '|' && depth === 0) return true;
  }
  return false;
}
