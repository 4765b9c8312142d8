/** Examples as help shows them: each on a line of its own, to be taken as it stands, and what it is for below it. */
export function examples(rows: readonly (readonly [command: string, what: string])[]): string {
  return ['Examples:', ...rows.map(([command, what]) => `  rulecast ${command}\n      ${what}`)]
    .join('\n')
    .concat('\n');
}
