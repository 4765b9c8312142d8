import type { FieldType } from '../index.ts';
import { readText } from '../node/files.ts';
import type { Flag } from './flags.ts';
import { UsageError } from './usage.ts';

const words = ['keyword', 'wildcard', 'text', 'ip', 'date', 'number', 'boolean', 'version'] as const;

export const typesFlag = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'How fields are kept, as in source.ip=ip,message=text, or a JSON file that says so',
  pathAt: (text: string) => (text.includes('=') ? undefined : 0),
  reads: (text: string) => text.includes('=') && typesOf([text]),
} as const satisfies Flag;

/** The types that `--types` says, one after the other: `source.ip=ip,message=text`, or the path of a JSON file. */
export function typesOf(given: readonly string[]): ReadonlyMap<string, FieldType> {
  return new Map(given.flatMap((one) => (one.includes('=') ? pairsIn(one) : pairsOf(one))));
}

type Pair = readonly [string, FieldType];

function pairsIn(text: string): readonly Pair[] {
  return text
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const at = pair.lastIndexOf('=');
      return [pair.slice(0, at).trim(), typeNamed(pair.slice(at + 1).trim(), pair)];
    });
}

/** `{ "source.ip": "ip" }` */
function pairsOf(path: string): readonly Pair[] {
  const file = readText(path);
  if (!file.ok) throw new UsageError(`${path}: ${file.message}`);
  const types = objectIn(file.text);
  if (types === undefined)
    throw new UsageError(`${path} should hold a JSON object of fields and their types.`);
  return Object.entries(types).map(([field, type]) => [field, typeNamed(type, `${path}: ${field}`)]);
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function typeNamed(word: unknown, place: string): FieldType {
  const type = words.find((one) => one === word);
  if (type !== undefined) return type;
  throw new UsageError(`--types knows ${words.join(', ')}; "${place}" says none of them.`);
}
