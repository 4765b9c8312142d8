/** Compiles the page of the HTML report, `page/`, into a module, so that reports are made without a file system. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
export const target = join(root, 'src/report/html/assets.ts');

export function compiledPage() {
  const { outputText } = ts.transpileModule(readFileSync(join(root, 'page/page.ts'), 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true },
  });
  const script = outputText.replace(/^export \{\};$/m, '').trim();
  const style = readFileSync(join(root, 'page/page.css'), 'utf8').trim();
  const say = (name, text) => `export const ${name} = ${JSON.stringify(text)};\n`;
  return `/** Compiled from \`page/\` by \`npm run page\`. */\n${say('style', style)}${say('script', script)}`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(target, compiledPage());
