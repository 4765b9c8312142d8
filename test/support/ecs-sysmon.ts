import { account, type Ecs, hashes, moved, processFields, type Step } from './ecs-event.ts';
import { filePath, registryData } from './ecs-parts.ts';

/** Category, types, action: what Sysmon's events are to ECS, by their number. */
const kinds: Readonly<
  Record<string, readonly [string | readonly string[] | undefined, readonly string[], string]>
> = {
  1: ['process', ['start'], 'Process creation'],
  2: ['file', ['change'], 'A process changed a file creation time'],
  3: ['network', ['start', 'connection', 'protocol'], 'Network connection'],
  4: ['process', ['change'], 'Sysmon service state changed'],
  5: ['process', ['end'], 'Process terminated'],
  6: ['driver', ['start'], 'Driver loaded'],
  7: ['process', ['change'], 'Image loaded'],
  8: ['process', ['change'], 'CreateRemoteThread'],
  9: ['process', ['access'], 'RawAccessRead'],
  10: ['process', ['access'], 'ProcessAccess'],
  11: ['file', ['creation'], 'FileCreate'],
  12: [['configuration', 'registry'], ['change'], 'RegistryEvent (Object create and delete)'],
  13: [['configuration', 'registry'], ['change'], 'RegistryEvent (Value Set)'],
  14: [['configuration', 'registry'], ['change'], 'RegistryEvent (Key and Value Rename)'],
  15: ['file', ['access'], 'FileCreateStreamHash'],
  16: ['configuration', ['change'], 'ServiceConfigurationChange'],
  17: ['file', ['creation'], 'PipeEvent (Pipe Created)'],
  18: ['file', ['access'], 'PipeEvent (Pipe Connected)'],
  19: ['process', ['info'], 'WmiEvent (WmiEventFilter activity detected)'],
  20: ['process', ['change'], 'WmiEvent (WmiEventConsumer activity detected)'],
  21: ['process', ['access'], 'WmiEvent (WmiEventConsumerToFilter activity detected)'],
  22: ['network', ['connection', 'protocol', 'info'], 'DNSEvent (DNS query)'],
  23: ['file', ['deletion'], 'FileDelete (File Delete archived)'],
  24: [undefined, ['change'], 'ClipboardChange (New content in the clipboard)'],
  25: ['process', ['change'], 'ProcessTampering (Process image change)'],
  26: ['file', ['deletion'], 'FileDeleteDetected (File Delete logged)'],
  27: ['file', ['creation'], 'FileBlockExecutable'],
  28: ['file', ['deletion'], 'FileBlockShredding'],
  29: ['file', ['creation'], 'FileExecutableDetected'],
  255: ['process', [], 'Error'],
};

/** Whose hashes an event names. */
const ofProcess = ['1', '23', '24', '25'];
const ofFile = ['6', '7', '15', '26', '29'];

/** What Elastic's pipeline for Sysmon does. */
export const sysmonFields: Step = ({ code }, data) => {
  const [category, types, action] = kinds[code] ?? [undefined, [], undefined];
  const hashed = data['Hash'] ?? data['Hashes'];
  delete data['Hash'];
  delete data['Hashes'];
  const at = ofProcess.includes(code) ? 'process' : ofFile.includes(code) ? 'file' : undefined;
  const user = data['User'];
  delete data['User'];
  delete data['UtcTime'];
  return {
    'event.module': 'sysmon',
    'event.dataset': 'windows.sysmon_operational',
    'data_stream.dataset': 'windows.sysmon_operational',
    ...(category && { 'event.category': category }),
    ...(types.length > 0 && { 'event.type': types }),
    ...(action && { 'event.action': action }),
    ...moved(data, { RuleName: 'rule.name' }),
    ...(at && hashes(hashed, at)),
    ...account(user),
    ...processOf(data),
    ...portableOf(code === '7' ? 'file' : 'process', data),
    ...fileOf(data),
    ...networkOf(code, data),
    ...(['12', '13', '14'].includes(code) && registryOf(data)),
  };
};

function processOf(data: Record<string, string>): Ecs {
  const { paths, lines, ids } = {
    paths: moved(data, { Image: 'own', SourceImage: 'own', Destination: 'own', ParentImage: 'parent' }),
    lines: moved(data, { CommandLine: 'own', ParentCommandLine: 'parent' }),
    ids: moved(data, {
      ProcessGuid: 'process.entity_id',
      SourceProcessGuid: 'process.entity_id',
      SourceProcessGUID: 'process.entity_id',
      TargetProcessGuid: 'winlog.event_data.TargetProcessGUID',
      CurrentDirectory: 'process.working_directory',
      ParentProcessGuid: 'process.parent.entity_id',
    }),
  };
  const numbers = moved(data, {
    ProcessId: 'process.pid',
    SourceProcessId: 'process.pid',
    SourceThreadId: 'process.thread.id',
    ParentProcessId: 'process.parent.pid',
  });
  return {
    ...ids,
    ...Object.fromEntries(Object.entries(numbers).map(([name, text]) => [name, Number(text)])),
    ...processFields('process', paths['own'] as string, lines['own'] as string),
    ...processFields('process.parent', paths['parent'] as string, lines['parent'] as string),
  };
}

