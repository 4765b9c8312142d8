/** A network of addresses: IPv4 of 32 bits, IPv6 of 128. */
export interface Network {
  readonly version: 4 | 6;
  readonly address: bigint;
  /** How many of the first bits all its addresses share. */
  readonly prefix: number;
}

/** Reads `10.0.0.0/8`, `fe80::/10`, a lone address; undefined for anything else. */
export function readNetwork(text: string): Network | undefined {
  const [, host = '', length] = /^([0-9A-Fa-f.:]{1,60})(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = host.includes(':') ? 6 : 4;
  const address = version === 6 ? readSix(host) : readFour(host);
  const bits = version === 6 ? 128 : 32;
  const prefix = length === undefined ? bits : Number(length);
  return address === undefined || prefix > bits ? undefined : { version, address, prefix };
}

/** The network without the bits that tell its addresses apart. */
export function withoutHost({ version, address, prefix }: Network): Network {
  const rest = BigInt((version === 6 ? 128 : 32) - prefix);
  return { version, address: (address >> rest) << rest, prefix };
}

/** One spelling for one network, the shortest: `2001:db8::/32`, never `2001:0DB8:0::/32`. */
export function printNetwork({ version, address, prefix }: Network): string {
  return `${version === 6 ? printSix(address) : printFour(address)}/${prefix}`;
}

/** The one spelling of a network that is written here in any way; other texts stay as they are. */
export function normalNetwork(text: string): string {
  const network = readNetwork(text);
  return network ? printNetwork(withoutHost(network)) : text;
}

function readFour(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function readSix(text: string): bigint | undefined {
  const [before = '', after, more] = text.split('::');
  if (more !== undefined) return undefined;
  const head = readGroups(before);
  const tail = after === undefined ? [] : readGroups(after);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce(
    (sum, group) => sum * 65536n + group,
    0n,
  );
}

/** Groups of four digits between colons; the last two may be written as an IPv4 address. */
function readGroups(text: string): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const four = readFour(groups.at(-1)!);
  const plain = four === undefined ? groups : groups.slice(0, -1);
  if (!plain.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  const tail = four === undefined ? [] : [four >> 16n, four & 0xffffn];
  return [...plain.map((group) => BigInt(`0x${group}`)), ...tail];
}

function printFour(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

function printSix(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const text = groups.join(':');
  const runs = [...text.matchAll(/\b0(?::0)+\b/g)];
  const [longest] = runs.sort((a, b) => b[0].length - a[0].length);
  if (!longest) return text;
  const { index, 0: zeros } = longest;
  return `${text.slice(0, index).replace(/:$/, '')}::${text.slice(index + zeros.length).replace(/^:/, '')}`;
}
