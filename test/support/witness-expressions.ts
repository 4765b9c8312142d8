import { expressionTest } from '../../src/match/expression.ts';
import type { Regex } from '../../src/query/query.ts';

/** Some texts that an expression finds, the shortest first; none where it is beyond what is read here. */
export function samplesOf(text: string, regex: Regex): readonly string[] {
  const test = testOf(text, regex);
  if (test === undefined) return [];
  const at: Reader = { text, place: 0, fill: 0 };
  const drawn = [0, 1, 2].flatMap((fill) => {
    at.place = 0;
    at.fill = fill;
    const sample = alternatives(at);
    return [...sample, ...sample.map((one) => `x${one}y`)];
  });
  return [...new Set(drawn)].filter(test).slice(0, 6);
}

function testOf(text: string, regex: Regex): ((value: string) => boolean) | undefined {
  try {
    return expressionTest(text, regex);
  } catch {
    // What can not be searched for in linear time has no samples.
    return undefined;
  }
}

interface Reader {
  readonly text: string;
  place: number;
  /** How often what may be repeated is: not more than it must, once more, twice more. */
  fill: number;
}

/** A text for each alternative, the others left out of what follows. */
function alternatives(at: Reader): string[] {
  const found = [sequence(at)];
  while (at.text[at.place] === '|') {
    at.place += 1;
    found.push(sequence(at));
  }
  return found.flat().slice(0, 8);
}

function sequence(at: Reader): string[] {
  let texts = [''];
  while (at.place < at.text.length && at.text[at.place] !== '|' && at.text[at.place] !== ')') {
    const pieces = repeated(at, piece(at));
    texts = texts.flatMap((text, index) =>
      (index === 0 ? pieces : pieces.slice(0, 1)).map((one) => text + one),
    );
  }
  return texts.slice(0, 8);
}

function piece(at: Reader): string[] {
  const char = at.text[at.place++]!;
  if (char === '(') {
    const flags = /^\?(?:[a-z-]+\)|[a-z-]*:|P?<[^>]*>)/.exec(at.text.slice(at.place))?.[0];
    at.place += flags?.length ?? 0;
    if (flags?.endsWith(')')) return [''];
    const inner = alternatives(at);
    at.place += 1;
    return inner;
  }
  if (char === '[') return [classMember(at)];
  if (char === '\\') return [escaped(at.text[at.place++] ?? '')];
  if (char === '.') return ['z'];
  return char === '^' || char === '$' ? [''] : [char];
}

function escaped(char: string): string {
  const known: Readonly<Record<string, string>> = {
    d: '7',
    w: 'w',
    s: ' ',
    S: 'S',
    D: 'D',
    W: '-',
    b: '',
    B: '',
    t: '\t',
    n: '\n',
    r: '\r',
  };
  return Object.hasOwn(known, char) ? known[char]! : char;
}

/** One that is in a class, or with `^` one that is not. */
function classMember(at: Reader): string {
  const end = closing(at);
  const body = at.text.slice(at.place, end);
  at.place = end + 1;
  const inside = new RegExp(`^[${body}]$`);
  for (const char of ['a', 'Z', '7', ' ', '-', '_', '.', '/', '\\', '"', "'", ...body])
    if (inside.test(char)) return char;
  return 'a';
}

function closing({ text, place }: Reader): number {
  let end = place + (text[place] === '^' ? 1 : 0);
  if (text[end] === ']') end += 1;
  while (end < text.length && text[end] !== ']') end += text[end] === '\\' ? 2 : 1;
  return end;
}

function repeated(at: Reader, pieces: readonly string[]): string[] {
  const [sign, least, most] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})[?+]?/.exec(at.text.slice(at.place)) ?? [];
  if (sign === undefined) return [...pieces];
  at.place += sign.length;
  const once = least === undefined ? (sign.startsWith('+') ? 1 : 0) : Number(least);
  const isExact = least !== undefined && most === '';
  const times = isExact ? once : sign.startsWith('?') ? Math.min(1, at.fill) : once + at.fill;
  return pieces.map((one) => one.repeat(times));
}
