import type { Fields } from '../../schema/build.ts';

/** A version of the Elastic Stack. */
export interface Stack {
  readonly major: number;
  readonly minor: number;
}

/** The versions that something came with, oldest first. */
export const steps: readonly Stack[] = [
  [8, 0],
  [8, 2],
  [8, 3],
  [8, 4],
  [8, 6],
  [8, 8],
  [8, 10],
  [8, 11],
  [8, 12],
  [8, 13],
  [8, 14],
  [8, 15],
  [8, 16],
  [9, 1],
  [9, 2],
].map(([major = 0, minor = 0]) => ({ major, minor }));

/** The newest stack whose rules are known here. */
export const newest: Stack = steps.at(-1)!;

/** Whether a stack has what came with a version. */
export function reaches({ major, minor }: Stack, since: Stack): boolean {
  return major > since.major || (major === since.major && minor >= since.minor);
}

/** Fields, if the stack is new enough to have them. */
export type Since = (major: number, minor: number, fields: Fields) => Fields;

export function sinceOf(stack: Stack): Since {
  return (major, minor, fields) => (reaches(stack, { major, minor }) ? fields : {});
}

/** How many fields a threshold rule may group by. */
export function fieldsCounted(stack: Stack): number {
  return reaches(stack, { major: 9, minor: 2 }) ? 5 : 3;
}

/** As people say it. */
export function nameOf({ major, minor }: Stack): string {
  return `${major}.${minor}`;
}

/** What is made for a stack is made once, when first asked for. */
export function oncePerStack<T>(make: (stack: Stack) => T): (stack: Stack) => T {
  const made = new Map<string, T>();
  return (stack) => {
    const known = made.get(nameOf(stack));
    if (known !== undefined) return known;
    const fresh = make(stack);
    made.set(nameOf(stack), fresh);
    return fresh;
  };
}
