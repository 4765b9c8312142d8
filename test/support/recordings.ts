import { basename, dirname } from 'node:path';

import { read } from '../../src/convert/convert.ts';
import { values } from '../../src/formats/json-values.ts';
import { languageOf } from '../../src/languages/index.ts';
import type { Event } from '../../src/match/event.ts';
import type { Query } from '../../src/query/query.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { type CorpusFile, corpusFiles, sigmaFiles } from './corpus.ts';
import { must } from './laws.ts';

/** An event of Windows as its event log keeps it: what the system says of it, and what it says itself. */
export interface WindowsEvent {
  readonly provider: string;
  readonly channel: string;
  readonly code: string;
  readonly system: Event;
  /** The names of Sigma's taxonomy, beside one another. */
  readonly said: Readonly<Record<string, unknown>>;
  /** Which of them stand under UserData, as some providers have it. */
  readonly isUserData: boolean;
}

interface Recorded {
  readonly Event: { readonly System: Event; readonly EventData?: Event; readonly UserData?: Event };
}

export function windowsEvent({ Event: { System, EventData, UserData } }: Recorded): WindowsEvent {
  const attributes = (System['Provider'] as { '#attributes'?: { Name?: string } } | undefined)?.[
    '#attributes'
  ];
  const inner = Object.values(UserData ?? {}).filter((value) => typeof value === 'object' && value !== null);
  const code = System['EventID'] as number | { '#text'?: unknown };
  return {
    provider: attributes?.Name ?? '',
    channel: String(System['Channel']),
    code: String(typeof code === 'object' ? code['#text'] : code),
    system: System,
    said: { ...Object.assign({}, ...inner), ...EventData },
    isUserData: EventData === undefined || EventData === null,
  };
}

/** The event in the names that Sigma's rules use. */
export function sigmaEvent({ system, provider, code, said }: WindowsEvent): Event {
  return { ...system, EventID: Number(code), Provider_Name: provider, ...said };
}

/** What SigmaHQ has recorded for a rule. */
export interface Recording {
  readonly name: string;
  readonly file: CorpusFile;
  readonly rule: Rule;
  readonly events: readonly WindowsEvent[];
}

export function recordings(): readonly Recording[] {
  const rules = new Map(sigmaFiles().map((file) => [basename(file.path, '.yml'), file]));
  return corpusFiles('sigma/regression_data', '.json').flatMap(({ path, text }) => {
    const name = basename(dirname(path));
    const file = rules.get(name);
    if (file === undefined) return [];
    const rule = must(read(file.text, { format: 'sigma' })).rules[0]!;
    const events = [...values(text, () => {})].map(({ value }) => windowsEvent(value as unknown as Recorded));
    return [{ name, file, rule, events }];
  });
}

/** What a rule asks, in the language and the names it is written in. */
export function searchOf({ detection }: Rule): Query {
  if (detection.kind !== 'query') throw new Error(detection.kind);
  const { language = 'kuery', text } = detection.query!;
  return must(languageOf(language)!.parse(text));
}
