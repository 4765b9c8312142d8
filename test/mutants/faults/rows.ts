import type { Table } from '../../../src/mapping/table.ts';
import { eql, type Fault, fromEql } from './fault.ts';

const source = 'None: it is wrong.';

const windows = { product: 'windows' } as const;

function row(fault: string, hint: string, table: Omit<Table, 'title' | 'version'>, journey = eql): Fault {
  return { fault, hint, table: { title: fault, version: 1, ...table }, ...journey };
}

/** Rows of the tables. */
export const rows: readonly Fault[] = [
  row('A row names the parent for the process', 'Image\\|endswith', {
    fields: [{ sigma: 'Image', ecs: 'process.parent.executable', scope: windows, source }],
  }),
  row('A row names the process for the parent', 'ParentImage', {
    fields: [{ sigma: 'ParentImage', ecs: 'process.executable', scope: windows, source }],
  }),
  row('A row takes one kind of event for another', 'EventID', {
    fields: [
      {
        sigma: 'EventID',
        ecs: 'event.code',
        change: { kind: 'words', words: { 4625: '4624', 4688: '4689', 7045: '7036' } },
        source,
      },
    ],
  }),
  row('A row of words has them the wrong way round', 'Initiated', {
    fields: [
      {
        sigma: 'Initiated',
        ecs: 'network.direction',
        change: { kind: 'words', words: { true: 'ingress', false: 'egress' } },
        source,
      },
    ],
  }),
  row('A row of a log source has lost a test', 'process_creation', {
    logSources: [
      {
        sigma: { category: 'process_creation', product: 'windows' },
        category: 'process',
        where: [{ field: 'host.os.type', is: ['windows'] }],
        source,
      },
    ],
  }),
  row('A row of a log source names another system', 'linux', {
    logSources: [
      {
        sigma: { category: 'process_creation', product: 'linux' },
        category: 'process',
        where: [
          { field: 'event.type', is: ['start'] },
          { field: 'host.os.type', is: ['macos'] },
        ],
        source,
      },
    ],
  }),
  row(
    'A row takes the folder of a process for its program',
    'process.executable',
    {
      fields: [{ sigma: 'CurrentDirectory', ecs: 'process.executable', scope: windows, source }],
    },
    fromEql,
  ),
];
