import { isList, isObject, type Json } from '../../rule/json.ts';

/** A value for people: a text as it is, a list with commas. What is very long is cut short. */
export function wordsOf(value: Json): string {
  const words = isList(value) ? value.map(plain).join(', ') : plain(value);
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
}

/** Guides and notes may be of any length. */
const longest = 300;

/** Of a tactic and its techniques the ids say all. */
function plain(value: Json): string {
  if (typeof value === 'string') return value;
  const ids = isObject(value) && Object.hasOwn(value, 'framework') ? idsIn(value) : [];
  return ids.length > 0 ? ids.join(', ') : JSON.stringify(value);
}

function idsIn(value: Json): readonly string[] {
  if (isList(value)) return value.flatMap(idsIn);
  if (!isObject(value)) return [];
  const { id, tactic = [], techniques = [], subtechniques = [] } = value;
  return [...(typeof id === 'string' ? [id] : []), ...[tactic, techniques, subtechniques].flatMap(idsIn)];
}
