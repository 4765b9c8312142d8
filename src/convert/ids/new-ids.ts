import { uuid5 } from '../../source/digest.ts';
import type { ConvertOptions } from '../options.ts';

/** Gives a new id in the place of an old one: the same for the same, as rules refer to one another by their ids. */
export type NewIds = (old: string) => string;

/** Undefined where rules keep their ids. */
export function newIdsOf({ id }: Pick<ConvertOptions, 'id'>): NewIds | undefined {
  if (id === undefined || id === 'keep') return undefined;
  return id === 'derive' ? derivedFrom : id;
}

/**
 * One id for the copies of a rule, whatever format they are in and in whichever run they were made: of one rule,
 * one id in all formats is what people have.
 */
function derivedFrom(old: string): string {
  return uuid5(namespace, old);
}

const namespace = '8c4b6f0e-2a57-5d1c-9f43-71e0a6d2b95c';
