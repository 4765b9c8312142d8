import {
  type Conflict,
  type Diagnostic,
  type FormatId,
  type Merged,
  merge,
  read,
  type Span,
} from '../../index.ts';
import type { MergeTexts, Versions } from './model.ts';

/** What the changes of two sides come to together. */
export interface Together {
  /** Both, as far as they go together; undefined where nothing could be put together. */
  readonly text?: string;
  /** What is to be said of that text. */
  readonly found: readonly Diagnostic[];
  /** What does not go together; none where all does. */
  readonly conflicts: readonly Conflict[];
  /** Why nothing was put together. */
  readonly reasons: readonly Diagnostic[];
}

const apart: Together = { found: [], conflicts: [], reasons: [] };

/** Merges, unless nobody wants that. A merge that fails is a conflict like any other, whatever it fails of. */
export function putTogether(
  { base, ours, theirs }: Omit<Versions, 'base'> & { readonly base?: string },
  format: FormatId,
  mergeTexts: MergeTexts | false = merge,
): Together {
  if (mergeTexts === false || base === undefined) return apart;
  try {
    const outcome = mergeTexts({ base, ours, theirs }, { format });
    if (!outcome.ok) return { ...apart, reasons: outcome.diagnostics.map(reasonOf) };
    const { text, conflicts }: Merged = outcome.value;
    return { text, found: outcome.diagnostics.map(withoutPlace), conflicts, reasons: [] };
  } catch (error) {
    const message = `The merge failed by itself (${(error as Error).message}), so nothing was merged. Please report this.`;
    return { ...apart, reasons: [{ code: 'migrate/conflict', message }] };
  }
}

/** Its place is one in a text that is about to be another. */
function withoutPlace({ span: _, ...found }: Diagnostic): Diagnostic {
  return found;
}

/** Only places in the text that stands in the target are of use to who reads this. */
function reasonOf({ span, ...found }: Diagnostic): Diagnostic {
  return { ...found, ...(span && found.path === 'ours' && { span }) };
}

/** Conflicts in their own words, at their places in a text, each with its rule where the text holds several. */
export function conflictsIn(
  text: string,
  format: FormatId,
  conflicts: readonly Conflict[],
  code: 'migrate/conflict' | 'migrate/chosen',
): readonly Diagnostic[] {
  if (conflicts.length === 0) return [];
  const outcome = read(text, { format });
  const rules = outcome.ok ? outcome.value.rules : [];
  return conflicts.map(({ where, message, rule: name }): Diagnostic => {
    const rule = name === undefined ? rules[0] : rules.find(({ id, title }) => name === (id ?? title));
    const span: Span | undefined =
      where === 'query' && rule && 'query' in rule.detection ? rule.detection.query?.span : undefined;
    const of = name === undefined ? '' : `${rule?.title ?? name}: `;
    return { code, message: `${of}${message}`, path: where, ...(span && { span }) };
  });
}
