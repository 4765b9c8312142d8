import type { Format } from '../format.ts';
import { check } from './check.ts';
import { detect } from './detect.ts';
import { placesOfIds, read } from './read.ts';
import { inParts, write } from './write.ts';
import { regions } from './yaml.ts';

export const sigma: Format = {
  id: 'sigma',
  languages: ['sigma'],
  taxonomy: 'sigma',
  shapes: ['rule'],
  holdsMany: () => true,
  extensions: ['.yml', '.yaml'],
  detect,
  check,
  read,
  placesOfIds,
  regions,
  write,
  inParts,
};
