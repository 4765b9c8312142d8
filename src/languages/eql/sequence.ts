import type { Code } from '../../diagnostic/codes.ts';
import type { Sample, Sequence, Step } from '../../query/query.ts';
import { printDuration } from './duration.ts';

/** Something that Elasticsearch does not allow of events that belong together. */
export interface Flaw {
  /** What is allowed, as the beginning of a sentence. */
  readonly fact: string;
  /** What it is called where a query from elsewhere cannot be said. */
  readonly loss: Code;
  readonly step?: Step;
}

const mostRuns = 100;

/** What is wrong with a sequence, whether it was read or is to be printed. */
export function flawsOf(find: Sequence | Sample): readonly Flaw[] {
  return find.kind === 'sequence' ? flawsOfSequence(find) : flawsOfSample(find);
}

function flawsOfSequence({ within, steps, until }: Sequence): readonly Flaw[] {
  const missing = steps.find((step) => step.missing);
  const runs = steps.find(
    (step) => !(Number.isInteger(step.runs) && step.runs >= 1 && step.runs <= mostRuns),
  );
  const uneven = unevenOf(until ? [...steps, until] : steps);
  const isPlainEnd = until === undefined || (until.runs === 1 && !until.missing);
  return [
    flaw(runs, `An event of a sequence runs 1 to ${mostRuns} times`, 'loss/runs'),
    flaw(
      steps.reduce((sum, step) => sum + step.runs, 0) < 2,
      'A sequence is of two events or more',
      'loss/sequence',
    ),
    flaw(uneven, 'The events of a sequence are joined by equally many fields', 'loss/join-key'),
    flaw(
      missing && within === undefined && missing,
      'An event is missing within a maxspan only',
      'loss/missing-event',
    ),
    flaw(
      missing && steps.every((step) => step.missing) && missing,
      'A sequence has an event that is there',
      'loss/missing-event',
    ),
    flaw(!isPlainEnd && until, 'A sequence ends with one event that is there', 'loss/until'),
    flaw(
      within !== undefined && printDuration(within) === undefined,
      'A maxspan is of whole milliseconds, one at least',
      'loss/sequence',
    ),
  ].flat();
}

function flawsOfSample({ by, within, steps }: Sample): readonly Flaw[] {
  return [
    flaw(steps.length < 2, 'A sample is of two events or more', 'loss/sample'),
    flaw(
      by.length === 0 && steps.every((step) => step.by.length === 0),
      'A sample is joined by a field',
      'loss/join-key',
    ),
    flaw(within !== undefined, 'A sample has no maxspan', 'loss/sample'),
    flaw(
      steps.find((step) => step.runs !== 1),
      'An event of a sample is there once',
      'loss/runs',
    ),
    flaw(
      steps.find((step) => step.missing),
      'A sample has no missing events',
      'loss/missing-event',
    ),
  ].flat();
}

/** The first step that is joined by more or fewer fields than the first of all. */
function unevenOf(steps: readonly Step[]): Step | undefined {
  return steps.find((step) => step.by.length !== steps[0]!.by.length);
}

function flaw(found: Step | boolean | undefined, fact: string, loss: Code): readonly Flaw[] {
  if (!found) return [];
  return [found === true ? { fact, loss } : { fact, loss, step: found }];
}
