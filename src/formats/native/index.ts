import type { Format } from '../format.ts';
import { detect, placesOfIds, read } from './read.ts';
import { inParts, shapes, write } from './write.ts';

/** The model itself, as JSON. */
export const native: Format = {
  id: 'native',
  languages: ['eql', 'kuery', 'lucene', 'esql', 'sigma', 'dsl'],
  taxonomy: 'ecs',
  shapes,
  holdsMany: () => true,
  extensions: ['.rulecast.json', '.json'],
  detect,
  check: (text) => read(text).diagnostics,
  read,
  placesOfIds,
  regions: (text) => [{ start: 0, end: text.length }],
  write,
  inParts,
};
