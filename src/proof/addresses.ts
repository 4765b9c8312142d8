import { type Network, printNetwork, readNetwork, withoutHost } from '../query/network.ts';
import type { Part } from './values.ts';

/** Addresses at every end of the networks that tests name, and beside them: the least that is left of one is among these. */
export function addressesNear(parts: readonly Part[]): readonly string[] {
  const networks = parts.flatMap((part) => readNetwork(textOf(part)) ?? []);
  return networks.flatMap(near);
}

function textOf(part: Part): string {
  return part.kind === 'network' ? part.network : part.kind === 'text' ? part.text : '';
}

function near(network: Network): readonly string[] {
  const { version, prefix } = network;
  const bits = version === 6 ? 128 : 32;
  const { address: first } = withoutHost(network);
  const size = 1n << BigInt(bits - prefix);
  return [first, first + size - 1n, first + size, first - 1n]
    .filter((address) => address >= 0n && address < 1n << BigInt(bits))
    .map((address) => printNetwork({ version, address, prefix: bits }).replace(/\/\d+$/, ''));
}
