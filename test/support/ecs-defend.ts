import type { Event } from '../../src/match/event.ts';
import { account, type Ecs, hashes, processFields } from './ecs-event.ts';
import { filePath, registryData } from './ecs-parts.ts';
import type { WindowsEvent } from './recordings.ts';

type Said = Readonly<Record<string, string | undefined>>;

/** What Elastic Defend would have stored of what Sysmon saw; undefined where it sees nothing of the kind. */
export function defendEvent({ channel, code, system, said }: WindowsEvent): Event | undefined {
  if (!channel.includes('Sysmon') || !Object.hasOwn(sights, code)) return undefined;
  const texts: Said = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)]));
  const { dataset, category, type, action, fields } = sights[code]!(texts);
  return {
    '@timestamp': (system['TimeCreated'] as { '#attributes'?: Event } | undefined)?.['#attributes']?.[
      'SystemTime'
    ],
    'event.kind': 'event',
    'event.module': 'endpoint',
    'event.dataset': `endpoint.events.${dataset}`,
    'data_stream.dataset': `endpoint.events.${dataset}`,
    'event.category': [category],
    'event.type': type,
    'event.action': action,
    'host.name': system['Computer'],
    'host.os.type': 'windows',
    'host.os.family': 'windows',
    'host.os.platform': 'windows',
    ...account(texts['User']),
    ...processFields('process', texts['Image'], texts['CommandLine']),
    ...processFields('process.parent', texts['ParentImage'], texts['ParentCommandLine']),
    'process.Ext.token.integrity_level_name': integrityOf(texts['IntegrityLevel']),
    'process.pid': Number(texts['ProcessId']),
    'process.entity_id': texts['ProcessGuid'],
    ...fields,
  };
}

interface Sight {
  readonly dataset: string;
  readonly category: string;
  readonly type: readonly string[];
  readonly action: string;
  readonly fields: Ecs;
}

const sights: Readonly<Record<string, (said: Said) => Sight>> = {
  1: (said) => ({ ...process('start', 'start'), fields: startOf(said) }),
  3: (said) => ({ ...network(said), fields: connectionOf(said) }),
  5: () => ({ ...process('end', 'end'), fields: {} }),
  7: (said) => ({
    dataset: 'library',
    category: 'library',
    type: ['start'],
    action: 'load',
    fields: imageOf(said),
  }),
  11: (said) => ({ ...file('creation', 'creation'), fields: fileOf(said) }),
  12: (said) => ({ ...registryKey(said), fields: registryOf(said) }),
  13: (said) => ({ ...registry('change', 'modification'), fields: registryOf(said) }),
  14: (said) => ({ ...registry('change', 'rename'), fields: registryOf(said) }),
  22: (said) => ({
    dataset: 'network',
    category: 'network',
    type: ['protocol', 'start'],
    action: 'lookup_requested',
    fields: { 'network.protocol': 'dns', 'dns.question.name': said['QueryName'] },
  }),
  23: (said) => ({ ...file('deletion', 'deletion'), fields: fileOf(said) }),
  26: (said) => ({ ...file('deletion', 'deletion'), fields: fileOf(said) }),
};

const process = (type: string, action: string) => ({
  dataset: 'process',
  category: 'process',
  type: [type],
  action,
});
const file = (type: string, action: string) => ({ dataset: 'file', category: 'file', type: [type], action });
const registry = (type: string, action: string) => ({
  dataset: 'registry',
  category: 'registry',
  type: [type],
  action,
});

function registryKey({ EventType }: Said) {
  return EventType?.startsWith('Delete')
    ? registry('deletion', 'deletion')
    : registry('creation', 'creation');
}

function network({ Initiated }: Said) {
  const action = Initiated === 'true' ? 'connection_attempted' : 'connection_accepted';
  return { dataset: 'network', category: 'network', type: ['start'], action };
}

/** Of the executable's own words Defend keeps the original name alone. */
function startOf(said: Said): Ecs {
  return {
    'process.parent.pid': Number(said['ParentProcessId']),
    'process.parent.entity_id': said['ParentProcessGuid'],
    'process.working_directory': said['CurrentDirectory'],
    'process.Ext.authentication_id': said['LogonId'],
    ...hashes(said['Hashes'], 'process'),
    ...written('process.pe.original_file_name', said['OriginalFileName']),
  };
}

/** Always a word, whatever label the log has. */
function integrityOf(level: string | undefined): string | undefined {
  const labels = {
    'S-1-16-4096': 'low',
    'S-1-16-8192': 'medium',
    'S-1-16-12288': 'high',
    'S-1-16-16384': 'system',
  };
  return level !== undefined && Object.hasOwn(labels, level)
    ? labels[level as keyof typeof labels]
    : level?.toLowerCase();
}

function imageOf(said: Said): Ecs {
  const { Signed, SignatureStatus } = said;
  const isTrusted = SignatureStatus === 'Valid';
  // What is not signed has the status Unavailable, and the other way round.
  const isSigned = Signed === 'false' || SignatureStatus === 'Unavailable' ? false : Signed && true;
  const { 'dll.directory': _, 'dll.extension': _extension, ...path } = filePath(said['ImageLoaded'], 'dll');
  return {
    ...path,
    ...hashes(said['Hashes'], 'dll'),
    ...written('dll.pe.original_file_name', said['OriginalFileName']),
    ...written('dll.pe.file_version', said['FileVersion']),
    ...(isSigned !== undefined && { 'dll.code_signature.exists': isSigned }),
    'dll.code_signature.trusted': isTrusted,
    ...written('dll.code_signature.subject_name', said['Signature']),
    ...(isTrusted && { 'dll.code_signature.status': 'trusted' }),
  };
}

function fileOf(said: Said): Ecs {
  const { 'file.directory': _, ...path } = filePath(said['TargetFilename']);
  return path;
}

/** Defend names hives and control sets as the kernel does, whole; Sysmon shortens them. */
function registryOf(said: Said): Ecs {
  const path = said['TargetObject']
    ?.replace(/^HKU\\/, 'HKEY_USERS\\')
    .replace(/^HKCR\\/, 'HKLM\\SOFTWARE\\Classes\\')
    .replace(/^HKLM\\System\\CurrentControlSet\\/i, 'HKLM\\SYSTEM\\ControlSet001\\');
  const [hive, ...rest] = path?.split('\\') ?? [];
  return {
    'registry.path': path,
    'registry.hive': hive,
    'registry.key': rest.slice(0, -1).join('\\'),
    'registry.value': rest.at(-1),
    ...registryData(said['Details'], 'REG_'),
  };
}

function connectionOf(said: Said): Ecs {
  return {
    'network.transport': said['Protocol'],
    ...(said['Initiated'] && { 'network.direction': said['Initiated'] === 'true' ? 'egress' : 'ingress' }),
    ...(said['SourceIsIpv6'] && { 'network.type': said['SourceIsIpv6'] === 'true' ? 'ipv6' : 'ipv4' }),
    'source.ip': said['SourceIp'],
    'source.port': Number(said['SourcePort']),
    'destination.ip': said['DestinationIp'],
    'destination.port': Number(said['DestinationPort']),
  };
}

function written(name: string, text: string | undefined): Ecs {
  return text === undefined || text === '' || text === '-' ? {} : { [name]: text };
}
