import { findSetup, splitNote, startOfHeading } from '../engine/index.ts';

/** What stands around the text on setup where a file has it as a section of the guide. */
export interface Frame {
  readonly heading: string;
  /** Blank lines behind the section, and the heading after them. */
  readonly behind: string;
  readonly next?: string;
  /** Blanks before and after all of the guide. */
  readonly lead: string;
  readonly tail: string;
}

/** A guide in two texts, as the build makes it. */
export interface Parted {
  readonly note: string;
  readonly setup: string;
  readonly frame: Frame;
}

/** Takes the section on setup out of a guide. Undefined where there is none, or where it could not come home. */
export function part(guide: string): Parted | undefined {
  const section = findSetup(guide);
  if (section === undefined || section.text === '') return undefined;
  const { start, text: setup, textStart, textEnd, next } = section;
  const whole = guide.slice(0, start) + guide.slice(textEnd);
  const note = whole.trim();
  const lead = whole.slice(0, whole.length - whole.trimStart().length);
  const end = next === undefined ? guide.length : guide.indexOf(next, textEnd);
  const frame: Frame = {
    heading: guide.slice(start, textStart),
    behind: guide.slice(textEnd, end),
    ...(next !== undefined && { next }),
    lead,
    tail: whole.slice(lead.length + note.length),
  };
  const parted = { note, setup, frame };
  return join(parted) === guide ? parted : undefined;
}

/** The way back. Undefined where the two texts could not be told apart again. */
export function join({ note, setup, frame }: Parted): string | undefined {
  const whole = frame.lead + note + frame.tail;
  const end = frame.next === undefined ? whole.length : startOfHeading(whole, frame.next);
  if (end === undefined || !whole.slice(0, end).endsWith(frame.behind)) return undefined;
  const at = end - frame.behind.length;
  const guide = whole.slice(0, at) + frame.heading + setup + whole.slice(at);
  const again = splitNote(guide);
  return again?.note === note && again.setup === setup ? guide : undefined;
}
