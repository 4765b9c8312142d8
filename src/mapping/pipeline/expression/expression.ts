import { RE2JS } from 're2js';

import { mistake } from '../reading/given.ts';
import { respelled } from './python.ts';

/**
 * The regular expressions of a pipeline, which its author wrote for Python, searched for in time linear in the text.
 * They are checked when the pipeline is loaded; what fails there has a place in the expression.
 */

/** Expressions that were compiled, and so many that no program forgets to let go of them. */
const compiled = new Map<string, RE2JS>();
const mostKept = 500;

function compile(regex: string): RE2JS {
  const known = compiled.get(regex);
  if (known) return known;
  const made = compileAnew(regex);
  if (compiled.size >= mostKept) compiled.clear();
  compiled.set(regex, made);
  return made;
}

function compileAnew(regex: string): RE2JS {
  const text = respelled(regex);
  try {
    return RE2JS.compile(text);
  } catch {
    // Whatever reason the library has: what it does not compile can not be searched for.
    const span = { start: 0, end: regex.length };
    throw mistake(
      'The regular expression does not hold together, or asks for more than is searched for',
      span,
    );
  }
}

/** The names of its groups; fails where it is no expression. */
export function groupNames(regex: string): readonly string[] {
  return Object.keys(compile(regex).namedGroups());
}

/** Whether a text begins with what the expression asks for: Python's `re.match`. */
export function beginsWith(regex: string, text: string): boolean {
  return compile(regex).matcher(text).lookingAt();
}

/** What the groups hold where a text begins so; those that took no part are not there. */
export function groupsOf(regex: string, text: string): ReadonlyMap<string, string> | undefined {
  const expression = compile(regex);
  const matcher = expression.matcher(text);
  if (!matcher.lookingAt()) return undefined;
  const held = groupNames(regex).map((name) => [name, matcher.group(name)] as const);
  return new Map(held.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));
}

/** What stands for a find: text, and groups by their numbers. */
export type Replacement = readonly (string | number)[];

/** The text with each find replaced: Python's `re.sub`. `spend` is told how far was looked, and may stop it. */
export function replaced(
  regex: string,
  replacement: Replacement,
  text: string,
  spend: (amount: number) => void,
): string {
  const matcher = compile(regex).matcher(text);
  const parts: string[] = [];
  let read = 0;
  while (matcher.find()) {
    // A search for the next may have to look at all that is left.
    spend(1 + text.length - read);
    parts.push(text.slice(read, matcher.start()));
    for (const part of replacement) {
      const made = typeof part === 'number' ? (matcher.group(part) ?? '') : part;
      spend(made.length);
      parts.push(made);
    }
    read = matcher.end();
  }
  return parts.join('') + text.slice(read);
}

const escapes = /\\(?:g<(?:(\d{1,3})|([^>]*))>|([1-9]\d?)|0[0-7]{0,2}|([\s\S]))|\\$/gu;
const controls: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  f: '\f',
  v: '\v',
  b: '\b',
  '\\': '\\',
};

/** A replacement as Python spells it: `\1`, `\g<name>`, `\n`. */
export function readReplacement(text: string, regex: string): Replacement {
  const expression = compile(regex);
  const named = new Map(Object.entries(expression.namedGroups()));
  const parts: (string | number)[] = [];
  let read = 0;
  for (const found of text.matchAll(escapes)) {
    parts.push(text.slice(read, found.index));
    read = found.index + found[0].length;
    const span = { start: found.index, end: read };
    const [whole, number, name, digits, char] = found;
    const group = name === undefined ? (number ?? digits) : named.get(name);
    if (name !== undefined || group !== undefined) {
      if (group === undefined || Number(group) > expression.groupCount())
        throw mistake(
          `The replacement asks for the group "${name ?? group}", which the expression does not have`,
          span,
        );
      parts.push(Number(group));
    } else if (char === undefined && whole !== '\\') {
      parts.push(String.fromCodePoint(parseInt(whole.slice(1), 8)));
    } else if (char !== undefined && Object.hasOwn(controls, char)) {
      parts.push(controls[char]!);
    } else if (char === undefined || /[A-Za-z]/.test(char)) {
      throw mistake(`The replacement has the escape "${whole}", which is not known`, span);
    } else {
      parts.push(whole);
    }
  }
  parts.push(text.slice(read));
  return parts.filter((part) => part !== '');
}
