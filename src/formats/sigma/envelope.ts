import type { Report } from '../../diagnostic/diagnostic.ts';
import { carryKey, type Telling, unpackCarry } from '../../rule/carry.ts';
import type { Json, JsonObject } from '../../rule/json.ts';
import type { LogSource, Rule } from '../../rule/rule.ts';
import { keys, type Property, properties, type Values, words } from './envelope-words.ts';
import { missing } from './missing.ts';
import type { Saying } from './saying.ts';
import { isUuid, sameData, spell, texts } from './word.ts';

/** What stands around the detection. */
export type Envelope = Omit<Rule, 'detection'>;

/**
 * What the document says itself wins over what it carries. Comes last of all readers of a document: what
 * none of them took is the rest.
 */
export function readEnvelope(from: Saying, logSource: LogSource | undefined, report: Report): Envelope {
  const back = unpackCarry(from.leave(carryKey), carryKey, report);
  const said = properties.map((property) => [property, readProperty(from, property, back.rule)] as const);
  const rest = from.rest();
  const envelope: Envelope = {
    ...withoutDeleted(back.rule, said),
    ...Object.fromEntries(said.filter(([, value]) => value !== undefined)),
    ...(logSource && { logSource }),
    ...(back.origin && { origin: back.origin }),
    carry: { ...back.carry, ...(Object.keys(rest).length > 0 && { sigma: rest }) },
  };
  checkNames(envelope, report);
  return envelope;
}

/** What could have been said here, and is not, somebody took out meanwhile. */
function withoutDeleted(
  carried: Partial<Rule>,
  said: readonly (readonly [Property, unknown])[],
): Partial<Rule> {
  const gone = said.filter(
    ([property, value]) => value === undefined && isSayable(property, carried[property]),
  );
  if (gone.length === 0) return carried;
  const keys = new Set<string>(gone.map(([property]) => property));
  return Object.fromEntries(Object.entries(carried).filter(([key]) => !keys.has(key)));
}

function isSayable<K extends Property>(property: K, value: Partial<Values>[K]): boolean {
  return value !== undefined && spell(words[property], value, undefined) !== undefined;
}

function readProperty<K extends Property>(from: Saying, property: K, carried: Partial<Values>): unknown {
  return from.says<Values[K]>(keys[property], words[property], carried[property]);
}

function checkNames({ title, id, name, carry }: Envelope, report: Report): void {
  if (title === undefined) throw missing('title');
  const odd = (path: string, what: string) =>
    report({ code: 'schema/wrong-type', path, message: `${path} should be ${what}; it is kept as it is.` });
  if (id !== undefined && !isUuid(id)) odd('id', 'a UUID');
  if (name === '') odd('name', 'a text that is not empty');
  const { scope } = carry['sigma'] ?? {};
  if (scope !== undefined && texts.read(scope) === undefined) odd('scope', texts.wanted);
}

/** The way back, key by key. What can only be said roughly is not taken, and so is carried as well. */
export function writeEnvelope(telling: Telling, carried: JsonObject): { key: string; value: Json }[] {
  return properties.flatMap((property) => {
    const value = writeProperty(telling, property, carried);
    return value === undefined ? [] : { key: keys[property], value };
  });
}

function writeProperty<K extends Property>(
  telling: Telling,
  property: K,
  carried: JsonObject,
): Json | undefined {
  const value = telling.see(property);
  if (value === undefined) return undefined;
  const word = words[property];
  const said = spell(word, value, carried[keys[property]]);
  if (said !== undefined && sameData(word.read(said), value)) telling.take(property);
  return said;
}
