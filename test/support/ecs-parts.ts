import { type Ecs, lastPart } from './ecs-event.ts';

/** A path with its pieces. What follows the last dot of it is the extension, wherever that stands. */
export function filePath(path: string | undefined, at = 'file'): Ecs {
  if (path === undefined) return {};
  const cut = path.lastIndexOf('\\');
  const dot = path.lastIndexOf('.');
  if (cut < 0) return { [`${at}.path`]: path };
  return {
    [`${at}.path`]: path,
    [`${at}.name`]: lastPart(path) ?? '',
    [`${at}.directory`]: path.slice(0, cut),
    ...(dot >= 0 && { [`${at}.extension`]: path.slice(dot + 1) }),
  };
}

/** What was written: numbers stand without their type and in tens. */
export function registryData(details: string | undefined, numbers: 'SZ_' | 'REG_'): Ecs {
  if (details === undefined) return {};
  const dword = /^DWORD \((0x[0-9a-f]{8})\)$/i.exec(details)?.[1];
  if (dword !== undefined) return dataOf(`${numbers}DWORD`, String(Number(dword)));
  const [, high, low] = /^QWORD \((0x[0-9a-f]{8})-(0x[0-9a-f]{8})\)$/i.exec(details) ?? [];
  if (high !== undefined && low !== undefined) {
    // The pipeline moves the upper half by eight bits only.
    return dataOf(
      `${numbers}QWORD`,
      String(BigInt(high) * (numbers === 'SZ_' ? 256n : 1n << 32n) + BigInt(low)),
    );
  }
  return dataOf(details === 'Binary Data' ? 'REG_BINARY' : 'REG_SZ', details);
}

function dataOf(type: string, text: string): Ecs {
  return { 'registry.data.type': type, 'registry.data.strings': [text] };
}
