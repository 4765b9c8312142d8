/** A key that makes a document a rule, and one that stands in every rule of the kind, each at the left margin. */
const kind = /^(['"]?)(?:detection|correlation|filter)\1[ \t]*:(?=\s|$)/m;
const companion = /^(['"]?)(?:title|logsource)\1[ \t]*:(?=\s|$)/m;

/** The first line that says anything, behind comments, directives and the start of a document. */
const first = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n|---[ \t]*(?:#[^\n]*)?\r?\n)*([^\n]*)/;

/** A key and a colon at the left margin is no JSON, and no TOML either, whose texts may hold anything. */
const pair = /^(?:[A-Za-z_][\w-]*|'[^']*'|"[^"]*")[ \t]*:(?:\s|$)/;

export function detect(text: string): boolean {
  return kind.test(text) && companion.test(text) && pair.test(first.exec(text)?.[1] ?? '');
}
