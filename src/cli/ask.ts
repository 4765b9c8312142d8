import { createInterface } from 'node:readline/promises';

import { inLine } from '../index.ts';
import type { Conflicting, Side } from '../node/migrate/model.ts';
import { paint } from './terminal.ts';

const answers: Readonly<Record<string, Side>> = { o: 'ours', t: 'theirs', b: 'both', '': 'both' };

/** Asks whoever sits at the terminal which side of a conflict is taken; nothing said is `both`. */
export function asking(leave: () => void): (conflict: Conflicting) => Promise<Side> {
  return async ({ target, source, reasons }) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    terminal.once('SIGINT', leave);
    const head = `${paint(inLine(target), 'bold')} was changed by hand, and so was its source, ${inLine(source)}.\n`;
    process.stderr.write(`${head}${reasons.map((reason) => `  ${inLine(reason)}\n`).join('')}`);
    try {
      for (;;) {
        const answer = await said(terminal);
        const side = Object.hasOwn(answers, answer) ? answers[answer] : undefined;
        if (side !== undefined) return side;
      }
    } finally {
      terminal.close();
    }
  };
}

/** The first letter of an answer; none where nobody answers any more. */
async function said(terminal: ReturnType<typeof createInterface>): Promise<string> {
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = terminal.question(
    'Where they do not go together, [o]urs stays; [t]heirs is written whole; or [b]oth, the new one beside it? ',
  );
  return (await Promise.race([answer, ended])).trim().toLowerCase().slice(0, 1);
}
