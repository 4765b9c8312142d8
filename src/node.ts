/** The public names that need a file system. */
export { convertFile, loadMappings } from './node/convert-file.ts';
