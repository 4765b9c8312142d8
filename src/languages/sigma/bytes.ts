/** Texts as bytes, and bytes as Base64: what `utf16le`, `base64` and their kin do. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'utf16';

export function encode(text: string, encoding: Encoding): readonly number[] {
  switch (encoding) {
    case 'utf8':
      return [...text].flatMap((char) => utf8(char.codePointAt(0)!));
    case 'utf16le':
      return units(text).flatMap((unit) => [unit & 0xff, unit >> 8]);
    case 'utf16be':
      return units(text).flatMap((unit) => [unit >> 8, unit & 0xff]);
    case 'utf16':
      return [0xff, 0xfe, ...encode(text, 'utf16le')];
    default:
      return encoding satisfies never;
  }
}

/** The text that these bytes are in UTF-8, if they are one. */
export function decode(bytes: readonly number[]): string | undefined {
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return undefined;
  }
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += digits.charAt(group >> 18) + digits.charAt((group >> 12) & 63);
    text += b === undefined ? '=' : digits.charAt((group >> 6) & 63);
    text += c === undefined ? '=' : digits.charAt(group & 63);
  }
  return text;
}

/** Digits at either end that depend on the neighbours too, by the place in the group of three bytes. */
const unsureBefore = [0, 2, 3];
const unsureAfter = [0, 3, 2];

/** The three texts, one of which stands in the Base64 of any bytes that these are a part of. */
export function base64Offsets(bytes: readonly number[]): readonly string[] {
  return unsureBefore.map((start, offset) => {
    const text = base64([...Array<number>(offset).fill(0), ...bytes]);
    return text.slice(start, text.length - unsureAfter[(bytes.length + offset) % 3]!);
  });
}

function units(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

function utf8(point: number): number[] {
  if (point >= 0xd800 && point <= 0xdfff) return [0xef, 0xbf, 0xbd];
  if (point < 0x80) return [point];
  const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f);
  if (point < 0x800) return [0xc0 | (point >> 6), tail(0)];
  if (point < 0x10000) return [0xe0 | (point >> 12), tail(6), tail(0)];
  return [0xf0 | (point >> 18), tail(12), tail(6), tail(0)];
}
