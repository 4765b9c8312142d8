/** One value of a map or a list, in YAML, as SigmaHQ writes them: texts in single quotes, the rest plain. */
export type Scalar = string | number | boolean | null;

/** Quotes in the text, and what nobody could see or tell from a blank, ask for double quotes. */
const invisible =
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff]|\p{Cs}/u;
const escaped = new RegExp(`["\\\\]|${invisible.source}`, 'gu');

const short: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

export function printScalar(value: Scalar): string {
  if (typeof value !== 'string') return String(value);
  if (!value.includes("'") && !invisible.test(value)) return `'${value}'`;
  return `"${value.replace(escaped, escapeSequence)}"`;
}

function escapeSequence(char: string): string {
  const code = char.charCodeAt(0);
  return short.get(char) ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** What can stand as a key without quotes, and is read as a text by every reader of YAML. */
const plainKey = /^[\p{L}_](?:[\p{L}\p{N}_.@/|()[\]{}$+-]|:(?=[\p{L}\p{N}_])| (?=[\p{L}\p{N}_(]))*$/u;
const otherTypes = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

export function printKey(key: string): string {
  return plainKey.test(key) && !otherTypes.test(key) ? key : printScalar(key);
}
