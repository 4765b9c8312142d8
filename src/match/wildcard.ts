// Patterns are read below: those who rename them ask what they match, too.
export { nameTest, wildcardTest } from '../query/wildcard.ts';
