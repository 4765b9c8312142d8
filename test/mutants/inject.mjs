import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Hooks of Node for modules: what is imported as `…/convert.js?fault=3` is the program with fault 3 in it, beside the one
 * without. Only what leads to the changed file is there twice.
 */
const build = new URL('../../build/', import.meta.url);
/** By number: the file that is changed, what is replaced in it, and by what. */
let faults = [];
/** By number: the files that import the changed one, through others or not, and itself. */
const changed = new Map();

export function initialize(given) {
  faults = given;
}

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const number = numberIn(context.parentURL) ?? numberIn(specifier);
  if (number === undefined || !found.url.startsWith(build.href)) return found;
  const [plain] = found.url.split('?');
  return { ...found, url: leadsTo(number).has(plain) ? `${plain}?fault=${number}` : plain };
}

export async function load(url, context, next) {
  const number = numberIn(url);
  if (number === undefined) return next(url, context);
  const [plain] = url.split('?');
  const text = readFileSync(fileURLToPath(plain), 'utf8');
  const mine = faults[number].filter(({ file }) => new URL(file, build).href === plain);
  const source = mine.reduce((so, one) => replaced(so, one), text);
  return { format: 'module', source, shortCircuit: true };
}

function replaced(source, { file, text, instead }) {
  const times = source.split(text).length - 1;
  if (times === 1) return source.replace(text, () => instead);
  throw new Error(`${file} has ${times} times, and not once: ${text}`);
}

function numberIn(url) {
  const found = /\?fault=(\d+)/.exec(url ?? '');
  return found ? Number(found[1]) : undefined;
}

function leadsTo(number) {
  const known = changed.get(number);
  if (known) return known;
  const all = new Set(faults[number].map(({ file }) => new URL(file, build).href));
  for (const url of all) for (const importer of importersOf().get(url) ?? []) all.add(importer);
  changed.set(number, all);
  return all;
}

let importers;

/** Who imports a file, file by file. */
function importersOf() {
  if (importers) return importers;
  importers = new Map();
  for (const name of readdirSync(build, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue;
    const url = new URL(name, build);
    for (const [, target] of readFileSync(url, 'utf8').matchAll(/(?:from|import) "(\.[^"]+)"/g)) {
      const there = new URL(target, url).href;
      if (!existsSync(fileURLToPath(there))) throw new Error(`${pathToFileURL(name)} imports ${target}`);
      importers.set(there, [...(importers.get(there) ?? []), url.href]);
    }
  }
  return importers;
}
