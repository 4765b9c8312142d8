import type { Event } from '../match/event.ts';
import { isObject } from '../rule/json.ts';

/**
 * An event of Windows as its log keeps it, with what it says laid out in the names that Sigma's rules use beside what
 * stands in it: `{"Event": {"System": {"EventID": 1, …}, "EventData": {"Image": "a.exe"}}}` has `EventID` and `Image`,
 * too. Undefined for any other event.
 */
export function unwrapped(event: Event): Event | undefined {
  const { Event: inner } = event;
  if (Object.keys(event).length !== 1 || !isRecord(inner) || !isRecord(inner['System'])) return undefined;
  const { System: system, EventData: said, UserData: user } = inner;
  return { ...event, ...named(system), ...(isRecord(user) && inside(user)), ...(isRecord(said) && said) };
}

/** What the system says of every event. */
function named(system: Event): Event {
  const provider = attributesOf(system['Provider'])['Name'];
  const time = attributesOf(system['TimeCreated'])['SystemTime'];
  const code = textOf(system['EventID']);
  return {
    ...system,
    ...(code !== undefined && { EventID: numberFor(code) }),
    ...(provider !== undefined && { Provider_Name: provider }),
    ...(time !== undefined && { '@timestamp': time }),
  };
}

/** Attributes of XML, in the ways that programs write them in JSON. */
function attributesOf(element: unknown): Event {
  if (!isRecord(element)) return {};
  const { '#attributes': own } = element;
  return isRecord(own) ? own : element;
}

function textOf(element: unknown): unknown {
  return isRecord(element) ? element['#text'] : element;
}

function numberFor(code: unknown): unknown {
  return typeof code === 'string' && /^\d+$/.test(code) ? Number(code) : code;
}

/** `UserData` has an element of the provider's own around what it says. */
function inside(user: Event): Event {
  return Object.fromEntries(Object.values(user).filter(isRecord).flatMap(Object.entries));
}

function isRecord(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && isObject(value as never);
}
