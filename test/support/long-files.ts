import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { type ConvertOptions, convert, type Finding, findingOf } from '../../src/index.ts';
import { convertFiles, longFiles } from '../../src/node/convert-files.ts';
import { type FileConversion, placeIn } from '../../src/node/file-conversion.ts';
import type { InputFile } from '../../src/node/files.ts';

/** The same file cast whole and in stretches, and what there is to compare. */

export function fileAt(path: string): InputFile {
  return { path, below: basename(path), named: true };
}

/** Files cast in stretches of at least so many bytes; of any size they count as long. */
export function inStretches(
  paths: readonly string[],
  options: ConvertOptions,
  part: number,
): readonly FileConversion[] {
  const files = paths.map(fileAt);
  return [...convertFiles(files, options, longFiles(files, options, { long: 0, part }))];
}

export function asWhole(path: string, options: ConvertOptions): readonly FileConversion[] {
  const text = readFileSync(path, 'utf8');
  return [{ file: fileAt(path), text, outcome: convert(text, options), options, ignored: false }];
}

/** All that is written and told: rules in their order, findings in lines and columns of the file. */
export function resultOf(conversions: readonly FileConversion[]) {
  const rules = conversions.flatMap((one) =>
    (one.outcome.ok ? one.outcome.value.rules : []).map(({ diagnostics, rule: _, ...others }) => ({
      ...others,
      diagnostics: findings(one, diagnostics),
    })),
  );
  return {
    text: conversions.map(({ outcome }) => (outcome.ok ? outcome.value.text : '')).join(''),
    rules,
    // Those of a long file come with the stretch that they are about.
    findings: conversions
      .flatMap((one) => findings(one, one.outcome.diagnostics))
      .map((found) => JSON.stringify(found))
      .sort(),
  };
}

function findings(one: FileConversion, found: FileConversion['outcome']['diagnostics']): readonly Finding[] {
  return found.map((each) => findingOf(each, one.file.path, placeIn(one)));
}

/** A rule of Kibana's, as it stands on a line. */
export const ruleOf = (rule_id: string, more: object = {}) => ({
  rule_id,
  name: `Rule ${rule_id}`,
  description: 'Finds things',
  risk_score: 21,
  severity: 'low',
  type: 'eql',
  language: 'eql',
  index: ['logs-endpoint.events.process-*'],
  query: `process where host.os.type == "linux" and event.type == "start" and process.command_line == "${rule_id}"`,
  ...more,
});
