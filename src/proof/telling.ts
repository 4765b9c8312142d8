import type { Event } from '../match/event.ts';

/** Longer values are cut where they are spoken of. */
const mostLetters = 60;
/** How many fields are named. */
const mostNamed = 3;

/** A value as a sentence says it. */
export function said(value: unknown): string {
  if (Array.isArray(value)) return value.map(said).join(' and ');
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const short = text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text;
  return typeof value === 'string' ? `"${short}"` : short;
}

/** What some events hold that others do not: `process.name is "cmd.exe"`. */
export function differences(from: readonly Event[], to: readonly Event[]): string {
  const told: string[] = [];
  const seen = new Set<string>();
  for (const event of new Set(to)) {
    for (const [field, value] of Object.entries(event)) {
      const text = `${field} is ${said(value)}`;
      if (seen.has(text) || from.some((one) => said(one[field]) === said(value))) continue;
      seen.add(text);
      told.push(text);
    }
  }
  const gone = [...new Set(from.flatMap((one) => Object.keys(one)))].filter((field) =>
    to.every((one) => !Object.hasOwn(one, field)),
  );
  const all = told.length > 0 ? told : gone.map((field) => `${field} is not there`);
  const more = all.length - mostNamed;
  if (all.length === 0) return to.length < from.length ? 'fewer events' : 'the same fields';
  return `${all.slice(0, mostNamed).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
