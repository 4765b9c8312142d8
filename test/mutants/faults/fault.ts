import type { ConvertOptions } from '../../../src/convert/options.ts';
import type { Table } from '../../../src/mapping/table.ts';

/** Rules of one kind, and what they are cast into. */
export interface Journey {
  readonly among: {
    readonly from: 'sigma' | 'elastic';
    /** What the text has in it. */
    readonly has?: string;
  };
  readonly asked: ConvertOptions;
}

/** Something that could have gone wrong with the program, or with a row of its tables. */
export interface Fault extends Journey {
  /** What is wrong, as a sentence. */
  readonly fault: string;
  /** A file of `build`, what is replaced in it (it is there once) and by what. */
  readonly file?: string;
  readonly text?: string;
  readonly instead?: string;
  /** Rows that are laid over the tables instead. */
  readonly table?: Table;
  /** The text is as it should be, and what is told of it is wrong. */
  readonly told?: true;
  /** An expression: which rules may show it. */
  readonly hint: string;
}

const allow = ['broader', 'narrower', 'approximate'] as const;

export function toElastic(language: string): Journey {
  return { among: { from: 'sigma' }, asked: { to: 'elastic', language, allow } };
}

function toSigma(language: string): Journey {
  return {
    among: { from: 'elastic', has: `language = "${language}"` },
    asked: { to: 'sigma', allow },
  };
}

export const eql = toElastic('eql');
export const kql = toElastic('kuery');
export const lucene = toElastic('lucene');
export const esql = toElastic('esql');
export const fromEql = toSigma('eql');
export const fromKql = toSigma('kuery');
export const fromLucene = toSigma('lucene');
export const fromEsql = toSigma('esql');
/** Their queries stay what they are. */
export const toKibana: Journey = { among: { from: 'elastic' }, asked: { to: 'kibana', allow } };
export const fromThreshold: Journey = {
  among: { from: 'elastic', has: '[rule.threshold]' },
  asked: { to: 'sigma', allow },
};

type Change = readonly [fault: string, text: string, instead: string, hint?: string];

export function within(file: string, journey: Journey, changes: readonly Change[]): readonly Fault[] {
  return changes.map(([fault, text, instead, hint = '']) => ({
    fault,
    file,
    text,
    instead,
    hint,
    ...journey,
  }));
}
