import { skipVoid } from './scan.ts';

/** A header of the table `rule` or one within it, or a pair that says it in one line. */
const rule = /^\uFEFF?[ \t]*(?:\[\[?[ \t]*rule[ \t]*[.\]]|rule[ \t]*[.=])/m;
const headerOrPair = /\[[^\]\n]*\]|["'\w][^\n=]*=/y;

/** The first line that says something is TOML, and some line is about a rule. */
export function detect(text: string): boolean {
  headerOrPair.lastIndex = skipVoid(text, text.startsWith('\uFEFF') ? 1 : 0);
  return headerOrPair.test(text) && rule.test(text);
}
