import type { Position, Span } from '../source/source.ts';
import type { Code } from './codes.ts';

/** What a loss does to the events a rule matches, or to what it says beside its query. */
export type Effect = 'broader' | 'narrower' | 'approximate' | 'carried' | 'dropped';

/** Something a person should know about a conversion. */
export interface Diagnostic {
  readonly code: Code;
  /** One sentence: what is so, then what became of it. */
  readonly message: string;
  /** What was lost by it, for losses. */
  readonly effect?: Effect;
  /** Where in the text that was read, for findings that have a place in a text. */
  readonly span?: Span;
  /** Where in the rule, for findings that have one: `rule.threat.0.technique`. */
  readonly path?: string;
  /** The field of the events that it is about. */
  readonly field?: string;
  /** A second place that it is about: in the same text, or in that of the file at `path`. */
  readonly also?: Position & { readonly path?: string };
}

/** A result and what there is to say about it, or only what there is to say. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Hands a finding to whoever collects them. */
export type Report = (diagnostic: Diagnostic) => void;
