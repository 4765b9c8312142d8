import type { Fields } from './build.ts';

/** A version of the Elastic Stack. */
export interface Stack {
  readonly major: number;
  readonly minor: number;
}

/** Whether a stack has what came with a version. */
export function reaches({ major, minor }: Stack, since: Stack): boolean {
  return major > since.major || (major === since.major && minor >= since.minor);
}

/** Fields, if the stack is new enough to have them. */
export type Since = (major: number, minor: number, fields: Fields) => Fields;

export function sinceOf(stack: Stack): Since {
  return (major, minor, fields) => (reaches(stack, { major, minor }) ? fields : {});
}
