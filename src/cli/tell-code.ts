import { type Code, codes, nearest } from '../index.ts';
import { UsageError } from './usage.ts';

const width = 100;

/** What stands in the manual of one code. It is read when somebody asks: no other command waits for it. */
export async function tellCode(name: string, json: boolean): Promise<void> {
  const code = codeNamed(name);
  const { explanations } = await import('../manual/index.ts');
  const { level, title } = codes[code];
  const { meaning, remedy } = explanations[code];
  const text = [`${code} (${level})`, title, '', ...lines(meaning), '', ...lines(`What to do: ${remedy}`)];
  const shown = json ? JSON.stringify({ code, level, title, meaning, remedy }) : text.join('\n');
  process.stdout.write(`${shown}\n`);
}

function codeNamed(name: string): Code {
  if (Object.hasOwn(codes, name)) return name as Code;
  const near = nearest(name, Object.keys(codes));
  const hint = near === undefined ? '`rulecast list codes` lists them.' : `Did you mean "${near}"?`;
  throw new UsageError(`There is no code "${name}". ${hint}`);
}

/** A text in lines that a terminal holds. */
function lines(text: string): readonly string[] {
  const found: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      found.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...found, line];
}
