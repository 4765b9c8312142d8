import { nearest } from '../index.ts';

/** What the parser of the command line says of a mistake, in one line, with what was probably meant. */
export function explained(message: string, words: readonly string[], known: readonly string[]): string {
  const choice = /^Invalid values:\s+Argument: (\S+), Given: "([^"]*)", Choices: (.*)$/m.exec(message);
  if (choice) {
    const [, name = '', given = '', list = ''] = choice;
    const choices = list.split(', ').map((one) => one.replace(/^"|"$/g, ''));
    return `--${name} knows ${choices.join(', ')}, and not "${given}"${guess(given, choices)}`;
  }
  const few = /^Not enough non-option arguments: got (\d+), need at least (\d+)/.exec(message);
  if (few) return `It takes ${few[2]} names, and not ${few[1]}; --help tells what they are.`;
  const strange = words.filter((word) => isStrange(word, known));
  if (strange.length === 0) return message;
  return strange
    .map((word) => `There is no option ${word.replace(/=.*/s, '')}${guess(word.slice(2), known, '--')}`)
    .join('\n');
}

function isStrange(word: string, known: readonly string[]): boolean {
  const name = /^--(?:no-)?([^=]+)/.exec(word)?.[1];
  return name !== undefined && !known.includes(name);
}

function guess(given: string, among: readonly string[], before = ''): string {
  const meant = nearest(given.replace(/=.*/s, ''), among);
  return meant === undefined ? '.' : `; did you mean ${before}${meant}?`;
}
