import { randomUUID } from 'node:crypto';

/** A random id for each old one, and in a run the same one for the same, as rules of other files refer to it. */
export function randomIds(): (old: string) => string {
  const known = new Map<string, string>();
  return (old) => {
    const id = known.get(old) ?? randomUUID();
    known.set(old, id);
    return id;
  };
}
