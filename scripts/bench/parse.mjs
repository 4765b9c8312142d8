// Parses files with the package that rulecast parses them with, and does no more: `parse.mjs yaml|toml FOLDER…`.
import { readFileSync } from 'node:fs';
import { filesBelow } from './packs.mjs';

const [language, ...folders] = process.argv.slice(2);
const parse = await parserOf(language);
for (const path of filesBelow(folders)) parse(readFileSync(path, 'utf8'));

async function parserOf(language) {
  if (language === 'toml') return (await import('smol-toml')).parse;
  const { parseAllDocuments } = await import('yaml');
  return (text) => parseAllDocuments(text).map((document) => document.toJS());
}
