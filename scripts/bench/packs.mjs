// Real rule packs, below the folder that CORPUS names.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const corpus = process.env.CORPUS ?? '';

/** The folders of rules that are in use; Sigma keeps others beside them. */
const folders = {
  elastic: ['elastic/rules', 'elastic/rules_building_block'],
  sigma: [
    'rules',
    'rules-compliance',
    'rules-emerging-threats',
    'rules-placeholder',
    'rules-threat-hunting',
  ].map((name) => `sigma/${name}`),
};

/** Where the rules of a format are; nothing, if they are not at hand. */
export function foldersOf(format) {
  return folders[format]
    .map((name) => join(corpus, name))
    .filter((path) => corpus !== '' && existsSync(path));
}

export function filesBelow(folders) {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ya?ml|toml)$/.test(name))
      .map((name) => join(folder, name)),
  );
}
