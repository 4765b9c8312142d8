/** Words that are no names outside of back-quotes, wherever an expression can stand. */
const strict = ['and', 'by', 'false', 'in', 'is', 'like', 'not', 'null', 'or', 'rlike', 'true'] as const;

/** Words with a meaning in some places. Elsewhere they are names; the parser knows where. */
export const softWords = [
  'as',
  'asc',
  'desc',
  'first',
  'group',
  'info',
  'join',
  'key',
  'last',
  'metadata',
  'nulls',
  'on',
  'score',
  'stats',
  'where',
  'with',
] as const;

export type Word = (typeof strict)[number] | (typeof softWords)[number];

const words: ReadonlyMap<string, Word> = new Map([...strict, ...softWords].map((word) => [word, word]));

/** Elasticsearch takes these for words too, some versions of it wherever an expression can stand. */
const reserved: ReadonlySet<string> = new Set([
  ...strict,
  'asc',
  'desc',
  'first',
  'last',
  'nulls',
  'on',
  'where',
  'with',
]);

export function wordOf(text: string): Word | undefined {
  return words.get(text.toLowerCase());
}

/** Whether a name that is spelled like this has to stand in back-quotes. */
export function isReserved(text: string): boolean {
  return reserved.has(text.toLowerCase());
}

/**
 * How the text behind a command's word is cut: index patterns and names with stars are no expressions, the
 * branches of a fork are commands, and a command that is not read is one text.
 */
export type Mode = 'command' | 'expression' | 'branches' | 'source' | 'join' | 'names' | 'policy' | 'text';

/** The commands that are read, and how what follows each is cut. */
const modes = {
  from: 'source',
  ts: 'source',
  row: 'expression',
  show: 'expression',
  set: 'expression',
  where: 'expression',
  eval: 'expression',
  stats: 'expression',
  inline: 'expression',
  inlinestats: 'expression',
  keep: 'names',
  drop: 'names',
  rename: 'names',
  sort: 'expression',
  limit: 'expression',
  grok: 'expression',
  dissect: 'expression',
  mv_expand: 'expression',
  enrich: 'policy',
  lookup: 'join',
  fork: 'branches',
  completion: 'expression',
  rerank: 'expression',
  sample: 'expression',
  change_point: 'expression',
  fuse: 'expression',
} as const satisfies Record<string, Mode>;

export type CommandWord = keyof typeof modes;

export function commandWordOf(text: string): CommandWord | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(modes, word) ? (word as CommandWord) : undefined;
}

export function modeBehind(word: string): Mode {
  return Object.hasOwn(modes, word) ? modes[word as CommandWord] : 'text';
}

/** Commands of single versions, or of versions to come, which no rule needs: their text is passed on. */
const others: ReadonlyMap<string, 'source' | 'processing'> = new Map([
  ['explain', 'source'],
  ['external', 'source'],
  ['meta', 'source'],
  ['metrics', 'source'],
  ['promql', 'source'],
  ['dedup', 'processing'],
  ['dense_vector', 'processing'],
  ['fillnull', 'processing'],
  ['full', 'processing'],
  ['highlight', 'processing'],
  ['insist_🐔', 'processing'],
  ['ip_location', 'processing'],
  ['left', 'processing'],
  ['lookup_🐔', 'processing'],
  ['metrics_info', 'processing'],
  ['mmr', 'processing'],
  ['registered_domain', 'processing'],
  ['right', 'processing'],
  ['ts_collapse', 'processing'],
  ['ts_info', 'processing'],
  ['uri_parts', 'processing'],
  ['user_agent', 'processing'],
]);

/** Where a command that is not read can stand; undefined for what is no command of ES|QL. */
export function otherRole(text: string): 'source' | 'processing' | undefined {
  return others.get(text.toLowerCase());
}

/** The units of a timespan, in all their spellings. */
const units: ReadonlySet<string> = new Set(
  [
    'millisecond milliseconds ms',
    'second seconds sec s',
    'minute minutes min m',
    'hour hours h',
    'day days d',
    'week weeks w',
    'month months mo',
    'quarter quarters q',
    'year years yr y',
  ].flatMap((line) => line.split(' ')),
);

export function isUnit(text: string): boolean {
  return units.has(text.toLowerCase());
}
