import type { Explanations } from './explanation.ts';

/** What is told where options are kept in a file. */
export const keeping = {
  'settings/bad-file': {
    meaning: 'The configuration says what is no option, or what the option does not take. Nothing was done.',
    remedy:
      'Correct the line that is shown; `--no-config` does without the file. configuration.md has all of it.',
  },
} satisfies Explanations<'settings'>;
