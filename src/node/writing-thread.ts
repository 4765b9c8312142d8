import { parentPort, workerData } from 'node:worker_threads';

import { type Unwritten, type Writing, writeOr } from './writer.ts';

/** The thread of a `Writer`: writes what it is handed, and at the end tells what it could not. */
const done = workerData as Int32Array;
const unwritten: Unwritten[] = [];

parentPort?.on('message', (message: Writing | 'end') => {
  if (message === 'end') {
    parentPort?.postMessage(unwritten);
    parentPort?.close();
    return;
  }
  writeOr(unwritten, message);
  Atomics.add(done, 0, 1);
  Atomics.notify(done, 0);
});
