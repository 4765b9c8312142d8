import { isMap } from 'yaml';

import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { isObject } from '../../rule/json.ts';
import { findingOf, sigmaViolations } from '../schemas/index.ts';
import { collected, type OwnDocument } from './collection.ts';
import { placeOf } from './place.ts';
import { documents } from './yaml.ts';

/** What is wrong with the documents of a file, each fault once, at its place. */
export function check(text: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (finding: Diagnostic) => found.push(finding);
  const maps: OwnDocument[] = [];
  for (const { value, node, references } of documents(text, report)) {
    if (isObject(value) && isMap(node)) maps.push({ own: value, node, references });
  }
  for (const { map, node } of collected(maps, report)) {
    for (const violation of sigmaViolations(map)) {
      report(findingOf(violation, (path) => placeOf(node, path.join('.'))));
    }
  }
  return found;
}
