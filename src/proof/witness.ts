import { attempt } from '../diagnostic/attempt.ts';
import { Automaton } from '../match/automaton.ts';
import type { Scalar } from '../match/event.ts';
import { momentOf, numberOf } from '../match/value.ts';
import type { Expression } from '../query/expression/expression.ts';
import { sameTree } from '../query/walk.ts';
import { addressesNear } from './addresses.ts';
import { fillsOf } from './fills.ts';
import { numbersNear } from './numbers.ts';
import { strangeLetter, textsWithin } from './texts.ts';
import { hasStarsAlone, languageOf, mindsCase, type Part, type Values } from './values.ts';

/**
 * A value that is one of each of some values, and none of the others: the simplest of those that are tried. Null where
 * it is certain that there is none, undefined where that is not known.
 */
export function witness(
  within: readonly Values[],
  without: readonly Values[],
  effort: Effort = { left: mostLooked },
): Scalar | null | undefined {
  if (without.some(({ parts }) => parts.some(({ kind }) => kind === 'any'))) return null;
  const fits = (value: Scalar) =>
    within.every(({ has }) => has(value)) && !without.some(({ has }) => has(value));
  if (effort.left <= 0) return undefined;
  const found = firstThat(fits, candidates(within, without), effort, within.length + without.length);
  if (found !== undefined) return found;
  if (isDecided(within, without)) return null;
  const filled = filledIn(within, without);
  if (filled !== undefined) return filled.find(fits) ?? null;
  return searched(within, without, fits, effort);
}

/** The first of some values that fits; each that is looked at costs so much. */
function firstThat(
  fits: (value: Scalar) => boolean,
  values: Iterable<Scalar>,
  effort: Effort,
  cost: number,
): Scalar | undefined {
  const tried = new Set<Scalar>();
  for (const value of values) {
    if (tried.has(value)) continue;
    tried.add(value);
    effort.left -= cost;
    if (fits(value)) return value;
  }
  return undefined;
}

function* candidates(within: readonly Values[], without: readonly Values[]): Iterable<Scalar> {
  yield* textsWithin(within, without);
  const own = within.flatMap(({ parts }) => parts);
  for (const part of own) yield* oneByOne(part);
  const all = [...own, ...without.flatMap(({ parts }) => parts)];
  if (own.some(isNumeric)) yield* numbersNear(all);
  if (own.some(({ kind }) => kind === 'network')) yield* addressesNear(all);
}

const halfDay = 12 * 3_600_000;

/** What a part takes besides the text of it: the number that a text is, another spelling of a moment. */
function oneByOne(part: Part): readonly Scalar[] {
  if (part.kind === 'exactly') return [part.value, String(part.value)];
  if (part.kind !== 'text') return [];
  const [number, moment] = [numberOf(part.text), momentOf(part.text)];
  // Such that it says another day, mostly.
  const spelled =
    moment === undefined ? [] : [new Date(moment - halfDay).toISOString().replace('Z', '-12:00')];
  return [part.text, ...(number === undefined ? [] : [number]), ...spelled];
}

/** Texts of one test that decide whether it has a value that none of the others take; undefined where they would not. */
function filledIn(within: readonly Values[], without: readonly Values[]): readonly string[] | undefined {
  const [only, ...more] = within;
  if (only === undefined || more.length > 0) return undefined;
  const against = without.flatMap(({ parts }) => parts);
  if (![...only.parts, ...against].every(({ kind }) => kind === 'text' || kind === 'pattern'))
    return undefined;
  if (only.parts.some(isMoment)) return undefined;
  if (only.parts.some((part) => !mindsCase(part)) && against.some(mindsCase)) return undefined;
  const letter = strangeLetter([only, ...without]);
  const texts: string[] = [];
  for (const part of only.parts) {
    const fills =
      part.kind === 'pattern'
        ? fillsOf(part.pattern, against, letter)
        : part.kind === 'text'
          ? [part.text]
          : undefined;
    if (fills === undefined) return undefined;
    texts.push(...fills);
  }
  return texts;
}

/** Numbers as they are, and what has an order. */
function isNumeric({ kind }: Part): boolean {
  return kind === 'range' || kind === 'exactly';
}

/**
 * Whether the candidates are all there is to try: if none of them fits, no value does.
 *
 * Of one test at a time. A pattern with stars alone is within a list of such patterns exactly if the text is that has a
 * letter in place of each star that stands in none of them: where a pattern takes that letter it has a star, and takes whatever
 * else may stand there. Numbers and addresses are tried at every end of a range, and between them.
 */
