export { layOver } from './approximate.ts';
export { engineFields, readEngineRule } from './rule.ts';
