import type { Span } from './source.ts';

export interface Edit extends Span {
  readonly replacement: string;
}

/** Replaces some spans of a text. Every byte outside them stays as its author left it. */
export function edit(text: string, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((a, b) => a.start - b.start);
  let result = '';
  let kept = 0;
  for (const { start, end, replacement } of inOrder) {
    if (start < kept) throw new Error(`Two edits overlap at ${start}.`);
    result += text.slice(kept, start) + replacement;
    kept = end;
  }
  return result + text.slice(kept);
}
