import { parentPort, workerData } from 'node:worker_threads';

import { type ConvertOptions, convert } from '../../index.ts';
import type { Answered, Asked } from './casts-apart.ts';

/** A thread of a migration: casts the texts that it is handed. */
parentPort?.on('message', ({ number, text, today }: Asked) => {
  const options: ConvertOptions = {
    ...(workerData as ConvertOptions),
    ...(today !== undefined && { today }),
  };
  const answer: Answered = { number, outcome: convert(text, options) };
  parentPort?.postMessage(answer);
});
