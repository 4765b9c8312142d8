import { parse as parseToml, stringify as tomlOf } from 'smol-toml';
import { parseAllDocuments, parse as parseYaml, stringify as yamlOf } from 'yaml';

import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { FormatId } from '../../src/formats/format.ts';
import { type ConvertOptions, convert } from '../../src/index.ts';
import { linkTo } from './tables.ts';

type Tree = { [key: string]: unknown };

/** Rule files as tree, by the libraries that know their texts. */
const texts: Readonly<
  Record<FormatId, { read(text: string): Tree; part(text: string): Tree; print(tree: Tree): string }>
> = {
  elastic: { read: parseToml, part: parseToml, print: tomlOf },
  sigma: { read: documentsOf, part: (text) => parseYaml(text) ?? {}, print: (tree) => yamlOf(tree) },
  kibana: {
    read: (text) => JSON.parse(text.startsWith('{\n') ? text : text.trim().split('\n')[0]!),
    part: (text) => JSON.parse(`{${text}}`),
    print: (tree) => `${JSON.stringify(tree)}\n`,
  },
  native: {
    read: (text) => JSON.parse(text),
    part: (text) => ({ rules: [JSON.parse(`{${text}}`)] }),
    print: (tree) => `${JSON.stringify(tree, undefined, 2)}\n`,
  },
};

/** The last document of a text, which is the rule itself; those before it are parts of it. */
function documentsOf(text: string): Tree {
  const documents = parseAllDocuments(text).map((document) => document.toJS() as Tree);
  const last = documents.pop() ?? {};
  return documents.length === 0 ? last : { ...last, parts: documents };
}

/** A rule with what an example of a table says laid over it. */
export function ruleWith(
  format: FormatId,
  rule: string,
  example: string,
  without: readonly string[],
): string {
  const whole = laidOver(texts[format].read(rule), texts[format].part(example));
  for (const path of without) taken(whole, path.split('.'));
  return texts[format].print(whole);
}

function taken(tree: Tree, [key, ...others]: readonly string[]): void {
  const inner = tree[key!];
  if (others.length > 0 && isMap(inner)) taken(inner, others);
  else delete tree[key!];
}

function laidOver(under: Tree, over: Tree): Tree {
  const said = Object.entries(over).map(([key, value]) => [key, merged(under[key], value)]);
  return { ...under, ...Object.fromEntries(said) };
}

function merged(under: unknown, over: unknown): unknown {
  if (isMap(under) && isMap(over)) return laidOver(under, over);
  const [first, second] = [Array.isArray(under) && under[0], Array.isArray(over) && over[0]];
  // The one rule of a native pack.
  if (isMap(first) && isMap(second) && 'detection' in first) return [laidOver(first, second)];
  return over;
}

function isMap(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** What a column is headed by: a format, and options as the command has them. */
export function optionsOf(heading: string): ConvertOptions {
  const [to, ...words] = heading.split(' ');
  const flags = words
    .join(' ')
    .split('--')
    .filter((flag) => flag !== '')
    .map((flag) => flag.trim().split(' '));
  return {
    to: to as FormatId,
    today: '2026-01-01',
    ...Object.fromEntries(flags.map(([name, value]) => [name, optionValue(name!, value)])),
  };
}

function optionValue(name: string, value: string | undefined): unknown {
  if (value === undefined) return true;
  if (name === 'allow') return value.split(',');
  return name === 'attack' ? Number(value) : value;
}

export interface Example {
  /** What is laid over the rule, in the words of its format. */
  readonly says: string;
  /** What is taken out of it. */
  readonly without: readonly string[];
}

/**
 * What becomes of an example in a target: `yes` if the target says it, `travels` if it is carried, `left out` or
 * `refused`; then the codes of what is told of it. The rule without the example is what it is held against.
 */
export function becomes(from: FormatId, rule: string, { says, without }: Example, heading: string): string {
  const options = optionsOf(heading);
  const [before, after] = [rule, ruleWith(from, rule, says, without)].map((text) =>
    cast(texts[from].print(texts[from].read(text)), from, options),
  );
  const known = new Set(before!.found.map(({ code, path, message }) => `${code} ${path} ${message}`));
  const found = after!.found.filter(({ code, path, message }) => !known.has(`${code} ${path} ${message}`));
  const word = wordFor(before!, after!);
  const dropped = after!.found.filter(({ effect }) => effect === 'dropped');
  return [word, ...linksOf(word === 'left out' && found.length === 0 ? dropped : found)].join(', ');
}

interface Cast {
  readonly said: string;
  readonly carried: string;
  readonly found: readonly Diagnostic[];
}

function cast(text: string, from: FormatId, options: ConvertOptions): Cast {
  const outcome = convert(text, { ...options, from });
  if (!outcome.ok) return { said: '', carried: '', found: outcome.diagnostics };
  const [rule] = outcome.value.rules;
  const found = [...outcome.diagnostics, ...(rule?.diagnostics ?? [])];
  return { ...partsOf(rule?.text ?? '', options.to), found };
}

function partsOf(text: string, format: FormatId): { said: string; carried: string } {
  if (text === '') return { said: '', carried: '' };
  const said = texts[format].read(text);
  const carried = carriedIn(said, format);
  // That the query travels goes without saying.
  delete carried['query'];
  // Nor how lines were laid out.
  const { spelling: _layout, ...elastic } = isMap(carried['elastic']) ? carried['elastic'] : {};
  carried['elastic'] = elastic;
  return { said: JSON.stringify(said), carried: JSON.stringify(carried) };
}

/** What travels in a file, taken out of its place. */
function carriedIn(tree: Tree, format: FormatId): Tree {
  const steps = {
    elastic: ['metadata', 'extended', 'rulecast'],
    sigma: ['rulecast'],
    kibana: ['meta', 'rulecast'],
    native: ['carry'],
  }[format];
  const whole = format === 'native' ? (tree['rules'] as Tree[])[0]! : tree;
  return takenOut(whole, steps);
}

function takenOut(tree: Tree, [step, ...others]: readonly string[]): Tree {
  const inner = step === undefined ? undefined : tree[step];
  if (!isMap(inner)) return {};
  const taken = others.length === 0 ? inner : takenOut(inner, others);
  if (others.length === 0 || Object.keys(inner).length === 0) delete tree[step!];
  return taken;
}

function wordFor(before: Cast, after: Cast): string {
  if (after.said === '') return 'refused';
  const [isSaid, isCarried] = [before.said !== after.said, before.carried !== after.carried];
  if (isSaid) return isCarried ? 'yes, and travels' : 'yes';
  return isCarried ? 'travels' : 'left out';
}

function linksOf(found: readonly Diagnostic[]): readonly string[] {
  const told = found.map(({ code, effect }) => `${linkTo(code)}${effect ? ` ${effect}` : ''}`);
  return [...new Set(told)].filter((link) => !link.startsWith('[carry/query]'));
}
