export { apartOf, withApart } from './apart.ts';
export { layOver } from './approximate.ts';
export { joinLines, lined } from './lines.ts';
export { engineFields, readEngineRule } from './rule.ts';
export { findSetup, splitNote, startOfHeading } from './setup.ts';
