/** `The rule asks …; it was not written.` → `the rule asks …` */
export function clauseOf(message = 'It can not be read.'): string {
  const clause = message.replace(/; [^;]*\b(?:was|were|is) not (?:written|read)\.$/, '').replace(/\.$/, '');
  return clause.replace(/^(?:The|It|A|An|Of|That|There|This|Some|Expected)\b/, (word) => word.toLowerCase());
}
