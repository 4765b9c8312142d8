import type { Code } from '../diagnostic/codes.ts';
import { asking } from './asking.ts';
import type { Explanation } from './explanation.ts';
import { keeping } from './keeping.ts';
import { losses } from './losses.ts';
import { mapping } from './mapping.ts';
import { parsing } from './parsing.ts';
import { reading } from './reading.ts';
import { travelling } from './travelling.ts';

/** What each code means and what to do about it: the words of docs/codes.md. */
export const explanations: Readonly<Record<Code, Explanation>> = {
  ...reading,
  ...parsing,
  ...mapping,
  ...asking,
  ...keeping,
  ...losses,
  ...travelling,
};
