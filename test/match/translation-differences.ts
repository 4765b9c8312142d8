import type { Store } from '../support/ecs-event.ts';
import type { WindowsEvent } from '../support/recordings.ts';

/** What is compared: an event, and what the translation of a rule asks of it in the names of ECS. */
export interface Compared {
  readonly event: WindowsEvent;
  readonly asked: readonly string[];
  readonly store: Store;
  /** Who wrote the events, where the translation takes it for granted. */
  readonly writer?: Store;
  /** Whether the translation is said to be as good as the rule, and searches this store alone. */
  readonly isPromised: boolean;
}

/** Why a translation may find another thing in a store than its rule finds in the event log. */
export interface Difference {
  readonly why: string;
  /** Met with in what was recorded and what is made of it, and not in what is made up for rules. */
  readonly isOfRecorded?: true;
  readonly holds: (compared: Compared) => boolean;
}

/** What Elastic Defend does not store, by its names in ECS. */
const unknownToDefend =
  /^(?:winlog|sysmon|rule|event\.code|event\.provider|(?:process|dll)\.pe\.(?:company|description|file_version|product)|(?:source|destination)\.domain|dll\.code_signature\.status)\b/;

const said = ({ said: values }: WindowsEvent, field: string) => String(values[field] ?? '');

/** Each is met with; a test sees to it. */
export const differences: readonly Difference[] = [
  {
    why: 'The translation says that it takes events of the other store for granted.',
    holds: ({ writer, store }) => writer !== undefined && writer !== store,
  },
  {
    why: 'Elastic Defend knows nothing of what is asked. The translation searches other events as well, or says so.',
    holds: ({ store, asked, isPromised }) =>
      store === 'defend' && !isPromised && asked.some((field) => unknownToDefend.test(field)),
  },
  {
    why: 'Neither store looks for an extension in what is no path of Windows.',
    isOfRecorded: true,
    holds: ({ event, asked }) =>
      asked.includes('file.extension') && !said(event, 'TargetFilename').includes('\\'),
  },
  {
    why: 'A number that was written as text can not be told from one that was not; the translation says so.',
    holds: ({ event, asked }) =>
      asked.includes('registry.data.strings') && /^\d+$/.test(said(event, 'Details')),
  },
];
