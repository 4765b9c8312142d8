const beyondAscii = /[\u007f-\uffff]/g;

/** A JSON text as Python's `json.dumps` would have it: nothing beyond ASCII. */
export function inAscii(json: string): string {
  return json.replace(beyondAscii, asEscape);
}

function asEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
