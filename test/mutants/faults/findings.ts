import { type Fault, fromEql, toElastic, within } from './fault.ts';

const folded = { ...fromEql, asked: { ...fromEql.asked, case: 'fold' as const } };

/** What is told of a conversion: the text is as it should be, and nobody is told what it loses. */
export const findings: readonly Fault[] = [
  ...within('mapping/telling.js', fromEql, [
    [
      'What a row loses is not told',
      "code: 'loss/mapping', effect: turned,",
      "code: 'loss/mapping',",
      'process.args',
    ],
    [
      'What a row loses under a negation is told as without one',
      'const turned = positive ? effect : underNegation(effect);',
      'const turned = effect;',
      'not process.args',
    ],
  ]),
  ...within('mapping/telling.js', toElastic('eql'), [
    [
      'A field that nothing has is told to find more',
      "positive === asksForNone ? 'broader' : 'narrower'",
      "positive === asksForNone ? 'narrower' : 'broader'",
      'GrandParentImage|riskEventType|cs-cookie|time-taken',
    ],
  ]),
  ...within('convert/to-sigma.js', folded, [
    [
      'That case no longer counts is told as finding less',
      "const effect = positive ? 'broader' : 'narrower';",
      "const effect = positive ? 'narrower' : 'broader';",
      '==',
    ],
  ]),
].map((fault) => ({ ...fault, told: true as const }));
