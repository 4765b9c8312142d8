/**
 * Long texts are wrapped in the rule files of elastic/detection-rules, and that is layout: the build joins
 * their lines before a rule leaves for Kibana (its `detection_rules/rule_formatter.py`).
 */

const lineBreak = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;
const untidy = /^\s|\s$|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;

/** Below these keys a line break is a line break: queries, guides, messages. */
export const lined: ReadonlySet<string> = new Set(['query', 'note', 'setup', 'message']);

/** Every line without the blanks around it, one space between two lines; a blank line makes a second one. */
export function joinLines(text: string): string {
  if (!untidy.test(text)) return text;
  return text
    .trim()
    .split(lineBreak)
    .map((line) => line.trim())
    .join(' ');
}
