import type { Action, Transformation } from '../pipeline.ts';
import { extracted } from './extract.ts';
import { hashesApart } from './hashes.ts';
import { type Change, dropped } from './leaf.ts';
import { type Run, refused } from './run.ts';
import { type Valuing, valueChangeOf } from './value-changes.ts';

/** The actions on single tests, but for their names. */
export type Testing =
  | Valuing
  | Extract<
      Action,
      { kind: 'drop_detection_item' | 'hashes_fields' | 'extract_fields' | 'detection_item_failure' }
    >;

/** What such an action makes of each test that it is for. */
export function changeOf(action: Testing, transformation: Transformation, run: Run): Change {
  switch (action.kind) {
    case 'drop_detection_item':
      return () => dropped;
    case 'hashes_fields':
      return (leaf, positive) => hashesApart(leaf, action, transformation, run, positive);
    case 'extract_fields':
      return (leaf, positive) => extracted(leaf, action, transformation, run, positive);
    case 'detection_item_failure':
      return (leaf) => {
        throw refused(transformation, action.message, 'span' in leaf && leaf.span ? { span: leaf.span } : {});
      };
    default:
      return valueChangeOf(action, transformation, run);
  }
}
