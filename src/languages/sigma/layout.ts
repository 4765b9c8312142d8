import { printKey, printScalar, type Scalar } from './scalar.ts';

/** A line of a map: a key, and the value or the values below it. */
export interface Written {
  readonly key: string;
  readonly values: readonly Scalar[];
}

const step = '    ';

/** `key: 'value'`, or the key and a list below it. */
export function printLine(key: string, values: readonly Scalar[]): readonly string[] {
  const [only, ...more] = values;
  if (only !== undefined && more.length === 0) return [`${printKey(key)}: ${printScalar(only)}`];
  return [`${printKey(key)}:`, ...printList(values).map(indent)];
}

export function printList(values: readonly Scalar[]): readonly string[] {
  return values.map((value) => `- ${printScalar(value)}`);
}

export function printMap(lines: readonly Written[]): readonly string[] {
  return lines.flatMap(({ key, values }) => printLine(key, values));
}

/** Each map behind a dash, its further lines under its first. */
export function printMaps(maps: readonly (readonly Written[])[]): readonly string[] {
  return maps.flatMap((lines) =>
    printMap(lines).map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)),
  );
}

export function indent(line: string): string {
  return `${step}${line}`;
}
