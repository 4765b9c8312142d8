import { fidelities, formats } from '../../index.ts';
import { failing } from './failure.ts';
import { type Entry, type Head, type Manifest, manifestPath, manifestVersion } from './manifest.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads what an earlier run has noted. Anything that this program would not have written so fails with what can be
 * done: a guess might take a file of others for one of ours.
 */
export function readManifest(text: string): Manifest {
  const whole = objectIn(text);
  if (whole['manifest'] !== manifestVersion)
    throw broken(
      `it is of version ${JSON.stringify(whole['manifest'])}, and this program knows ${manifestVersion}`,
    );
  const { files } = whole;
  if (!isHead(whole)) throw broken('what stands before its files is not as this program writes it');
  if (!Array.isArray(files)) throw broken('it has no list of files');
  const entries = new Map<string, Entry>();
  const owners = new Map<string, string>();
  for (const entry of files as readonly unknown[]) {
    if (entry === null) continue;
    if (!isEntry(entry))
      throw broken(`an entry is not as this program writes it: ${JSON.stringify(entry).slice(0, 120)}`);
    if (entries.has(entry.source)) throw broken(`it has ${entry.source} twice`);
    entries.set(entry.source, entry);
    for (const { path } of entry.targets) {
      const owner = owners.get(path);
      if (owner !== undefined && !whole.bundle)
        throw broken(`${owner} and ${entry.source} have one target, ${path}`);
      owners.set(path, entry.source);
    }
  }
  const { rulecast, to, names, bundle, options, tables, beside } = whole;
  return { head: { rulecast, to, names, bundle, options, tables, beside }, entries };
}

function objectIn(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    throw broken(
      `it is no JSON (${(error as Error).message}${/^[<>=]{7}/m.test(text) ? '; a merge has left its marks' : ''})`,
    );
  }
  throw broken('it is no object');
}

function broken(why: string) {
  return failing(
    'migrate/bad-manifest',
    `${manifestPath} can not be used, as ${why}; nothing was changed. Bring it back from version control, or delete it: a run without it goes by the copies in .rulecast/base.`,
  );
}

function isHead(value: Json): value is Json & Head {
  return (
    formats.some(({ id }) => id === value['to']) &&
    (value['names'] === 'keep' || value['names'] === 'house') &&
    typeof value['bundle'] === 'boolean' &&
    ['rulecast', 'options', 'tables', 'beside'].every((key) => typeof value[key] === 'string')
  );
}

function isEntry(value: unknown): value is Entry {
  if (!isObject(value)) return false;
  const { source, digest, around = '', day = '', fidelity = 'failed', rules, targets } = value;
  return (
    isPath(source) &&
    [digest, around, day].every((one) => typeof one === 'string') &&
    isFidelity(fidelity) &&
    Array.isArray(rules) &&
    rules.every(isRule) &&
    Array.isArray(targets) &&
    targets.every(isTarget)
  );
}

function isRule(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id = '', title, fidelity, target = 'x' } = value;
  return typeof id === 'string' && typeof title === 'string' && isFidelity(fidelity) && isPath(target);
}

function isTarget(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { path, digest, of } = value;
  return (
    isPath(path) && typeof digest === 'string' && typeof of === 'string' && !path.startsWith('.rulecast/')
  );
}

function isFidelity(value: unknown): boolean {
  return fidelities.some((one) => one === value);
}

/** A path that stays below its folder. */
function isPath(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    !value.includes('\0') &&
    !value.split('/').some((step) => step === '' || step === '.' || step === '..')
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
