/** Signs that move a terminal's cursor, change its colours, turn the order of others, or end lines in some places. */
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** Text for people: hidden signs are shown as unknown ones, so that all others keep their places. */
export function visible(text: string): string {
  return text.replace(hidden, '\ufffd');
}

/** The same in one line, whatever ends lines. */
export function inLine(text: string): string {
  return visible(text.replace(/\r\n|[\r\n\u2028\u2029]/g, ' '));
}

/** JSON for people: hidden signs are escaped, so that it is still the same value. */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    hidden,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
