import type { Store } from '../support/ecs-event.ts';
import type { WindowsEvent } from '../support/recordings.ts';

/** Why a translation may find another thing in a store than its rule does in the event log. */
export interface Difference {
  readonly why: string;
  readonly store?: Store;
  /** Only what the rule finds is at stake, or only what it does not. */
  readonly wanted?: boolean;
  /** Of the event as the log has it, and the fields that the rule tests. */
  readonly holds: (event: WindowsEvent, fields: readonly string[]) => boolean;
}

const said = ({ said: values }: WindowsEvent, field: string) => String(values[field] ?? '');

/** Each is met by something that was recorded, or made of it. */
export const differences: readonly Difference[] = [
  {
    why: 'Elastic Defend keeps no word of an executable about itself but its original name.',
    store: 'defend',
    holds: (_, fields) =>
      ['Company', 'Description', 'FileVersion', 'Product'].some((one) => fields.includes(one)),
  },
  {
    why: 'Elastic Defend names the hives of users and the control sets whole; the translation says that it takes Sysmon for granted.',
    store: 'defend',
    wanted: true,
    holds: (event, fields) =>
      fields.includes('TargetObject') &&
      /^(?:HKU|HKCR)\\|\\CurrentControlSet\\/i.test(said(event, 'TargetObject')),
  },
  {
    why: 'A hyphen stands for nothing in the event log, and is not stored. Sigma takes it for a value.',
    holds: (event, fields) => fields.some((field) => said(event, field) === '-'),
  },
  {
    why: 'Neither store looks for an extension in what is no path of Windows.',
    wanted: true,
    holds: (event, fields) =>
      fields.includes('TargetFilename') && !said(event, 'TargetFilename').includes('\\'),
  },
];
