import { isMany, isPattern, isWildcard, many, one, pattern, plainText } from '../../query/pattern.ts';
import type { Pattern, PatternPart } from '../../query/query.ts';
import { equals, placed, type ValueChange } from './change.ts';

/**
 * Keys of the registry. Sysmon, whose spelling Sigma's rules have, shortens the hives and calls every control set the
 * current one; others write hives in ways of their own, and a control set with its number:
 * `HKU\…` ↔ `HKU\…`, `HKEY_USERS\…`, …; `…\CurrentControlSet\…` ↔ `…\*ControlSet*\…`.
 */
export const registryPath: ValueChange<'registry-path'> = {
  toEcs(value, to) {
    if (!isPattern(value)) return undefined;
    const paths = valuesOf(anyControlSet(value)).flatMap(spellingsOf);
    return paths.length === 1 && sameText(paths[0]!, value) ? undefined : { test: equals(to, ...paths) };
  },

  toSigma(value, to) {
    if (!isPattern(value)) return undefined;
    const path = withDefault(shortened(currentControlSet(value)));
    return sameText(path, value) ? undefined : { test: equals(to, path) };
  },

  // Each product has a spelling of its own, and Sysmon's is one of them.
  valueToEcs: (held, field) => placed(field, held),

  valueToSigma: (held) => withDefault(shortened(currentControlSet([String(held)]))),
};

/** `registry.key` says what stands between hive and value; `TargetObject` has both, or the hive alone. */
export const registryKey: ValueChange<'registry-key'> = {
  toEcs: () => undefined,

  toSigma(value, to) {
    if (!isPattern(value)) return undefined;
    const key = currentControlSet(value);
    const path = isMany(key[0]) ? key : pattern([many, '\\', ...key]);
    const paths = isMany(path.at(-1)) ? [path] : [path, pattern([...path, '\\', many])];
    return { test: equals(to, ...paths), effect: 'broader' };
  },

  valueToEcs: () => undefined,

  valueToSigma: (held) => pattern([many, '\\', ...currentControlSet([String(held)]), many]),
};

/** `registry.hive: HKEY_USERS` → `TargetObject|startswith: HKU\`. */
export const registryHive: ValueChange<'registry-hive'> = {
  toEcs: () => undefined,

  toSigma(value, to) {
    const hive = isPattern(value) ? plainText(value) : undefined;
    return hive === undefined ? undefined : { test: equals(to, shortened(pattern([`${hive}\\`, many]))) };
  },

  valueToEcs: () => undefined,

  valueToSigma: (held) => shortened(pattern([`${held}\\`, many])),
};

/** A value without a name ends a path in Sysmon's words, and in nothing elsewhere: `…\(Default)` ↔ `…\`. */
function valuesOf(value: Pattern): readonly Pattern[] {
  const path = rewritten(value, (text) => text.replace(/\\\(Default\)$/i, '\\'));
  return sameText(path, value) ? [value] : [value, path];
}

function withDefault(value: Pattern): Pattern {
  return rewritten(value, (text) => text.replace(/\\$/, '\\(Default)'));
}

/** Sysmon's words for the hives, and those of others. */
const hives: readonly (readonly [string, readonly string[]])[] = [
  ['HKLM\\', ['HKEY_LOCAL_MACHINE\\', '\\REGISTRY\\MACHINE\\', 'MACHINE\\']],
  ['HKU\\', ['HKEY_USERS\\', '\\REGISTRY\\USER\\', 'USER\\']],
  ['HKCU\\', ['HKEY_CURRENT_USER\\']],
  ['HKCR\\', ['HKEY_CLASSES_ROOT\\', 'HKLM\\SOFTWARE\\Classes\\']],
];

/** A path whose beginning is text, and whether anything may stand in front of it: `*HKLM\…`. */
function opened(value: Pattern) {
  const isOpen = isMany(value[0]);
  const [first, ...rest] = isOpen ? value.slice(1) : value;
  if (typeof first !== 'string') return undefined;
  const startingWith = (text: string) => pattern([...(isOpen ? [many] : []), text, ...rest]);
  return { isOpen, first, startingWith };
}

/** A path in each spelling of the hive that it begins with. */
function spellingsOf(value: Pattern): readonly Pattern[] {
  const path = opened(value);
  const hive = path && hives.find(([word]) => beginsWith(path.first, word));
  if (!path || !hive) return [value];
  const [word, others] = hive;
  const end = path.first.slice(word.length);
  const ways = path.isOpen ? others.filter((one) => !others.some((two) => endsIn(one, two))) : others;
  const spelled = ways.flatMap((way) => spellingsOf(path.startingWith(way + end)));
  return [value, ...spelled];
}

/** A path with its hive as Sysmon writes it. */
function shortened(value: Pattern): Pattern {
  const path = opened(value);
  if (!path) return value;
  for (const [word, others] of hives) {
    const way = others.find((other) => !beginsWith(other, 'HKLM\\') && beginsWith(path.first, other));
    if (way !== undefined) return path.startingWith(word + path.first.slice(way.length));
  }
  return value;
}

/** Where Sysmon has the current control set, others have one with a number, or the current one as well. */
function anyControlSet(value: Pattern): Pattern {
  return rewritten(value, (text) =>
    text.replace(/(^\0|\\)CurrentControlSet(\\|\0$)/gi, (_, before: string, after: string) =>
      before.endsWith('\0') ? `\0ControlSet\0${after}` : `${before}\0ControlSet\0${after}`,
    ),
  );
}

/** A control set by number, or whichever, is the current one in what Sysmon writes. */
function currentControlSet(value: Pattern): Pattern {
  return rewritten(value, (text) =>
    text.replace(numbered, '$1CurrentControlSet').replace(last, '$1CurrentControlSet'),
  );
}

const numbered = /(^\0|\\)\0?ControlSet(?:\0|00[\0\x01]|\d{3})?(?=\\)/gi;
const last = /(\\)\0?ControlSet(?:\d{3})?(?=\0$)/gi;

/** A pattern changed as one text, in which marks that no path has stand for its wildcards. */
function rewritten(value: Pattern, change: (text: string) => string): Pattern {
  const marked = value.map((part) =>
    typeof part === 'string' ? part : isWildcard(part) ? markOf(part) : undefined,
  );
  if (!marked.every((part) => part !== undefined) || value.some(hasMark)) return value;
  const pieces = change(marked.join(''))
    .replace(/\0+/g, '\0')
    .split(/([\0\x01])/);
  return pattern(pieces.map((piece) => (piece === '\0' ? many : piece === '\x01' ? one : piece)));
}

const markOf = (part: PatternPart) => (isMany(part) ? '\0' : '\x01');
const hasMark = (part: PatternPart) => typeof part === 'string' && /[\0\x01]/.test(part);

function beginsWith(text: string, start: string): boolean {
  return text.slice(0, start.length).toUpperCase() === start.toUpperCase();
}

function endsIn(one: string, two: string): boolean {
  return one !== two && one.endsWith(two);
}

function sameText(a: Pattern, b: Pattern): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
