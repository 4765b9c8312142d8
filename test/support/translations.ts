import { convert } from '../../src/convert/convert.ts';
import { type Acceptable, type Fidelity, gradeOf } from '../../src/convert/fidelity.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { LanguageId } from '../../src/languages/language.ts';
import type { Query } from '../../src/query/query.ts';
import type { CorpusFile } from './corpus.ts';
import type { Store } from './ecs-event.ts';
import { must } from './laws.ts';
import { searchOf } from './recordings.ts';

/** A rule of Sigma's in a language of Elastic's, as it reads back. */
export interface Translation {
  readonly fidelity: Fidelity;
  /** The grade for events with one value a field, as all of these have. */
  readonly judged: Fidelity;
  readonly codes: readonly string[];
  /** Absent where nothing was written. */
  readonly query?: Query;
  /** Whose events its index patterns find. */
  readonly stores: readonly Store[];
  /** Who wrote the events, where the translation takes it for granted. */
  readonly writer?: Store;
}

export function translate(
  { text }: CorpusFile,
  language: LanguageId | undefined,
  allow: readonly Acceptable[],
): Translation {
  const options = { to: 'elastic', allow, ...(language && { language }) } as const;
  const { fidelity, diagnostics, written } = must(convert(text, options)).rules[0]!;
  const rule = written.at(-1);
  const writer = writerIn(diagnostics);
  const query = rule?.detection.kind === 'query' ? searchOf(rule) : undefined;
  const others = diagnostics.filter(({ code }) => code !== 'loss/many-values');
  // Rules in ES|QL say in their text what they search.
  const indices = query && query.from.length > 0 ? query.from : (rule?.indices ?? []);
  return {
    fidelity,
    judged: rule ? gradeOf(others, false) : fidelity,
    codes: [...new Set(diagnostics.map(({ code }) => code))],
    ...(query && { query }),
    ...(writer && { writer }),
    stores: (['winlog', 'defend'] as const).filter((store) => indices.some((index) => isOf(index, store))),
  };
}

/** Whose events an index pattern finds. */
function isOf(index: string, store: Store): boolean {
  if (store === 'defend') return index.startsWith('logs-endpoint.');
  return /^(?:winlogbeat|logs-(?:windows|system)\.)/.test(index);
}

const writers: readonly (readonly [sentence: string, store: Store])[] = [
  ['Sysmon wrote the event', 'winlog'],
  ['Elastic Defend wrote the event', 'defend'],
];

function writerIn(diagnostics: readonly Diagnostic[]): Store | undefined {
  const assumed = diagnostics.filter(({ code }) => code === 'mapping/assumption');
  return writers.find(([sentence]) => assumed.some(({ message }) => message.includes(sentence)))?.[1];
}
