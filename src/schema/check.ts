import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

import { isList, isObject, type Json } from '../rule/json.ts';
import { nearest } from '../source/near.ts';
import type { Schema } from './build.ts';
import { either, shown, wanted } from './wording.ts';

export type Path = readonly (string | number)[];

/** One thing that is not as it should be. */
export interface Violation {
  /** Where it is, or for what is missing, where it should be. */
  readonly path: Path;
  /** One sentence. */
  readonly message: string;
  readonly what: 'missing' | 'unknown' | 'type' | 'value' | 'more';
}

interface Fault extends Violation {
  /** The key that was probably meant, for one that is not known. */
  readonly meant?: string | undefined;
}

/**
 * What a schema forbids about a value: one violation for one fault, at the deepest place. `at` is where the
 * value stands in its document.
 */
export function violations(value: Json, schema: Schema, at: Path = []): readonly Violation[] {
  const check = compiled(schema);
  if (check(value)) return [];
  const errors = check.errors ?? [];
  const found = errors
    .slice(0, most)
    .filter(saysMore)
    .map((error) => faultOf(error, [...at, ...pathOf(error.instancePath, value)]));
  const told = oneEach(found).map(({ path, message, what }) => ({ path, message, what }));
  return errors.length > most ? [...told, more(errors.length - most, at)] : told;
}

/** So many faults of one value are told. Nobody reads more, and each takes a look at what stands around it. */
const most = 200;

function more(count: number, path: Path): Violation {
  return { path, what: 'more', message: `It has ${count} more faults, which are not told one by one.` };
}

const checks = new WeakMap<Schema, ValidateFunction>();

/** Schemas are compiled when first asked for. */
function compiled(schema: Schema): ValidateFunction {
  const known = checks.get(schema);
  if (known !== undefined) return known;
  const options = {
    strict: true,
    allErrors: true,
    verbose: true,
    discriminator: true,
    allowUnionTypes: true,
    // Halves the time to compile, and changes nothing that can be measured in the time to check.
    code: { optimize: false },
  };
  const made = new Ajv(options).compile(schema);
  checks.set(schema, made);
  return made;
}

/**
 * Which keys the branches of an `anyOf` miss is told once, by the `anyOf` itself; and that a map has too few
 * keys, by the one that is missing.
 */
function saysMore(error: ErrorObject, _: number, all: readonly ErrorObject[]): boolean {
  if (error.schemaPath.includes('/anyOf/')) return false;
  if (error.keyword !== 'minProperties') return true;
  return !all.some(
    ({ keyword, instancePath }) => keyword === 'required' && instancePath === error.instancePath,
  );
}

/** A misspelt key is also missed under its right name, and a value may break several bounds at once. */
function oneEach(found: readonly Fault[]): readonly Fault[] {
  const meant = new Set(
    found
      .filter((each) => each.meant !== undefined)
      .map(({ path, meant }) => key([...path.slice(0, -1), meant!])),
  );
  const seen = new Set<string>();
  return found.filter(({ path, what }) => {
    const place = key(path);
    if (seen.has(place) || (what === 'missing' && meant.has(place))) return false;
    seen.add(place);
    return true;
  });
}

const key = (path: Path) => JSON.stringify(path);

function faultOf(error: ErrorObject, path: Path): Fault {
  const { params, data } = error;
  switch (error.keyword) {
    case 'required':
    case 'dependencies':
      return missing([...path, params['missingProperty']], data, knownKeys(error));
    case 'additionalProperties':
      return unknown([...path, params['additionalProperty']], data, error);
    case 'false schema':
      return { path, what: 'unknown', message: `${spoken(path)} has no place here.` };
    case 'discriminator':
      return undecided([...path, params['tag']], data, error);
    case 'anyOf':
      return { path, what: 'missing', message: `${spoken(path)} needs ${either(alternatives(error))}.` };
    case 'uniqueItems':
      return repeated(path, params['i'], params['j']);
    default:
      return wrong(path, data, error.parentSchema ?? {}, error.keyword === 'type' ? 'type' : 'value');
  }
}

/** The place an instance path names. Only the value knows which of its steps are numbers. */
function pathOf(pointer: string, value: Json): Path {
  const path: (string | number)[] = [];
  let here: Json | undefined = value;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(isList(here) ? Number(name) : name);
    here = partOf(here, name);
  }
  return path;
}

function partOf(value: Json | undefined, name: string): Json | undefined {
  if (isList(value)) return value[Number(name)];
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A path as it is said in a message. The whole is "It". */
function spoken(path: Path): string {
  return path.length === 0 ? 'It' : path.join('.');
}

function wrong(path: Path, data: unknown, schema: Schema, what: 'type' | 'value'): Fault {
  const near = typeof data === 'string' ? nearest(data, wordsIn(schema)) : undefined;
  const hint = near === undefined ? '' : `; ${near} may be meant`;
  const message = `${spoken(path)} should be ${wanted(schema)}, and is ${shown(data)}${hint}.`;
  return { path, what, message };
}

function wordsIn({ enum: words }: Schema): readonly string[] {
  return Array.isArray(words) ? words.filter((word) => typeof word === 'string') : [];
}

/** The other keys of the same map may hold the missing one, misspelt. */
function missing(path: Path, map: unknown, known: readonly string[]): Fault {
  const strangers = keysOf(map)
    .slice(0, most)
    .filter((name) => !known.includes(name));
  const near = nearest(String(path.at(-1)), strangers);
  const hint = near === undefined ? '' : `; ${near} may be meant for it`;
  return { path, what: 'missing', message: `${spoken(path)} is missing${hint}.` };
}

function unknown(path: Path, map: unknown, error: ErrorObject): Fault {
  const meant = nearest(
    String(path.at(-1)),
    knownKeys(error).filter((name) => !Object.hasOwn(map ?? {}, name)),
  );
  const title = error.parentSchema?.['title'];
  const where = typeof title === 'string' ? `in ${title}` : 'here';
  const hint = meant === undefined ? '' : `; ${meant} may be meant`;
  return { path, what: 'unknown', message: `${spoken(path)} has no place ${where}${hint}.`, meant };
}

/** The word that tells which of several maps this is says none of them, or nothing. */
function undecided(path: Path, map: unknown, error: ErrorObject): Fault {
  const tag = String(path.at(-1));
  const given = error.params['tagValue'];
  if (given === undefined) return missing(path, map, []);
  const words = branches(error, 'oneOf').map((branch) => branch.properties?.[tag]?.const);
  const what = typeof given === 'string' ? 'value' : 'type';
  return wrong(path, given, { enum: words }, what);
}

function repeated(path: Path, one: number, other: number): Fault {
  const [first, second] = [Math.min(one, other), Math.max(one, other)];
  const message = `${spoken([...path, second])} says the same as ${spoken([...path, first])}.`;
  return { path: [...path, second], what: 'value', message };
}

const keysOf = (map: unknown): string[] => Object.keys(map ?? {});

function knownKeys(error: ErrorObject): string[] {
  return keysOf(error.parentSchema?.['properties']);
}

function alternatives(error: ErrorObject): string[] {
  return branches(error, 'anyOf').flatMap(({ required = [] }) => required);
}

interface Branch {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly const?: unknown }>>;
}

function branches(error: ErrorObject, keyword: 'oneOf' | 'anyOf'): readonly Branch[] {
  return (error.parentSchema?.[keyword] ?? []) as readonly Branch[];
}