function isDecided(within: readonly Values[], without: readonly Values[]): boolean {
  const [only, ...more] = within;
  if (only === undefined) return false;
  const against = without.flatMap(({ parts }) => parts);
  // A finite list is one by one, whatever else is asked.
  if (within.some(({ parts }) => parts.every((part) => isOneByOne(part, against, within)))) return true;
  if (more.length > 0) return areOrdered(within, against);
  return only.parts.every((part) => isDecidedPart(part, against));
}

function isDecidedPart(part: Part, against: readonly Part[]): boolean {
  switch (part.kind) {
    case 'text':
    case 'exactly':
      return isOneByOne(part, against, []);
    case 'pattern':
      return against.every((one) => isTakenWhole(one) && (part.caseSensitive || !mindsCase(one)));
    case 'any':
      return against.every(isTakenWhole);
    case 'range':
      return typeof part.range.value === 'number' && against.every(isOnTheLine);
    case 'network':
      return against.every(({ kind }) => kind === 'network' || kind === 'text');
    case 'expression':
      return false;
    default:
      return part satisfies never;
  }
}

function isMoment(part: Part): boolean {
  return part.kind === 'text' && momentOf(part.text) !== undefined;
}

/** Whether the few texts that are tried for a part stand for all it has. */
function isOneByOne(part: Part, against: readonly Part[], within: readonly Values[]): boolean {
  if (part.kind === 'exactly') return true;
  if (part.kind !== 'text') return false;
  // A moment has more spellings than are tried.
  if (isMoment(part)) return against.some((one) => sameTree(one, part));
  const others = [...against, ...within.flatMap(({ parts }) => parts.filter((one) => one !== part))];
  return part.caseSensitive || !others.some(mindsCase);
}

/** Whether a part takes a letter that is strange to all only where it takes any text. */
function isTakenWhole(part: Part): boolean {
  return part.kind === 'pattern'
    ? hasStarsAlone(part.pattern)
    : part.kind !== 'expression' && part.kind !== 'range';
}

function isOnTheLine(part: Part): boolean {
  return (
    part.kind === 'exactly' ||
    part.kind === 'text' ||
    (part.kind === 'range' && typeof part.range.value === 'number')
  );
}

function areOrdered(within: readonly Values[], against: readonly Part[]): boolean {
  const own = within.flatMap(({ parts }) => parts);
  if (own.every(isOnTheLine) && own.some(isNumeric)) return against.every(isOnTheLine);
  return [...own, ...against].every(({ kind }) => kind === 'network');
}

/** How much is still looked at for what asks for an automaton: a rule has its answer within milliseconds or not at all. */
export interface Effort {
  left: number;
}

/** How far one automaton is followed. */
const mostLooked = 20_000;

/** By the language that the texts are: what can not be said of texts is left out, and then only found things count. */
function searched(
  within: readonly Values[],
  without: readonly Values[],
  fits: (value: Scalar) => boolean,
  effort: Effort,
): Scalar | null | undefined {
  if (effort.left <= 0) return undefined;
  const wanted = within.map(languageOf);
  if (wanted.some((tree) => tree === undefined)) return undefined;
  const unwanted = without.map(languageOf);
  const tree = differenceOf(
    wanted as readonly Expression[],
    unwanted.filter((one) => one !== undefined),
  );
  const outcome = attempt(() => {
    const automaton = new Automaton(tree);
    const text = automaton.shortest(Math.min(effort.left, mostLooked));
    effort.left -= automaton.looked;
    return text;
  });
  if (!outcome.ok || outcome.value === undefined) return undefined;
  // Where there is no text without those that could be said, there is none at all; but a field is there as well where it
  // has no value but fields below it.
  if (outcome.value === null) return within.every(isOfAny) ? undefined : null;
  return fits(outcome.value) ? outcome.value : undefined;
}

function isOfAny({ parts }: Values): boolean {
  return parts.every(({ kind }) => kind === 'any');
}

function differenceOf(wanted: readonly Expression[], unwanted: readonly Expression[]): Expression {
  const of = [...wanted, ...unwanted.map((one): Expression => ({ kind: 'complement', of: one }))];
  return of.length === 1 ? of[0]! : { kind: 'intersection', of };
}