/** These stay where they are as well, but for the original name. */
function portableOf(at: 'process' | 'file', data: Record<string, string>): Ecs {
  const { Company, Description, FileVersion, Product } = data;
  return {
    ...moved(data, { OriginalFileName: `${at}.pe.original_file_name` }),
    ...(Company !== undefined && { [`${at}.pe.company`]: Company }),
    ...(Description !== undefined && { [`${at}.pe.description`]: Description }),
    ...(FileVersion !== undefined && { [`${at}.pe.file_version`]: FileVersion }),
    ...(Product !== undefined && { [`${at}.pe.product`]: Product }),
  };
}

function fileOf(data: Record<string, string>): Ecs {
  const { Signature, SignatureStatus } = data;
  const { path } = moved(data, { TargetFilename: 'path', Device: 'path', ImageLoaded: 'path' });
  const flags = moved(data, { Archived: 'sysmon.file.archived', IsExecutable: 'sysmon.file.is_executable' });
  return {
    ...filePath(path as string | undefined),
    ...moved(data, { PipeName: 'file.name' }),
    ...(Signature !== undefined && { 'file.code_signature.subject_name': Signature }),
    ...(SignatureStatus !== undefined && { 'file.code_signature.status': SignatureStatus }),
    ...(SignatureStatus === 'Valid' && { 'file.code_signature.valid': true }),
    ...Object.fromEntries(Object.entries(flags).map(([name, text]) => [name, text === 'true'])),
  };
}

/** What the statuses of queries are called; the others keep their numbers. */
const statuses: Readonly<Record<string, string>> = {
  0: 'SUCCESS',
  5: 'ERROR_ACCESS_DENIED',
  1460: 'ERROR_TIMEOUT',
  9003: 'DNS_ERROR_RCODE_NAME_ERROR',
  9501: 'DNS_INFO_NO_RECORDS',
  9701: 'DNS_ERROR_RECORD_DOES_NOT_EXIST',
};

function networkOf(code: string, data: Record<string, string>): Ecs {
  const { Initiated, SourceIsIpv6, QueryStatus, QueryResults } = data;
  for (const name of ['Initiated', 'SourceIsIpv6', 'DestinationIsIpv6', 'QueryStatus', 'QueryResults'])
    delete data[name];
  const ports = moved(data, { SourcePort: 'source.port', DestinationPort: 'destination.port' });
  const results = QueryResults?.split(';').filter((one) => one !== '' && !one.startsWith('type:'));
  return {
    ...moved(data, {
      Protocol: 'network.transport',
      DestinationPortName: 'network.protocol',
      SourcePortName: 'network.protocol',
      SourceIp: 'source.ip',
      SourceHostname: 'source.domain',
      DestinationIp: 'destination.ip',
      DestinationHostname: 'destination.domain',
      QueryName: 'dns.question.name',
    }),
    ...(code === '22' && { 'network.protocol': 'dns' }),
    ...Object.fromEntries(Object.entries(ports).map(([name, text]) => [name, Number(text)])),
    ...(Initiated !== undefined && { 'network.direction': Initiated === 'true' ? 'egress' : 'ingress' }),
    ...(SourceIsIpv6 !== undefined && { 'network.type': SourceIsIpv6 === 'true' ? 'ipv6' : 'ipv4' }),
    ...(QueryStatus !== undefined && { 'sysmon.dns.status': statuses[QueryStatus] ?? QueryStatus }),
    ...(results?.length && {
      'dns.resolved_ip': results.map((one) => one.replace(/^::ffff:(?=[\d.]+$)/, '')),
    }),
  };
}

const hives: Readonly<Record<string, string>> = {
  HKEY_CLASSES_ROOT: 'HKCR',
  HKCR: 'HKCR',
  HKEY_CURRENT_USER: 'HKCU',
  HKCU: 'HKCU',
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKLM: 'HKLM',
  HKEY_USERS: 'HKU',
  HKU: 'HKU',
};

/** The key has the name of the value at its end here. */
function registryOf(data: Record<string, string>): Ecs {
  const { TargetObject: path, Details } = data;
  delete data['TargetObject'];
  if (path === undefined) return {};
  const [first = '', ...rest] = path.split('\\');
  const hive = Object.hasOwn(hives, first) ? hives[first] : undefined;
  return {
    'registry.path': path,
    ...(hive !== undefined && { 'registry.hive': hive }),
    ...(hive !== undefined && rest.length > 0 && { 'registry.key': rest.join('\\') }),
    'registry.value': path.split('\\').at(-1),
    ...registryData(Details, 'SZ_'),
  };
}
