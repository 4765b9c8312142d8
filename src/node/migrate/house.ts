import type { FormatId, LogSource, Rule } from '../../index.ts';

/**
 * Names of files as the house of the target has them: `defense_evasion_words.toml`, `proc_creation_win_words.yml`. The words
 * are those of the source's own name; before them stands a word of a closed list, never a text of the rule.
 */
export function houseName(stem: string, to: FormatId, rule: Rule | undefined): string {
  const words = wordsOf(stem);
  switch (to) {
    case 'elastic':
      return joined(tacticOf(rule), words);
    case 'sigma':
      return shortened(joined(rule === undefined ? 'mf' : prefixOf(rule), words));
    case 'kibana':
    case 'native':
      return words || stem;
    default:
      return to satisfies never;
  }
}

const tactics = [
  'reconnaissance',
  'resource_development',
  'initial_access',
  'execution',
  'persistence',
  'privilege_escalation',
  'defense_evasion',
  'stealth',
  'defense_impairment',
  'credential_access',
  'discovery',
  'lateral_movement',
  'collection',
  'command_and_control',
  'exfiltration',
  'impact',
] as const;

/** The first is the one that names the file. */
function tacticOf(rule: Rule | undefined): string {
  const name = rule?.threat?.[0]?.tactic?.name ?? '';
  const word = plain(name);
  return tactics.find((one) => one === word) ?? '';
}

const systems: Readonly<Record<string, string>> = { windows: 'win', linux: 'lnx', macos: 'macos' };

/** How names begin by category; `*` is the system. */
const categories: Readonly<Record<string, string>> = {
  process_creation: 'proc_creation_*',
  process_access: 'proc_access_*',
  process_tampering: 'proc_tampering_*',
  file_event: 'file_event_*',
  file_access: 'file_access_*',
  file_change: 'file_change_*',
  file_delete: 'file_delete_*',
  file_rename: 'file_rename_*',
  registry_event: 'registry_event',
  registry_set: 'registry_set',
  registry_add: 'registry_add',
  registry_delete: 'registry_delete',
  image_load: 'image_load',
  driver_load: 'driver_load_*',
  network_connection: 'net_connection_*',
  dns_query: 'dns_query_*',
  pipe_created: 'pipe_created',
  create_remote_thread: 'create_remote_thread_*',
  create_stream_hash: 'create_stream_hash',
  raw_access_thread: 'raw_access_thread',
  wmi_event: 'wmi_event',
  ps_script: 'posh_ps',
  ps_module: 'posh_pm',
  ps_classic_start: 'posh_pc',
  webserver: 'web',
  proxy: 'proxy',
  dns: 'net_dns',
  firewall: 'net_firewall',
};

const products: Readonly<Record<string, string>> = {
  ...systems,
  aws: 'aws',
  azure: 'azure',
  gcp: 'gcp',
  okta: 'okta',
  github: 'github',
  m365: 'microsoft365',
  kubernetes: 'kubernetes',
};

const services = ['security', 'system', 'application', 'powershell', 'sysmon', 'auditd', 'auth', 'syslog'];

function prefixOf({ detection, logSource }: Rule): string {
  return detection?.kind === 'correlation' ? 'mr' : sourcePrefix(logSource ?? {});
}

function sourcePrefix({ category = '', product = '', service = '' }: LogSource): string {
  const known = Object.hasOwn(categories, category) ? categories[category] : undefined;
  const system = Object.hasOwn(systems, product) ? systems[product]! : '';
  if (known !== undefined) return known.replace(/_\*$/, system === '' ? '' : `_${system}`);
  if (!Object.hasOwn(products, product)) return '';
  return services.includes(service) ? `${products[product]}_${service}` : products[product]!;
}

/** Every word that a name may begin with, the longest first. */
const beginnings = [
  ...tactics,
  ...Object.values(categories).flatMap((one) =>
    one.endsWith('_*') ? Object.values(systems).map((system) => one.replace('*', system)) : [one],
  ),
  ...Object.values(products).flatMap((one) => [...services.map((service) => `${one}_${service}`), one]),
  'mr',
  'mf',
].sort((a, b) => b.length - a.length);

/** The words of a name, without those that only say what kind of rule it is. */
function wordsOf(stem: string): string {
  const words = plain(stem);
  const first = beginnings.find((one) => words.startsWith(`${one}_`));
  return first === undefined ? words : words.slice(first.length + 1);
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

function joined(prefix: string, words: string): string {
  return [prefix, words].filter((one) => one !== '').join('_') || 'rule';
}

/** Sigma's names have 70 characters at most, with their ending; they are cut between words. */
function shortened(name: string): string {
  const most = 66;
  if (name.length <= most) return name;
  const cut = name.slice(0, most + 1).lastIndexOf('_');
  return name.slice(0, cut > 0 ? cut : most);
}
