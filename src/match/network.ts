import { type Network, readNetwork } from '../query/network.ts';

/** Whether an address stands in one of these networks. What is no network holds no address. */
export function networkTest(networks: readonly string[]): (address: string) => boolean {
  const known = networks.map(readNetwork).filter((network) => network !== undefined);
  return (text) => {
    const address = readNetwork(text);
    return address !== undefined && known.some((network) => isWithin(address, network));
  };
}

function isWithin(a: Network, network: Network): boolean {
  const bits = network.version === 6 ? 128 : 32;
  const rest = BigInt(bits - network.prefix);
  return a.version === network.version && a.prefix === bits && a.address >> rest === network.address >> rest;
}
