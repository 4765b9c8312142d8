import { parentPort } from 'node:worker_threads';

import { type Unwritten, type Writing, writeOr } from './writer.ts';

/** The thread of a `Writer`: writes what it is handed, and at the end tells what it could not. */
const unwritten: Unwritten[] = [];

parentPort?.on('message', (message: readonly Writing[] | 'end') => {
  if (message !== 'end') {
    for (const writing of message) writeOr(unwritten, writing);
    return;
  }
  parentPort?.postMessage(unwritten);
  parentPort?.close();
});
