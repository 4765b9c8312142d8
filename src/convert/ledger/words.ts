import { isList, type Json } from '../../rule/json.ts';

/** A value for people: a text as it is, a list with commas. What is very long is cut short. */
export function wordsOf(value: Json): string {
  const words = isList(value) ? value.map(plain).join(', ') : plain(value);
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
}

/** Guides and notes may be of any length. */
const longest = 300;

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
