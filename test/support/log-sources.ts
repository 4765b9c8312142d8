import type { LogSource } from '../../src/rule/rule.ts';
import type { WindowsEvent } from './recordings.ts';

/** What Sysmon calls what Sigma has a category for. */
const sysmon: Readonly<Record<string, string>> = {
  process_creation: '1',
  file_change: '2',
  network_connection: '3',
  process_termination: '5',
  driver_load: '6',
  image_load: '7',
  create_remote_thread: '8',
  raw_access_thread: '9',
  process_access: '10',
  file_event: '11',
  registry_add: '12',
  registry_delete: '12',
  registry_event: '13',
  registry_set: '13',
  registry_rename: '14',
  create_stream_hash: '15',
  pipe_created: '17',
  wmi_event: '20',
  dns_query: '22',
  file_delete: '23',
  clipboard_capture: '24',
  process_tampering: '25',
  file_delete_detected: '26',
  file_block_executable: '27',
  file_block_shredding: '28',
  file_executable_detected: '29',
};

/** The classic channel is left out: its data are one text, and what is made up for a rule is not of its form. */
const powershell: Readonly<Record<string, readonly [channel: string, code: string]>> = {
  ps_script: ['Microsoft-Windows-PowerShell/Operational', '4104'],
  ps_module: ['Microsoft-Windows-PowerShell/Operational', '4103'],
};

const channels: Readonly<Record<string, string>> = {
  security: 'Security',
  system: 'System',
  application: 'Application',
  powershell: 'Microsoft-Windows-PowerShell/Operational',
};

/** What each event of its kind says, whatever else it does. */
const always: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  registry_add: { EventType: 'CreateKey', TargetObject: 'HKLM\\One\\Two' },
  registry_delete: { EventType: 'DeleteValue', TargetObject: 'HKLM\\One\\Two' },
  registry_event: { EventType: 'SetValue', TargetObject: 'HKLM\\One\\Two' },
  registry_set: { EventType: 'SetValue', TargetObject: 'HKLM\\One\\Two' },
};

/** An event of a log source that says nothing more than its kind does; undefined for what is not known here. */
export function bareEvent({ category, product, service }: LogSource): WindowsEvent | undefined {
  if (product !== 'windows') return undefined;
  const event = (provider: string, channel: string, code: string): WindowsEvent => ({
    provider,
    channel,
    code,
    system: { Channel: channel, EventID: Number(code), Computer: 'host' },
    said: always[category ?? ''] ?? {},
    isUserData: false,
  });
  if (category === undefined) {
    const channel = Object.hasOwn(channels, service ?? '') ? channels[service!] : undefined;
    return channel === undefined ? undefined : event(channel, channel, '0');
  }
  if (Object.hasOwn(powershell, category)) return event('PowerShell', ...powershell[category]!);
  if (!Object.hasOwn(sysmon, category)) return undefined;
  return event('Microsoft-Windows-Sysmon', 'Microsoft-Windows-Sysmon/Operational', sysmon[category]!);
}

/** What the system says of an event, and not the event itself. */
const ofSystem = ['Computer', 'EventRecordID', 'Keywords', 'Level', 'Opcode', 'Task', 'Version'];

/**
 * The event with what else it says. A log has texts alone, one of each, leaves out what is empty, and each of its
 * values is of its kind: undefined for an event that no log has.
 */
export function saying(
  event: WindowsEvent,
  more: Readonly<Record<string, unknown>>,
): WindowsEvent | undefined {
  const { EventID: code = event.code, Provider_Name: provider = event.provider, Channel, ...others } = more;
  // Of a log that was cleared another one tells, and always says which.
  const isOfChannel = event.channel === 'System' && String(code) === '104';
  if (Channel !== undefined && Channel !== event.channel && !isOfChannel) return undefined;
  const rest = isOfChannel ? { ...others, Channel: Channel ?? event.channel } : others;
  if (event.provider.endsWith('Sysmon') && (provider !== event.provider || String(code) !== event.code))
    return undefined;
  const texts = Object.entries({ ...event.said, ...rest }).filter(([, value]) => value !== '');
  if (!texts.every(([name, value]) => typeof value !== 'object' && isOfKind(name, String(value))))
    return undefined;
  const system = texts.filter(([name]) => ofSystem.includes(name));
  const said = texts
    .filter(([name]) => !ofSystem.includes(name))
    .map(([name, value]) => [name, String(value)]);
  return {
    ...event,
    code: String(code),
    provider: String(provider),
    system: { ...event.system, EventID: Number(code), ...Object.fromEntries(system) },
    said: Object.fromEntries(said),
    isUserData: event.isUserData || isOfChannel,
  };
}

/** How values of a kind are written; of what stands here no log has others. */
const kinds: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/^(?:Initiated|Signed|SourceIsIpv6|DestinationIsIpv6|IsExecutable|Archived)$/, /^(?:true|false)$/],
  [/^(?:TargetFilename|ImageLoaded|SourceImage|TargetImage|Path|FileName)$/, /^.*\\.*[^\\/.][^\\/]*$/],
  [/^(?:Image|ParentImage|NewProcessName|ParentProcessName|ProcessName)$/, /^(?:.*\\.*[^\\/]|System|other)$/],
  [/^(?:User|ParentUser|SourceUser)$/, /^[^\\]+\\[^\\]+$/],
  [/^Hash(?:es)?$/, /^(?:(?:MD5|IMPHASH)=[0-9A-F]{32}|SHA1=[0-9A-F]{40}|SHA256=[0-9A-F]{64})$/],
  [/(?:Port|ProcessId)$|^Level$/, /^\d+$/],
  [/^SignatureStatus$/, /^(?:Expired|Revoked|Unavailable|Valid)$/],
  [/^EventType$/, /^(?:Create|Delete|Rename|Set)(?:Key|Value)$/],
  [/^IntegrityLevel$/, /^(?:System|High|Medium|Low|Untrusted|S-1-16-\d+)$/],
  [/^Keywords$/, /^0x[0-9a-f]+$/],
  [/Ip$|^IpAddress$/, /^(?:\d+(?:\.\d+){3}|[0-9a-f:]+)$/],
];

function isOfKind(name: string, value: string): boolean {
  return kinds.every(([names, values]) => !names.test(name) || values.test(value));
}
