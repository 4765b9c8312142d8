import type { Format } from '../format.ts';
import { check } from './check.ts';
import { detect, places, placesOfIds, read, regions } from './read.ts';
import { holdsMany, inParts, shapes, write } from './write.ts';

/** Rules as Kibana exports and installs them, in JSON. */
export const kibana: Format = {
  id: 'kibana',
  languages: ['eql', 'kuery', 'lucene', 'esql'],
  taxonomy: 'ecs',
  shapes,
  holdsMany,
  extensions: ['.ndjson', '.json'],
  detect,
  check,
  read,
  placesOfIds,
  regions,
  places,
  write,
  inParts,
};
