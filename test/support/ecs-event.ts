import type { Event } from '../../src/match/event.ts';
import { argumentsOf } from './command-line.ts';
import { defendEvent } from './ecs-defend.ts';
import { powershellFields } from './ecs-powershell.ts';
import { securityFields } from './ecs-security.ts';
import { sysmonFields } from './ecs-sysmon.ts';
import type { WindowsEvent } from './recordings.ts';

/**
 * Who stores what Windows tells: Winlogbeat and Elastic's Windows integration, which put the event log into ECS, or
 * Elastic Defend, which watches for itself. Written by hand from what their pipelines do and from what they document,
 * and not from the tables of `mappings/`: what both agree on has been said twice.
 */
export type Store = 'winlog' | 'defend';

/** Fields of ECS, by their whole names. */
export type Ecs = Record<string, unknown>;

/** The event as it is stored; undefined where that store has no such event. */
export function ecsEvent(event: WindowsEvent, store: Store): Event | undefined {
  return store === 'winlog' ? winlogEvent(event) : defendEvent(event);
}

/** By provider and channel, as Winlogbeat routes events. */
function winlogEvent(event: WindowsEvent): Event {
  const data = texts(event.said);
  const ecs: Ecs = {};
  for (const step of [envelope, ...stepsFor(event)]) Object.assign(ecs, step(event, data));
  const at = event.isUserData ? 'winlog.user_data' : 'winlog.event_data';
  for (const [name, value] of Object.entries(data)) ecs[`${at}.${name}`] = value;
  return ecs;
}

/** Takes out of the data what it has put into ECS. */
export type Step = (event: WindowsEvent, data: Record<string, string>) => Ecs;

function stepsFor({ channel, provider }: WindowsEvent): readonly Step[] {
  if (channel.includes('Sysmon')) return [sysmonFields];
  if (channel === 'Security') return [securityFields];
  return /PowerShell/i.test(`${channel}${provider}`) ? [powershellFields] : [];
}

const envelope: Step = ({ provider, channel, code, system }) => {
  const attributes = (name: string) =>
    (system[name] as { '#attributes'?: Event } | undefined)?.['#attributes'];
  return {
    '@timestamp': attributes('TimeCreated')?.['SystemTime'],
    'event.kind': 'event',
    'event.code': code,
    'event.provider': provider,
    'winlog.provider_name': provider,
    'winlog.event_id': code,
    'winlog.channel': channel,
    'winlog.computer_name': system['Computer'],
    'winlog.user.identifier': attributes('Security')?.['UserID'],
    'winlog.process.pid': attributes('Execution')?.['ProcessID'],
    'winlog.process.thread.id': attributes('Execution')?.['ThreadID'],
    'user.id': attributes('Security')?.['UserID'],
    ...worded('log.level', levels, system['Level']),
    ...worded('winlog.keywords', outcomes, system['Keywords']),
    'host.name': system['Computer'],
    'host.os.type': 'windows',
    'host.os.family': 'windows',
    'host.os.platform': 'windows',
  };
};

const levels = { 0: 'information', 1: 'critical', 2: 'error', 3: 'warning', 4: 'information', 5: 'verbose' };
const outcomes = { '0x8010000000000000': 'Audit Failure', '0x8020000000000000': 'Audit Success' };

/** What a number of the log is called where there is a name for it. */
export function worded(field: string, words: Readonly<Record<string, string>>, value: unknown): Ecs {
  return Object.hasOwn(words, String(value)) ? { [field]: words[String(value)] } : {};
}

/** The event log has texts alone. What it has no value for has `-`, or nothing, and is not stored. */
function texts(said: WindowsEvent['said']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said)
      .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== '-')
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

/** Takes values out of the data under the names that they have in ECS. */
export function moved(data: Record<string, string>, names: Readonly<Record<string, string>>): Ecs {
  const ecs: Ecs = {};
  for (const [name, to] of Object.entries(names)) {
    if (data[name] === undefined) continue;
    ecs[to] = data[name];
    delete data[name];
  }
  return ecs;
}

/** `DOMAIN\name` in two fields; anything else is not understood. */
export function account(text: string | undefined, at = 'user'): Ecs {
  const [domain, name, ...more] = text?.split('\\') ?? [];
  return name === undefined || more.length > 0 ? {} : { [`${at}.domain`]: domain, [`${at}.name`]: name };
}

/** What stands in a path, and in a command line. */
export function processFields(at: 'process' | 'process.parent', path?: string, line?: string): Ecs {
  const name = path === undefined ? undefined : lastPart(path);
  const args = line === undefined ? undefined : argumentsOf(line);
  return {
    ...(path !== undefined && { [`${at}.executable`]: path }),
    ...(name !== undefined && { [`${at}.name`]: name }),
    ...(args !== undefined && {
      [`${at}.command_line`]: line,
      [`${at}.args`]: args,
      [`${at}.args_count`]: args.length,
    }),
  };
}

/** What follows the last backslash; undefined if there is none, or nothing behind it. */
export function lastPart(path: string): string | undefined {
  const cut = path.lastIndexOf('\\');
  return cut < 0 || cut === path.length - 1 ? undefined : path.slice(cut + 1);
}

/** `MD5=…,SHA256=…` as hashes in small letters; IMPHASH is of the executable format. Zeros are none. */
export function hashes(text: string | undefined, at: string): Ecs {
  const ecs: Ecs = {};
  for (const [, name = '', value = ''] of text?.matchAll(/([^,=]+)=([^,]*)/g) ?? []) {
    if (/^0*$/.test(value)) continue;
    const isOfFormat = name.toLowerCase() === 'imphash';
    ecs[`${at}.${isOfFormat ? 'pe' : 'hash'}.${name.toLowerCase()}`] = value.toLowerCase();
  }
  return ecs;
}
