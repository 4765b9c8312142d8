import type { Report } from '../../diagnostic/diagnostic.ts';
import { isList, isObject, type Json } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { number, text, texts } from './values.ts';

type Carried = Omit<Rule, 'detection' | 'carry' | 'origin'>;

/** What travelled with a rule, as far as it makes sense: it stands in files that people edit. */
export function soundParts(carried: Partial<Rule>, report: Report): Partial<Rule> {
  const sound = Object.entries(carried).filter(([key, value]) => {
    if (Object.hasOwn(kinds, key) && kinds[key as keyof Carried](value as Json)) return true;
    const message = `The ${key} that was carried makes no sense; it was left out.`;
    report({ code: 'carry/unreadable', message, path: key });
    return false;
  });
  return Object.fromEntries(sound);
}

type Check = (value: Json | undefined) => boolean;

const isText: Check = (value) => text(value) !== undefined;
const isTexts: Check = (value) => texts(value) !== undefined;
const isNamed = mapOf({ id: isText, name: isText, reference: isText });
const isTechnique = mapOf(
  { id: isText, name: isText, reference: isText },
  { subtechniques: listOf(isNamed) },
);

const kinds = {
  id: isText,
  name: isText,
  title: isText,
  description: isText,
  severity: oneOf('informational', 'low', 'medium', 'high', 'critical'),
  riskScore: (value) => number(value) !== undefined,
  status: oneOf('stable', 'test', 'experimental', 'deprecated', 'unsupported'),
  authors: isTexts,
  license: isText,
  created: isText,
  modified: isText,
  references: isTexts,
  falsePositives: isTexts,
  tags: isTexts,
  threat: listOf(mapOf({ framework: isText }, { tactic: isNamed, techniques: listOf(isTechnique) })),
  related: listOf(mapOf({ id: isText, type: isText })),
  fields: isTexts,
  logSource: mapOf(
    {},
    { category: isText, product: isText, service: isText, definition: isText, rest: isObject },
  ),
  taxonomy: isText,
  indices: isTexts,
  engine: isObject,
} satisfies Record<keyof Carried, Check>;

function oneOf(...words: readonly string[]): Check {
  return (value) => typeof value === 'string' && words.includes(value);
}

function listOf(part: Check): Check {
  return (value) => isList(value) && value.every(part);
}

/** A map with all of the first fields, and perhaps some of the second. */
function mapOf(all: { readonly [key: string]: Check }, some: { readonly [key: string]: Check } = {}): Check {
  return (value) =>
    isObject(value) &&
    Object.entries(all).every(([key, check]) => check(value[key])) &&
    Object.entries(some).every(([key, check]) => !Object.hasOwn(value, key) || check(value[key]));
}
