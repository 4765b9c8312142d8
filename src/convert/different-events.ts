import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Sample } from '../query/query.ts';

/** Where a sample of EQL and Sigma's `temporal` would differ, were an event ever to be two of their steps. */
export function differentEvents({ span }: Sample): Diagnostic {
  return {
    code: 'mapping/assumption',
    message:
      'EQL takes another event for each step of a sample, and Sigma one event for several; the steps are taken to be of different events.',
    ...(span && { span }),
  };
}
