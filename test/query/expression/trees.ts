import fc from 'fast-check';

import {
  alternation,
  type ClassPart,
  type Expression,
  sequence,
} from '../../../src/query/expression/expression.ts';

/** Letters few enough that short texts meet them, and signs of either flavour. */
const letters = ['a', 'b', 'A', 'é', '1', '_', '-', '.', '^', '"', '@', '~', ']', ' '];

const character: fc.Arbitrary<Expression> = fc
  .constantFrom(...letters)
  .map((char) => ({ kind: 'character', char }));

const part: fc.Arbitrary<ClassPart> = fc.oneof(
  fc.constantFrom(...letters).map((char): ClassPart => {
    const point = char.codePointAt(0)!;
    return { kind: 'range', from: point, to: point };
  }),
  fc.constantFrom<ClassPart>(
    { kind: 'range', from: 0x61, to: 0x66 },
    { kind: 'range', from: 0x2d, to: 0x39 },
    { kind: 'shorthand', of: 'digit', negated: false },
    { kind: 'shorthand', of: 'word', negated: true },
  ),
);

const characterClass: fc.Arbitrary<Expression> = fc.record({
  kind: fc.constant('class'),
  negated: fc.boolean(),
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
});

const bounds = fc.constantFrom<readonly [number, number?]>([0], [1], [0, 1], [2], [2, 2], [1, 3], [0, 0]);

/** What both flavours have. */
const leaf = fc.oneof(
  { weight: 4, arbitrary: character },
  characterClass,
  fc.constant<Expression>({ kind: 'any', lineEnds: true }),
  fc.constant<Expression>({ kind: 'quoted', text: 'a.b' }),
);

/** What asks of a place, in PCRE. */
const place = fc.constantFrom<Expression>(
  { kind: 'anchor', at: 'start' },
  { kind: 'anchor', at: 'end' },
  { kind: 'boundary', negated: false },
  { kind: 'boundary', negated: true },
);

/** What Lucene alone has. */
const onlyLucene = fc.constantFrom<Expression>(
  { kind: 'any-string' },
  { kind: 'nothing' },
  { kind: 'interval', least: 7, most: 12 },
  { kind: 'interval', least: 0, most: 12, digits: 2 },
);

function trees(leaves: fc.Arbitrary<Expression>, hasSets: boolean): fc.Arbitrary<Expression> {
  return fc.letrec<{ tree: Expression }>((tie) => {
    const many = fc.array(tie('tree'), { minLength: 1, maxLength: 3 });
    const joins: fc.Arbitrary<Expression>[] = [
      many.map((parts) => sequence(parts)),
      many.map((parts) => alternation(parts)),
      tie('tree').map((of) => ({ kind: 'group', of, captures: true })),
      fc.tuple(tie('tree'), bounds).map(([of, [least, most]]): Expression => {
        const inner: Expression = { kind: 'group', of, captures: true };
        return { kind: 'repeat', of: inner, least, ...(most !== undefined && { most }) };
      }),
    ];
    const sets: fc.Arbitrary<Expression>[] = [
      tie('tree').map((of) => ({ kind: 'complement', of })),
      fc.array(tie('tree'), { minLength: 2, maxLength: 2 }).map((of) => ({ kind: 'intersection', of })),
    ];
    return { tree: fc.oneof({ maxDepth: 4 }, leaves, ...joins, ...(hasSets ? sets : [])) };
  }).tree;
}

export const plainTrees = trees(leaf, false);
export const luceneTrees = trees(fc.oneof({ weight: 5, arbitrary: leaf }, onlyLucene), true);
export const pcreTrees = trees(fc.oneof({ weight: 3, arbitrary: leaf }, place), false);

/** Short texts of what the trees ask for. */
export const texts = fc
  .array(fc.constantFrom(...letters, 'B', 'É', '0', '7'), { maxLength: 6 })
  .map((chars) => chars.join(''));
