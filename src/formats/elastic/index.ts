import type { Format } from '../format.ts';
import { check } from './check.ts';
import { detect } from './detect.ts';
import { leaving } from './leaving.ts';
import { placesOfIds, read } from './read.ts';
import { tidy } from './tidy.ts';
import { shapes, write } from './write.ts';

/** Rules as elastic/detection-rules keeps them: one TOML file each. */
export const elastic: Format = {
  id: 'elastic',
  languages: ['eql', 'kuery', 'lucene', 'esql'],
  taxonomy: 'ecs',
  shapes,
  holdsMany: () => false,
  extensions: ['.toml'],
  detect,
  check,
  read,
  placesOfIds,
  regions: (text) => [{ start: 0, end: text.length }],
  write,
  leaving,
  tidy,
};
