/** Strings as TOML writes them. Whatever a text holds, each of these reads back as that text. */

/** `"…"`, on one line. */
export function basic(text: string): string {
  return `"${text.replace(/["\\\u0000-\u001f\u007f]/g, escaped)}"`;
}

/** Lines between `"""`. The first line begins on a line of its own, or right behind the quotes. */
export function lines(text: string, start: 'below' | 'behind' = 'below'): string {
  const inner = text.replace(/\\|"(?="")|"$|[\u0000-\u0008\u000b-\u001f\u007f]/g, escaped);
  return start === 'below' || inner.startsWith('\n') ? `"""\n${inner}"""` : `"""${inner}"""`;
}

/** Lines between `'''`, where nothing is escaped. Undefined for a text that needs an escape. */
export function literal(text: string): string | undefined {
  return /'''|'$|[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) ? undefined : `'''\n${text}'''`;
}

export function quoteKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : basic(key);
}

const short: { readonly [char: string]: string } = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

function escaped(char: string): string {
  return short[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
