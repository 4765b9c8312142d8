import type { LogSource } from '../rule/rule.ts';

/** A detection of Sigma's with what may stand beside it: where its text begins, and its log source. */
export interface DetectionText {
  readonly text: string;
  readonly start: number;
  readonly source: LogSource | undefined;
}

/**
 * A detection alone, or below `detection:` as in a rule, with a `logsource:` beside it. Only the lines are looked at:
 * what stands in them is for the language to read.
 */
export function readDetectionText(text: string): DetectionText {
  const head = /^detection:[ \t]*(?:#.*)?\r?\n/m.exec(text);
  if (!head) return { text, start: 0, source: undefined };
  const start = head.index + head[0].length;
  return { text: blockAt(text, start), start, source: sourceIn(text) };
}

/** The lines from here on, up to the next that does not stand in. */
function blockAt(text: string, start: number): string {
  const end = /^[^\s#]/m.exec(text.slice(start));
  return end ? text.slice(start, start + end.index) : text.slice(start);
}

const words = ['category', 'product', 'service'] as const;

function sourceIn(text: string): LogSource | undefined {
  const head = /^logsource:[ \t]*(?:#.*)?\r?\n/m.exec(text);
  if (!head) return undefined;
  const block = blockAt(text, head.index + head[0].length);
  const said = words.map((word) => [word, wordIn(block, word)] as const);
  return Object.fromEntries(said.filter(([, value]) => value !== undefined));
}

function wordIn(block: string, word: string): string | undefined {
  const found = new RegExp(`^[ \\t]+${word}:[ \\t]*(["']?)([\\w./-]+)\\1[ \\t]*(?:#.*)?$`, 'm').exec(block);
  return found?.[2];
}

/** The way back: as it stands in a rule, if there is a log source to be told, and otherwise alone. */
export function printDetectionText(text: string, source: LogSource): string {
  const lines = words.flatMap((word) => (source[word] === undefined ? [] : [`    ${word}: ${source[word]}`]));
  if (lines.length === 0) return text;
  const detection = text.replace(/^(?=.)/gm, '    ');
  return ['logsource:', ...lines, 'detection:', detection].join('\n');
}
