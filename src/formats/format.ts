import type { Diagnostic, Outcome } from '../diagnostic/diagnostic.ts';
import type { Pack, Rule } from '../rule/rule.ts';
import type { Span } from '../source/source.ts';
import type { Stack } from './schemas/index.ts';

export type { Stack } from './schemas/index.ts';

/** The name of a format. */
export type FormatId = 'elastic' | 'sigma' | 'kibana' | 'native';
/** A vocabulary of field names. */
export type TaxonomyId = 'ecs' | 'sigma';

/** A way of keeping rules in a file. It moves fields about; it never parses a query. */
export interface Format {
  readonly id: FormatId;
  /** Ids of the query languages that a rule kept this way may hold, the preferred one first. */
  readonly languages: readonly string[];
  /** The field names its queries are written in. */
  readonly taxonomy: TaxonomyId;
  /** Names of the shapes it can write, the usual one first. */
  readonly shapes: readonly string[];
  /** Whether one file of a shape holds many rules. */
  holdsMany(shape?: string): boolean;
  /** How its files end, with the dot, the usual way first. */
  readonly extensions: readonly string[];
  /** Whether the text looks like this format. Cheap, and never wrong about files of another format. */
  detect(text: string): boolean;
  read(text: string): Outcome<Pack>;
  /** Where the id of each rule stands, in the order in which the rules are read. */
  placesOfIds(text: string): readonly (Span | undefined)[];
  /** What is wrong with a text, each fault once, at its place. Queries are not looked into. */
  check(text: string, options: CheckOptions): readonly Diagnostic[];
  /** Where the parts of a text stand that may each be a rule, in its order. */
  regions(text: string): readonly Span[];
  /** Where each of the rules of a text stands, and all that travels beside them, in its order. */
  places?(text: string): { readonly rules: readonly Span[]; readonly beside: readonly Span[] };
  /** Into the text the pack came from, where there is one; otherwise in house style. */
  write(pack: Pack, options?: WriteOptions): Outcome<string>;
  /** The text that `write` gives, part by part; undefined in shapes that have it as a whole alone. */
  inParts?(options: WriteOptions): InParts | undefined;
  /** A rule on its way into another format, with what it takes to come home as it was. */
  leaving?(rule: Rule): Rule;
  /** The text in house style, with every value and every comment. Not all formats have a house style. */
  tidy?(text: string): Outcome<string>;
}

/** A text that is written part by part: some rules, more rules, and at the end what stands beside all of them. */
export interface InParts {
  rules(rules: readonly Rule[]): Outcome<string>;
  end(beside: Pick<Pack, 'filters' | 'rest'>): Outcome<string>;
}

/** What a check of a file asks. */
export interface CheckOptions {
  /** The Elastic Stack that is to take the rules of its formats; the newest unless said. */
  readonly stack?: Stack;
}

/** How a pack is written. */
export interface WriteOptions {
  readonly shape?: string;
  /** `none`: nothing travels that the format has no words for. */
  readonly carry?: 'none' | 'rest' | 'text';
  /** The Elastic Stack that is to take the rules: what it does not have is not written, and told of. */
  readonly stack?: Stack;
  /** The rules stood in a file of another format: what the tools of this one would refuse only travels. */
  readonly foreign?: boolean;
  /** The text that the pack was read from: what has not changed since keeps its bytes. */
  readonly onto?: string;
}
