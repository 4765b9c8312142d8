import type { Opaque, Stage } from '../../../query/query.ts';

/** What Elastic's rules ask for, so that alerts are told apart. */
export const usual: readonly string[] = ['_id', '_version', '_index'];
const word = 'metadata ';

/**
 * The metadata of a source, for which the tree has no word, as a stage of their own; nothing where they are what a
 * query of this kind is printed with.
 */
export function metadataStage(names: readonly string[], stages: readonly Stage[]): readonly Opaque[] {
  const isUsual = names.length === usual.length && usual.every((name) => names.includes(name));
  const asPrinted = impliesUsual(stages) ? isUsual || names.length === 0 : names.length === 0;
  if (asPrinted) return [];
  return [{ kind: 'opaque', language: 'esql', text: `${word}${names.join(', ')}`, keepsEvents: true }];
}

/** Queries that give events, and not groups, are printed with the usual metadata. */
function impliesUsual(stages: readonly Stage[]): boolean {
  return stages.every(
    (stage) => stage.kind !== 'aggregate' && (stage.kind !== 'opaque' || stage.keepsEvents === true),
  );
}

/** The metadata to print, and the stages without the one that tells of them. */
export function metadataOf(stages: readonly Stage[]): {
  readonly names: readonly string[];
  readonly stages: readonly Stage[];
} {
  const [first, ...rest] = stages;
  if (first?.kind === 'opaque' && first.language === 'esql' && first.text.startsWith(word)) {
    return { names: first.text.slice(word.length).split(', '), stages: rest };
  }
  return { names: impliesUsual(stages) ? usual : [], stages };
}
