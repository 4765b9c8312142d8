import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { joinLines, lined } from '../engine/index.ts';
import { below, type Pointer } from './pointer.ts';
import { type Margin, wrap } from './wrapping.ts';

/** Texts as they stand in a file, by the places where no other rule would give them back. */
export type Spelling = ReadonlyMap<Pointer, string>;

/** The `[rule]` table as it is meant, and what it takes to spell it the same way again. */
export interface Meant {
  readonly rule: JsonObject;
  readonly spelling: Spelling;
}

/** The `[rule]` table as it stands in a file, and the texts in it whose line breaks are meant. */
export interface Spelled {
  readonly rule: JsonObject;
  readonly verbatim: readonly Pointer[];
}

const root: Pointer = '/rule';

/** From the file to what is meant. At the places in `verbatim` a text is meant as it stands. */
export function meant(rule: JsonObject, verbatim: ReadonlySet<Pointer>): Meant {
  const spelling = new Map<Pointer, string>();
  const change: Change = (text, parent, step) => {
    if (isOrdinary(text, parent, step)) return text;
    const pointer = below(parent, step);
    const joined = verbatim.has(pointer) ? text : joinLines(text);
    if (usual(joined, pointer) !== text) spelling.set(pointer, text);
    return joined;
  };
  return { rule: mapTexts(rule, root, change), spelling };
}

/** The way back: as it stood, where that still says the same, and else as house style spells it. */
export function spelled(rule: JsonObject, spelling: Spelling): Spelled {
  const verbatim: Pointer[] = [];
  const change: Change = (text, parent, step) => {
    if (spelling.size === 0 && isOrdinary(text, parent, step)) return text;
    const pointer = below(parent, step);
    const before = spelling.get(pointer);
    if (before !== undefined && joinLines(before) === text) return before;
    if (joinLines(text) !== text) verbatim.push(pointer);
    return usual(text, pointer);
  };
  return { rule: mapTexts(rule, root, change), verbatim };
}

const description: Margin = { columns: 120, indent: '' };
const listed: Margin = { columns: 116, indent: '    ' };

/** House style wraps what people read. What machines read has a line end behind it at most. */
function usual(text: string, pointer: Pointer): string {
  if (text === '' || joinLines(text) !== text) return text;
  if (pointer === '/rule/description') return wrap(text, description);
  if (pointer === '/rule/threat_query') return `${text}\n`;
  const isLong = text.length > 110 && text.includes(' ');
  return isLong && pointer.startsWith('/rule/false_positives/') ? wrap(text, listed) : text;
}

/** Whether a text stands in a file just as it is meant, as most do: a line, and none that `usual` changes. */
function isOrdinary(text: string, parent: Pointer, step: string | number): boolean {
  const isPlace = parent === root && (step === 'description' || step === 'threat_query');
  return !isPlace && parent !== '/rule/false_positives' && joinLines(text) === text;
}

/** What becomes of a text below a place. */
type Change = (text: string, parent: Pointer, step: string | number) => string;

/** The same table where no text changes. */
function mapTexts(table: JsonObject, pointer: Pointer, change: Change): JsonObject {
  let isChanged = false;
  const entries = Object.entries(table).map(([key, value]): [string, Json] => {
    const mapped = lined.has(key) ? value : mapValue(value, pointer, key, change);
    isChanged ||= mapped !== value;
    return [key, mapped];
  });
  return isChanged ? objectOf(entries) : table;
}

function mapValue(value: Json, parent: Pointer, step: string | number, change: Change): Json {
  if (typeof value === 'string') return change(value, parent, step);
  if (isObject(value)) return mapTexts(value, below(parent, step), change);
  if (!isList(value)) return value;
  const at = below(parent, step);
  const mapped = value.map((part, index) => mapValue(part, at, index, change));
  return mapped.some((part, index) => part !== value[index]) ? mapped : value;
}
