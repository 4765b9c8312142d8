import { type Ecs, moved, processFields, type Step, worded } from './ecs-event.ts';

/** Category, types, action of what is met most; the others have a code and no kind here. */
const kinds: Readonly<Record<string, readonly [readonly string[], readonly string[], string]>> = {
  1102: [['iam'], ['admin', 'change'], 'audit-log-cleared'],
  4624: [['authentication'], ['start'], 'logged-in'],
  4625: [['authentication'], ['start'], 'logon-failed'],
  4634: [['authentication'], ['end'], 'logged-out'],
  4648: [['authentication'], ['start'], 'logged-in-explicit'],
  4657: [['registry', 'configuration'], ['change'], 'registry-value-modified'],
  4672: [['iam'], ['admin'], 'logged-in-special'],
  4688: [['process'], ['start'], 'created-process'],
  4689: [['process'], ['end'], 'exited-process'],
  4697: [['iam', 'configuration'], ['admin', 'change'], 'service-installed'],
  4698: [['iam', 'configuration'], ['creation', 'admin'], 'scheduled-task-created'],
  4719: [['iam', 'configuration'], ['admin', 'change'], 'changed-audit-config'],
  4720: [['iam'], ['user', 'creation'], 'added-user-account'],
  4732: [['iam'], ['group', 'change'], 'added-member-to-group'],
  4738: [['iam'], ['user', 'change'], 'modified-user-account'],
  4768: [['authentication'], ['start'], 'kerberos-authentication-ticket-requested'],
  4769: [['authentication'], ['start'], 'kerberos-service-ticket-requested'],
  4776: [['authentication'], ['start'], 'credential-validated'],
};

/** Their account is the one that logged on; that of others is the one that did it. */
const ofTarget = [
  '4624',
  '4625',
  '4634',
  '4647',
  '4740',
  '4768',
  '4769',
  '4770',
  '4771',
  '4776',
  '4778',
  '4779',
];

const logons = {
  2: 'Interactive',
  3: 'Network',
  4: 'Batch',
  5: 'Service',
  7: 'Unlock',
  8: 'NetworkCleartext',
  9: 'NewCredentials',
  10: 'RemoteInteractive',
  11: 'CachedInteractive',
};

/** What Elastic's pipeline for the Security log does with what is met most. It copies accounts, and moves the rest. */
export const securityFields: Step = ({ code }, data) => {
  const kind = Object.hasOwn(kinds, code) ? kinds[code] : undefined;
  const who = ofTarget.includes(code) ? 'Target' : 'Subject';
  return {
    'event.module': 'security',
    'event.dataset': 'system.security',
    'data_stream.dataset': 'system.security',
    ...(kind && { 'event.category': kind[0], 'event.type': kind[1], 'event.action': kind[2] }),
    ...copied(data, {
      [`${who}UserName`]: 'user.name',
      [`${who}DomainName`]: 'user.domain',
      [`${who}UserSid`]: 'user.id',
      SubjectLogonId: 'winlog.logon.id',
    }),
    ...worded('winlog.logon.type', logons, data['LogonType']),
    ...(code === '4688' ? startOf(data) : accessOf(code, data)),
  };
};

function startOf(data: Record<string, string>): Ecs {
  const { image, parent } = moved(data, { NewProcessName: 'image', ParentProcessName: 'parent' });
  const { pid } = moved(data, { NewProcessId: 'pid' });
  return {
    ...processFields('process', image as string, data['CommandLine']),
    ...processFields('process.parent', parent as string),
    ...(pid !== undefined && { 'process.pid': Number(pid) }),
    ...(data['ProcessId'] !== undefined && { 'process.parent.pid': Number(data['ProcessId']) }),
  };
}

/** Codes whose process and address are moved; the list is the pipeline's. */
const accesses =
  /^(1100|1102|110[458]|4624|4625|4648|467[034]|4689|4697|4719|47[2-5]\d|476[0-47-9]|477[01]|479[89]|4817|490[457]|4912|514[05])$/;

function accessOf(code: string, data: Record<string, string>): Ecs {
  if (/^515[2678]$/.test(code)) return packetOf(data);
  if (!accesses.test(code)) return {};
  const { path } = moved(data, { ProcessName: 'path' });
  const { pid, port } = moved(data, { ProcessId: 'pid', IpPort: 'port' });
  return {
    ...processFields('process', path as string),
    ...(pid !== undefined && { 'process.pid': Number(pid) }),
    ...(port !== undefined && { 'source.port': Number(port) }),
    ...moved(data, { IpAddress: 'source.ip', WorkstationName: 'source.domain', ClientAddress: 'related.ip' }),
    ...shareOf(code, data),
  };
}

/** What the Windows Filtering Platform lets through or not. */
function packetOf(data: Record<string, string>): Ecs {
  const { path } = moved(data, { Application: 'path' });
  const { from, to } = moved(data, { SourcePort: 'from', DestPort: 'to' });
  return {
    ...processFields('process', path as string),
    ...moved(data, { SourceAddress: 'source.ip', DestAddress: 'destination.ip' }),
    ...(from !== undefined && { 'source.port': Number(from) }),
    ...(to !== undefined && { 'destination.port': Number(to) }),
  };
}

function shareOf(
  code: string,
  { RelativeTargetName: name, ShareLocalPath: folder }: Record<string, string>,
): Ecs {
  if (code !== '5145' && code !== '5140') return {};
  return {
    ...(name !== undefined && { 'file.name': name }),
    ...(folder !== undefined && { 'file.directory': folder }),
    ...(name !== undefined && folder !== undefined && { 'file.path': `${folder}\\${name}` }),
    ...(name?.includes('.') && { 'file.extension': name.slice(name.lastIndexOf('.') + 1) }),
  };
}

function copied(data: Record<string, string>, names: Readonly<Record<string, string>>): Ecs {
  return moved({ ...data }, names);
}
