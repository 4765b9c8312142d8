import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { values } from '../../src/formats/json-values.ts';
import { languageOf } from '../../src/languages/index.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import { type CorpusFile, corpusFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

/** Events of Windows as SigmaHQ keeps them: what the system says of an event, and what the event says. */
interface Recorded {
  readonly Event: { readonly System: Event; readonly EventData?: Event; readonly UserData?: Event };
}

/** The names of Sigma's taxonomy stand beside one another. */
function flat({ Event: { System, EventData = {}, UserData = {} } }: Recorded): Event {
  const provider = (System['Provider'] as { '#attributes'?: { Name?: string } } | undefined)?.['#attributes'];
  const inner = Object.values(UserData).filter((value) => typeof value === 'object' && value !== null);
  return { ...System, Provider_Name: provider?.Name, ...Object.assign({}, ...inner), ...EventData };
}

const rules = new Map(sigmaFiles().map((file) => [basename(file.path, '.yml'), file]));
const recordings = corpusFiles('sigma/regression_data', '.json');

function ruleOf({ path }: CorpusFile): CorpusFile | undefined {
  return rules.get(basename(dirname(path)));
}

describe.skipIf(without)('rules of Sigma match what was recorded for them (set CORPUS to run)', () => {
  test.each(recordings.filter(ruleOf).map((file) => [basename(dirname(file.path)), file] as const))(
    '%s',
    (_, file) => {
      const { detection } = must(read(ruleOf(file)!.text, { format: 'sigma' })).rules[0]!;
      if (detection.kind !== 'query') throw new Error(detection.kind);
      const query = must(languageOf('sigma')!.parse(detection.query!.text));
      const events = [...values(file.text, () => {})].map(({ value }) => flat(value as unknown as Recorded));
      expect(match(query, events).length).toBeGreaterThan(0);
    },
  );
});
