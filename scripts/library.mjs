// Makes docs/library.md: the public names of src/index.ts and src/node.ts, with what the sources say of them. With
// --print, on standard output. The same sources, the same bytes.
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const doors = ['src/index.ts', 'src/node.ts'];
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const program = ts.createProgram(
  doors.map((door) => join(root, door)),
  { ...options, noEmit: true, types: [] },
);
const checker = program.getTypeChecker();

/** What there is to say of a public name. */
const named = doors.map((door) => {
  const symbol = checker.getSymbolAtLocation(program.getSourceFile(join(root, door)));
  return checker
    .getExportsOfModule(symbol)
    .map((one) => ({
      name: one.name,
      target: one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one,
    }))
    .map(({ name, target }) => ({ name, ...described(target) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
});
// A name without a sentence is no name for others.
const silent = named
  .flat()
  .filter(({ doc }) => doc === '')
  .map(({ name, file }) => `${name} (${file})`);
if (silent.length > 0) throw new Error(`Nothing is said of ${silent.join(', ')}.`);

const isVerb = ({ kind }) => kind === 'function' || kind === 'value';
const [core, shell] = named;
const names = new Set(named.flat().map(({ name }) => name));
const parts = [
  ['Functions and values', core.filter(isVerb)],
  ['With a file system', shell],
  ['Types', core.filter((one) => !isVerb(one))],
];
const anchors = anchorsOf();
const lines = [
  '# The library',
  '',
  "Everything that the command does, for programs: `import { convert } from 'rulecast'` runs anywhere, a browser included; what needs",
  'files is in `rulecast/node`. Functions take plain data and give plain data; nothing is thrown but for faults of ours. What can fail gives',
  'an [Outcome](#outcome): a value with [findings](#diagnostic), or findings alone. Made from the sources by `npm run library`.',
  '',
  '```js',
  "import { convert } from 'rulecast';",
  '',
  "const outcome = convert(text, { to: 'sigma' });",
  'for (const rule of outcome.ok ? outcome.value.rules : []) {',
  '  console.log(rule.title, rule.fidelity, rule.text);',
  '  for (const { code, message } of rule.diagnostics) console.log(code, message);',
  '}',
  '```',
  '',
  ...parts.map(
    ([title, list]) =>
      `- [${title}](#${slug(title)}): ${list.map(({ name }) => `[${name}](#${anchors.get(name)})`).join(', ')}`,
  ),
  ...parts.flatMap(([title, list]) => ['', `## ${title}`, ...list.flatMap(sectionOf)]),
];
const text = `${lines.join('\n')}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(root, 'docs/library.md'), text);

function sectionOf({ name, doc, code }) {
  const others = [...new Set(code.match(/\b[A-Z]\w+\b/g) ?? [])].filter(
    (word) => names.has(word) && word !== name,
  );
  const see =
    others.length > 0
      ? ['', `See ${others.map((word) => `[${word}](#${anchors.get(word)})`).join(', ')}.`]
      : [];
  return ['', `### ${name}`, '', ...(doc === '' ? [] : [doc, '']), '```ts', code, '```', ...see];
}

function described(symbol) {
  const [declaration] = symbol.declarations;
  const file = relative(root, declaration.getSourceFile().fileName);
  const doc = ts
    .displayPartsToString(symbol.getDocumentationComment(checker))
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  return { doc, file, ...codeOf(symbol, declaration) };
}

function codeOf(symbol, declaration) {
  if (ts.isFunctionDeclaration(declaration)) {
    const all = symbol.declarations.filter(ts.isFunctionDeclaration);
    const said = all.filter(({ body }) => body === undefined || all.length === 1);
    return { kind: 'function', code: said.map(signatureOf).join('\n') };
  }
  if (ts.isVariableDeclaration(declaration)) return { kind: 'value', code: constantOf(declaration) };
  return { kind: 'type', code: declaration.getText().replace(/^export /, '') };
}

function signatureOf(declaration) {
  const from = declaration.getStart();
  const to = declaration.body?.getFullStart() ?? declaration.getEnd();
  return declaration
    .getSourceFile()
    .text.slice(from, to)
    .replace(/^export /, '')
    .trim();
}

function constantOf(declaration) {
  const type = checker.typeToString(
    checker.getTypeAtLocation(declaration),
    declaration,
    ts.TypeFormatFlags.None,
  );
  return `const ${declaration.name.getText()}: ${declaration.type?.getText() ?? shortened(type)}`;
}

function shortened(type) {
  return type.length > 200 ? '{ … }' : type;
}

/** What each heading is linked by. The second of one spelling has a number behind it. */
function anchorsOf() {
  const found = new Map();
  const counts = new Map();
  for (const title of [
    'The library',
    ...parts.flatMap(([part, list]) => [part, ...list.map(({ name }) => name)]),
  ]) {
    const anchor = slug(title);
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    found.set(title, count === 0 ? anchor : `${anchor}-${count}`);
  }
  return found;
}

function slug(title) {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}
