import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Notes } from './notes.ts';
import type { Pointer } from './pointer.ts';
import { type Kept, keep, lift } from './rendering.ts';
import { type Frame, join, part } from './section.ts';

/** A rule with its guide as the build makes it, and what it takes to write it as the file has it. */
export interface MeantGuide {
  readonly rule: JsonObject;
  /** What the guide does not say of `[transform]`. */
  readonly transform: JsonObject;
  /** How the file spells the guide, where no other rule would give it back. */
  readonly guide: JsonObject;
}

/** A rule with its guide as it stands in a file, and what has to be noted there. */
export interface SpelledGuide {
  readonly rule: JsonObject;
  readonly transform: JsonObject;
  readonly noted: Pick<Notes, 'verbatim' | 'plugins'>;
}

const place: Pointer = '/rule/note';

/** From the file to what is meant: placeholders filled in, and the section on setup in a text of its own. */
export function meantGuide(rule: JsonObject, transform: JsonObject, notes: Notes): MeantGuide {
  const { note, setup } = rule;
  if (typeof note !== 'string') return { rule, transform, guide: {} };
  const { guide, kept } = keepOf(note, transform, notes.plugins);
  const isWhole = setup !== undefined || notes.verbatim.includes(place);
  const parted = isWhole ? undefined : part(guide);
  const said = parted === undefined ? { note: guide } : { note: parted.note, setup: parted.setup };
  return {
    rule: guide === note && parted === undefined ? rule : { ...rule, ...said },
    transform: kept.transform,
    guide: packed(kept, parted?.frame),
  };
}

/** Most notes hold neither placeholders nor plugins. */
function keepOf(note: string, transform: JsonObject, plugins: Notes['plugins']): ReturnType<typeof keep> {
  if (Object.keys(transform).length === 0 && !note.includes('!{'))
    return { guide: note, kept: { transform } };
  return keep({ note, transform, plugins });
}

/** The way back. What was kept counts as long as the guide still says the same. */
export function spelledGuide(
  rule: JsonObject,
  transform: JsonObject,
  guide: JsonObject,
  respells: boolean,
): SpelledGuide {
  if (rule['note'] === undefined && Object.keys(transform).length === 0)
    return { rule, transform, noted: nothing };
  const joined = joinedAs(guide['setup'], rule);
  const { note, ...others } = joined ?? rule;
  const lifted = lift(textIn(note) ?? '', { ...keptIn(guide), transform }, respells);
  if (typeof note !== 'string') return { rule, transform: lifted.transform, noted: nothing };
  const isWhole = joined === undefined && others['setup'] === undefined && part(note) !== undefined;
  return {
    rule: objectOf([...Object.entries(others), ['note', lifted.note]]),
    transform: lifted.transform,
    noted: { verbatim: isWhole ? [place] : [], plugins: lifted.plugins },
  };
}

/** The rule with its text on setup back in the guide, if it can stand there as it did. */
function joinedAs(value: Json | undefined, rule: JsonObject): JsonObject | undefined {
  const frame = frameIn(value);
  const { note, setup, ...others } = rule;
  if (frame === undefined || typeof note !== 'string' || typeof setup !== 'string') return undefined;
  const whole = join({ note, setup, frame });
  return whole === undefined ? undefined : objectOf([...Object.entries(others), ['note', whole]]);
}

const nothing: SpelledGuide['noted'] = { verbatim: [], plugins: new Map() };

function packed({ placeholders, note }: Kept, frame: Frame | undefined): JsonObject {
  const setup = Object.entries(frame ?? {}).filter(([, text]) => text !== '');
  return {
    ...(placeholders !== undefined && { placeholders }),
    ...(note !== undefined && { note }),
    ...(setup.length > 0 && { setup: objectOf(setup) }),
  };
}

function keptIn({ placeholders, note }: JsonObject): Omit<Kept, 'transform'> {
  return {
    ...(isList(placeholders) && { placeholders: placeholders.map((one) => textIn(one) ?? '') }),
    ...(typeof note === 'string' && { note }),
  };
}

function frameIn(value: Json | undefined): Frame | undefined {
  if (!isObject(value)) return undefined;
  const { heading, behind, next, lead, tail } = value;
  if (typeof heading !== 'string') return undefined;
  return {
    heading,
    behind: textIn(behind) ?? '',
    ...(typeof next === 'string' && { next }),
    lead: textIn(lead) ?? '',
    tail: textIn(tail) ?? '',
  };
}

function textIn(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
