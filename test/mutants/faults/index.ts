import { writersOfEql } from './eql-printer.ts';
import type { Fault } from './fault.ts';
import { files } from './files.ts';
import { findings } from './findings.ts';
import { mapping } from './mapping.ts';
import { otherWriters } from './printers.ts';
import { readers } from './readers.ts';
import { rows } from './rows.ts';
import { severalEvents } from './several-events.ts';

/** Every fault that is put into the program, each alone. */
export const faults: readonly Fault[] = [
  ...writersOfEql,
  ...otherWriters,
  ...readers,
  ...severalEvents,
  ...mapping,
  ...rows,
  ...findings,
  ...files,
];
