import { describe, expect, test } from 'vitest';

import { languages } from '../../../src/languages/index.ts';
import { sigma } from '../../../src/languages/sigma/index.ts';
import { match } from '../../../src/match/match.ts';
import { failsWith, must } from '../../support/laws.ts';

const parse = (line: string) => must(sigma.parse(`s:\n    ${line}\ncondition: s`));
const holds = (line: string, when: unknown) => match(parse(line), [{ when } as never]).length > 0;

describe('parts of a time are taken in UTC', () => {
  test.each<[string, unknown, boolean]>([
    ['when|minute: 10', '2024-01-01T23:10:59Z', true],
    ['when|hour|gte: 22', '2024-01-01T23:10:00Z', true],
    ['when|hour|gte: 22', '2024-01-01T23:10:00+05:00', false],
    ['when|hour: [22, 23]', '2024-01-01T23:10:00Z', true],
    ['when|day: 29', '2024-02-29', true],
    ['when|week: 1', '2024-12-30', true],
    ['when|week: 53', '2021-01-03', true],
    ['when|week: 52', '2022-01-02', true],
    ['when|week: 1', '2024-01-01', true],
    ['when|month|lt: 2', '2024-01-31T23:59:59Z', true],
    ['when|year|gt: 2023', '2023-12-31T23:59:59-01:00', true],
    ['when|year: 1970', 86_400_000, true],
    ['when|hour|neq: 23', '2024-01-01T23:10:00Z', false],
    ['when|hour|lte: 23', 'soon', false],
    ['when|hour|neq: 23', undefined, true],
  ])('%s of %j', (line, when, wanted) => {
    expect(holds(line, when)).toBe(wanted);
  });

  test.each(['eql', 'kuery'])('%s has no words for them, and says so', (id) => {
    const language = languages.find((one) => one.id === id)!;
    for (const part of ['minute', 'hour', 'day', 'week', 'month', 'year']) {
      const codes = failsWith(language.print(parse(`when|${part}|gt: 5`)));
      expect(codes[0]).toMatch(/^loss\/(?:function|comparison)$/);
    }
  });
});
