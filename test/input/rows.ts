import type { Code } from '../../src/diagnostic/codes.ts';
import type { FormatId } from '../../src/formats/format.ts';
import { ruleText } from '../support/templates.ts';

/**
 * What becomes of a text: it is read and every byte stays, or its fault is told at its place, or either. A fault of
 * the pack and not of one place is told by this code.
 */
export type End = 'read' | 'told' | 'either' | Code;

export interface Cell {
  readonly text: string;
  readonly end: End;
}

/** A kind of bad input, and how it looks in each format that can have it. */
export type Row = Partial<Record<FormatId, () => Cell>>;
export type Rows = Readonly<Record<string, Row>>;

const formats: readonly FormatId[] = ['elastic', 'sigma', 'kibana', 'native'];

export function all(end: End, text: (format: FormatId) => string): Row {
  return of(formats, end, text);
}

export function of(these: readonly FormatId[], end: End, text: (format: FormatId) => string): Row {
  return Object.fromEntries(these.map((format) => [format, () => ({ text: text(format), end })]));
}

export const sound = (format: FormatId): string => ruleText(format);
