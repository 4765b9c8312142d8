import {
  type Format,
  type Json,
  type Pack,
  type Position,
  piecesNamed,
  positions,
  type Rule,
  type RuleFilter,
  read,
  type Span,
} from '../index.ts';
import type { Cut } from './cuts.ts';
import { textOfLines } from './not-utf8.ts';

/** Some objects of a long file that stand one after the other. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
  /** How many lines and rules stand before it. */
  readonly line: number;
  readonly before: number;
  /** How many rules it has. */
  readonly rules: number;
  /** Where the objects stand in it that travel beside rules. */
  readonly beside: readonly Span[];
  /** The characters of an object that is longer than any rule may be, which was passed over. */
  readonly passed?: number;
}

/** A rule of a long file: the n-th of a stretch. */
export interface RulePlace {
  readonly stretch: number;
  readonly index: number;
}

/** What is known of a long file that was gone through once. */
export interface Survey {
  readonly stretches: readonly Stretch[];
  readonly rules: number;
  /** How many rules stand before the first that has an id. */
  readonly ids: ReadonlyMap<string, number>;
  readonly filters: readonly RuleFilter[];
  /** Rules that lists are laid over, with nothing but the names of these. */
  readonly excepted: ReadonlyMap<Rule, RulePlace>;
  /** Rules that were written as several, with the ids of the others. */
  readonly wholes: readonly { readonly place: RulePlace; readonly names: readonly (string | undefined)[] }[];
  /** Where the id of a rule stands. */
  positionOf(place: RulePlace, textOf: (stretch: Stretch) => string): Position | undefined;
}

export function surveyOf(all: Iterable<Cut>, path: string, format: Format): Survey {
  const stretches: Stretch[] = [];
  const ids = new Map<string, number>();
  const filters: RuleFilter[] = [];
  const excepted = new Map<Rule, RulePlace>();
  const wholes: { place: RulePlace; names: readonly (string | undefined)[] }[] = [];
  let [line, rules] = [0, 0];
  for (const { start, length, bytes, characters = 0, lines = 0 } of all) {
    const cut = { start, length, line, before: rules };
    if (bytes === undefined) {
      stretches.push({ ...cut, rules: 0, beside: [], passed: characters });
      line += lines;
      continue;
    }
    const text = textOfLines(bytes);
    const lineOf = positions(text);
    const outcome = read(text, { format: format.id });
    const pack = outcome.ok ? outcome.value : empty;
    for (const [index, rule] of pack.rules.entries()) {
      const place = { stretch: stretches.length, index };
      if (rule.id !== undefined && !ids.has(rule.id)) ids.set(rule.id, rules + index);
      const lists = rule.engine?.['exceptions_list'];
      if (lists !== undefined) excepted.set(listing(lists), place);
      const names = piecesNamed(rule);
      if (names.length > 0) wholes.push({ place, names });
    }
    for (const { span, ...one } of pack.filters) {
      filters.push({ ...one, place: `${path}:${line + lineOf(span?.start ?? 0).line}` });
    }
    // Connectors alone make no text that can be read.
    const hasBeside = !outcome.ok || pack.filters.length + pack.rest.length > 0;
    const beside = hasBeside ? (format.places?.(text).beside ?? []) : [];
    stretches.push({ ...cut, rules: pack.rules.length, beside });
    rules += pack.rules.length;
    line += lineOf(text.length).line - 1;
  }
  return { stretches, rules, ids, filters, excepted, wholes, positionOf: locating(stretches, format) };
}

const empty: Pack = { rules: [], filters: [], rest: [] };

function listing(exceptions_list: Json): Rule {
  return { engine: { exceptions_list }, detection: { kind: 'query' }, carry: {} };
}

/** The n-th rule of all: the stretch that it stands in, and which one it is there. */
export function placeOfRule(stretches: readonly Stretch[], rule: number): RulePlace {
  let [low, high] = [0, stretches.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.before + stretches[middle]!.rules > rule) high = middle;
    else low = middle + 1;
  }
  return { stretch: low, index: rule - stretches[low]!.before };
}

/** Finds the places of ids; those of the stretch that was asked for last are known. */
function locating(stretches: readonly Stretch[], format: Format): Survey['positionOf'] {
  let known: { stretch: number; places: readonly (Position | undefined)[] } | undefined;
  return ({ stretch, index }, textOf) => {
    if (known?.stretch !== stretch) {
      const text = textOf(stretches[stretch]!);
      const placeOf = positions(text);
      const places = format.placesOfIds(text).map((span) => span && placeOf(span.start));
      known = { stretch, places };
    }
    const place = known.places[index];
    return place && { ...place, line: stretches[stretch]!.line + place.line };
  };
}
