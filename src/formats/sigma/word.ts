import { isList, isObject, type Json, sameJson } from '../../rule/json.ts';
import type { Related, Severity, Status } from '../../rule/rule.ts';

/** How a value of the model is said in a document, both ways. */
export interface Word<T> {
  readonly wanted: string;
  /** Undefined for what makes no sense. */
  read(value: Json): T | undefined;
  /** Undefined for what Sigma has no words for. */
  write(value: T): Json | undefined;
}

export const text: Word<string> = {
  wanted: 'text',
  read: (value) => (typeof value === 'string' ? value : undefined),
  write: (value) => value,
};

/** The specification wants a licence to be named; that a rule says an empty one is carried. */
export const named: Word<string> = {
  ...text,
  write: (value) => (value === '' ? undefined : value),
};

export const texts: Word<readonly string[]> = {
  wanted: 'a list of texts',
  read: (value) => (isTexts(value) ? value : undefined),
  write: (value) => value,
};

/** A lone text is a list of one. */
export const textOrTexts: Word<readonly string[]> = {
  wanted: 'a text or a list of texts',
  read: (value) => (typeof value === 'string' ? [value] : texts.read(value)),
  write: (value) => value,
};

export const number: Word<number> = {
  wanted: 'a number',
  read: (value) => (typeof value === 'number' ? value : undefined),
  write: (value) => value,
};

export const truth: Word<boolean> = {
  wanted: 'true or false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
  write: (value) => value,
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: string): boolean {
  return uuid.test(value);
}

/** An id that is no UUID is read, but tools refuse it, so it is not written. */
export const id: Word<string> = {
  wanted: 'text',
  read: text.read,
  write: (value) => (isUuid(value) ? value : undefined),
};

function oneOf<T extends string>(...words: readonly T[]): Word<T> {
  return {
    wanted: `one of ${words.join(', ')}`,
    read: (value) => words.find((word) => word === value),
    write: (value) => value,
  };
}

export const status = oneOf<Status>('stable', 'test', 'experimental', 'deprecated', 'unsupported');
export const level = oneOf<Severity>('informational', 'low', 'medium', 'high', 'critical');

/** `ann, bob`; without the blank in older rules. */
export const authors: Word<readonly string[]> = {
  wanted: 'text, with commas between names',
  read: (value) => (typeof value === 'string' ? value.split(/, ?/) : undefined),
  write: (value) => (value.length > 0 ? value.join(', ') : undefined),
};

/** `2024-02-28`; `2024/2/28` before the second version of the specification. */
export const date: Word<string> = {
  wanted: 'YYYY-MM-DD',
  read: (value) => {
    const found = typeof value === 'string' ? dateSaid.exec(value) : null;
    if (found === null) return undefined;
    const [, year = '', month = '', day = '', time = '', ...older] = found;
    const [olderMonth = month, olderDay = day] = older;
    const said = dayOf(year, olderMonth.padStart(2, '0'), olderDay.padStart(2, '0'));
    return said && said + time;
  },
  /** The time of day, of which Sigma knows nothing, is left out. */
  write: (value) => {
    const [, year = '', month = '', day = ''] = /^(\d{4})[-/](\d{2})[-/](\d{2})(?=$|T)/.exec(value) ?? [];
    return dayOf(year, month, day);
  },
};

const dateSaid =
  /^(\d{4})(?:-(\d\d)-(\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:\d\d)?)?|\/(\d\d?)\/(\d\d?))$/;

/** Undefined for a day that no calendar has. */
function dayOf(year: string, month: string, day: string): string | undefined {
  const days = Number(month) === 2 && isLeapYear(Number(year)) ? 29 : daysOf[Number(month) - 1];
  const exists = days !== undefined && Number(day) >= 1 && Number(day) <= days;
  return exists ? `${year}-${month}-${day}` : undefined;
}

/** By month, in most years. */
const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const kinships: readonly string[] = [
  'derived',
  'obsolete',
  'obsoletes',
  'merged',
  'renamed',
  'similar',
  'correlation',
];

/** Kin whose id is no UUID, or whose kinship is not known, has no word; the whole list is carried then. */
export const related: Word<readonly Related[]> = {
  wanted: 'a list of ids of rules, each with a type',
  read: (value) => (isList(value) && value.every(isRelated) && value.every(isKin) ? value : undefined),
  write: (value) => {
    const kin = value.map(({ id, type }) => ({ id, type })).filter(isKin);
    return kin.length > 0 || value.length === 0 ? kin : undefined;
  },
};

type Pair = { readonly id: string; readonly type: string };

function isRelated(value: Json): value is Pair {
  if (!isObject(value)) return false;
  const { id, type, ...others } = value;
  return typeof id === 'string' && typeof type === 'string' && Object.keys(others).length === 0;
}

function isKin({ id, type }: Pair): boolean {
  return isUuid(id) && kinships.includes(type);
}

/** What to write: as it was spelled, if that still says the same. Undefined if there are no words for it. */
export function spell<T>(word: Word<T>, value: T, spelling: Json | undefined): Json | undefined {
  if (spelling !== undefined && sameData(word.read(spelling), value)) return spelling;
  const said = word.write(value);
  return said !== undefined && word.read(said) !== undefined ? said : undefined;
}

export function sameData(a: unknown, b: unknown): boolean {
  return sameJson(asJson(a), asJson(b));
}

/** Parts of a rule are plain data; this says so to the compiler. */
function asJson(value: unknown): Json | undefined {
  return value as Json | undefined;
}

function isTexts(value: Json): value is readonly string[] {
  return isList(value) && value.every((part) => typeof part === 'string');
}
