import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome, Report } from '../../diagnostic/diagnostic.ts';
import { apartKey, unpackCarry } from '../../rule/carry.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Pack, Rule } from '../../rule/rule.ts';
import type { Span } from '../../source/source.ts';
import { Claim } from '../claim.ts';
import { emptyText } from '../empty.ts';
import { layOver, readEngineRule, withApart } from '../engine/index.ts';
import { meantGuide } from './guide.ts';
import { placeOf } from './locate.ts';
import { readMetadata, withoutDeleted, withTimes } from './metadata.ts';
import { flatten } from './new-terms.ts';
import { isInNotes, notesPath, takeNotes } from './notes.ts';
import { failingAt, placing, withPlaces } from './places.ts';
import { type Pointer, stepsOf } from './pointer.ts';
import { meant } from './spelling.ts';
import { parseToml, type Toml } from './toml.ts';

/** The one rule of a TOML file. */
export function read(text: string): Outcome<Pack> {
  return attempt((report) => {
    if (text.trim() === '') throw emptyText(text);
    const toml = parseToml(text);
    for (const pointer of toml.rounded) reportRounded(toml, pointer, report);
    const rule = readRule(toml, placing(toml, report));
    return { rules: [{ ...rule, detection: withPlaces(rule.detection, toml, text) }], filters: [], rest: [] };
  });
}

/** Where the id of its rule stands. */
export function placesOfIds(text: string): readonly (Span | undefined)[] {
  return [parseToml(text).places().entries.get('/rule/rule_id')?.value];
}

function readRule(toml: Toml, report: Report): Rule {
  const { table, notes } = takeNotes(toml.table);
  const { metadata } = table;
  if (!isObject(table['rule'])) throw notARule(toml);
  const { rule: lined, spelling } = meant(table['rule'], new Set(notes.verbatim));
  const { transform, sections } = sectionsOf(table);
  const { rule, ...around } = failingAt('/rule/note', toml, () => meantGuide(lined, transform, notes));

  const { [apartKey]: apart, ...others } = isObject(notes.packed) ? notes.packed : {};
  const packed = apart === undefined ? notes.packed : filledOrNothing(others);
  const from = new Claim(withApart(flatten(rule), apart), 'rule', report);
  const about = new Claim(isObject(metadata) ? metadata : {}, 'metadata', report);
  const said = { ...readMetadata(about), ...readEngineRule(from, report) };
  const back = unpackCarry(packed, notesPath, report);

  const parts = filled({
    metadata: about.rest(),
    rule: from.rest(),
    ...around,
    sections,
    spelling: objectOf(spelling),
    literals: objectOf([...toml.literals].filter(([pointer]) => !isInNotes(pointer))),
  });
  const elastic = apart === undefined ? parts : { ...parts, [apartKey]: true };
  return {
    ...layOver(said, withoutDeleted(back.rule, said)),
    ...withTimes(said, back.rule),
    ...(back.origin && { origin: back.origin }),
    carry: { ...back.carry, ...(Object.keys(elastic).length > 0 && { elastic }) },
  };
}

/** What stands beside the rule: `[transform]`, and what nobody has heard of. Empty metadata, too, is said. */
function sectionsOf(table: JsonObject): { readonly transform: JsonObject; readonly sections: JsonObject } {
  const { rule: _, metadata, transform, ...sections } = table;
  const isRead = metadata === undefined || isFilled(metadata);
  const others = Object.entries({
    ...sections,
    ...(!isRead && { metadata }),
    ...(transform !== undefined && !isFilled(transform) && { transform }),
  });
  return { transform: isFilled(transform) ? transform : {}, sections: objectOf(others) };
}

function isFilled(table: Json | undefined): table is JsonObject {
  return isObject(table) && Object.keys(table).length > 0;
}

function filled(parts: { readonly [name: string]: JsonObject }): JsonObject {
  return objectOf(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0));
}

function filledOrNothing(map: JsonObject): JsonObject | undefined {
  return isFilled(map) ? map : undefined;
}

function reportRounded({ literals, places }: Toml, pointer: Pointer, report: Report): void {
  const message = `${literals.get(pointer)} has more digits than a number keeps; elsewhere it is rounded.`;
  const path = stepsOf(pointer).join('.');
  report({ code: 'read/rounded', message, path, span: placeOf(places(), pointer) });
}

function notARule({ table, places }: Toml): Failure {
  const message = Object.hasOwn(table, 'rule')
    ? '`rule` is no table here, so no rule was read.'
    : 'The file has no table [rule], so no rule was read.';
  return new Failure({ code: 'read/not-a-rule', message, span: placeOf(places(), '/rule') });
}
