import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Real rule packs, which are not part of this project because of their licences: the folder that the
 * variable CORPUS names, with clones or parts of elastic/detection-rules under `elastic/`, SigmaHQ/sigma
 * under `sigma/`, Kibana's own files under `kibana/`, other engines' test cases under `conformance/`.
 */
export const corpus = process.env['CORPUS'] ?? '';
export const without = corpus === '';

export interface CorpusFile {
  readonly path: string;
  readonly text: string;
}

/** Every file below a folder of the corpus with this ending, in order of path. */
export function corpusFiles(folder: string, ending: string): CorpusFile[] {
  const root = join(corpus, folder);
  if (without || !existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(root, name), 'utf8') }));
}

export const elasticFiles = (): CorpusFile[] => [
  ...corpusFiles('elastic/rules', '.toml'),
  ...corpusFiles('elastic/rules_building_block', '.toml'),
];

export const sigmaFiles = (): CorpusFile[] =>
  [
    'rules',
    'rules-compliance',
    'rules-dfir',
    'rules-emerging-threats',
    'rules-placeholder',
    'rules-threat-hunting',
    'deprecated',
    'unsupported',
  ].flatMap((folder) => corpusFiles(`sigma/${folder}`, '.yml'));

/** One object a line, from `conformance/`. */
export function cases<T>(name: string): T[] {
  const [file] = corpusFiles('conformance', name);
  return (file?.text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
