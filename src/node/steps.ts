import { channel } from 'node:diagnostics_channel';

/** Something that a run has done, and how long it took. */
export interface DoneStep {
  readonly what: 'read' | 'cast' | 'wrote';
  readonly path: string;
  readonly bytes?: number;
  readonly milliseconds: number;
}

const steps = channel('rulecast:step');

/** Does a step, and tells of it whoever wants to know. Nobody does, mostly, and then no clock is asked. */
export function step<T>(what: DoneStep['what'], path: string, work: () => T, bytes?: (done: T) => number): T {
  if (!steps.hasSubscribers) return work();
  const start = performance.now();
  const done = work();
  const milliseconds = performance.now() - start;
  steps.publish({ what, path, milliseconds, ...(bytes && { bytes: bytes(done) }) } satisfies DoneStep);
  return done;
}

export function onStep(told: (done: DoneStep) => void): void {
  steps.subscribe((message) => told(message as DoneStep));
}
