import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** The hashes that Node has built in: the same, and several times as fast. Browsers have none that answer at once. */
interface BuiltIn {
  hash?(algorithm: 'sha256', text: string): string;
}
type Host = { readonly process?: { getBuiltinModule?(name: 'node:crypto'): BuiltIn } };

const builtIn = (globalThis as Host).process?.getBuiltinModule?.('node:crypto');

/** A short fingerprint of a text: the first 16 hexadecimal digits of its SHA-256. */
export function digest(text: string): string {
  return (builtIn?.hash?.('sha256', text) ?? portableHash(text)).slice(0, 16);
}

/** The SHA-256 of a text, in hexadecimal digits, wherever this runs. */
export function portableHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** The same in the digits of base 64, as a page's policy names what may run in it. */
export function sha256Base64(text: string): string {
  let bits = '';
  for (const byte of sha256(utf8ToBytes(text))) bits += byte.toString(2).padStart(8, '0');
  const digits = bits.match(/.{1,6}/g) ?? [];
  const letters = digits.map((digit) => base64.charAt(Number.parseInt(digit.padEnd(6, '0'), 2))).join('');
  return letters.padEnd(Math.ceil(letters.length / 4) * 4, '=');
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The name-based UUID of RFC 9562 section 5.5: the same name in the same namespace, the same id. */
export function uuid5(namespace: string, name: string): string {
  const bytes = sha1(new Uint8Array([...hexToBytes(namespace.replaceAll('-', '')), ...utf8ToBytes(name)]));
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
