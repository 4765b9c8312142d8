import { expect, test } from 'vitest';

import * as core from '../src/index.ts';
import * as shell from '../src/node.ts';

test('the public names, so that one more is a decision', () => {
  expect(Object.keys(core).sort()).toEqual([
    'acceptable',
    'check',
    'checkRules',
    'codes',
    'concerned',
    'convert',
    'examplesOf',
    'fidelities',
    'findingOf',
    'formats',
    'frame',
    'inspect',
    'inspectMapping',
    'languageNamed',
    'languages',
    'loadMapping',
    'match',
    'matchAll',
    'matcher',
    'nearby',
    'nearest',
    'offsetAt',
    'partsAmong',
    'positionAt',
    'positions',
    'read',
    'readEvents',
    'readFields',
    'readPlaceholders',
    'reportOf',
    'shippedTables',
    'stages',
    'summarize',
    'tidy',
    'translate',
    'write',
  ]);
  expect(Object.keys(shell).sort()).toEqual(['convertFile', 'loadMappings']);
});
