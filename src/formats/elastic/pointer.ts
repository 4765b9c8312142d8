/**
 * A place in a tree as one text (RFC 6901): `/rule/threat/0/tactic`. The empty text is the root.
 * Every key has one, whatever characters it holds.
 */
export type Pointer = string;

export function below(parent: Pointer, step: string | number): Pointer {
  if (typeof step === 'number') return `${parent}/${step}`;
  const isPlain = !step.includes('~') && !step.includes('/');
  return `${parent}/${isPlain ? step : step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The way back: its steps. A place in a list is a text of digits here. */
export function stepsOf(pointer: Pointer): readonly string[] {
  const [, ...steps] = pointer.split('/');
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The place that holds this one. */
export function above(pointer: Pointer): Pointer {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}
