import {
  type Conversion,
  ConversionInParts,
  type ConvertedRule,
  type ConvertOptions,
  type Diagnostic,
  type Outcome,
  type Position,
  positions,
  type Span,
  withTwin,
} from '../index.ts';
import { Composed } from './composed.ts';
import type { FileConversion } from './file-conversion.ts';
import type { InputFile } from './files.ts';
import type { LongFile } from './long-file.ts';
import { encoded } from './not-utf8.ts';
import type { Stretch } from './survey.ts';

const nothing: Conversion['companions'] = { filters: [], rest: [] };

/**
 * Casts a long file part by part. First comes what is told of all that travels beside the rules, then the rules in
 * their order, and last what is written behind them. The texts of all parts, one after the other, are that of the file.
 */
export function* castLong(file: InputFile, long: LongFile, asked: ConvertOptions): Generator<FileConversion> {
  const options = { ...asked, from: long.format.id };
  if (options.carry === 'text') {
    yield refused(file, tooLongToCarry(long), options);
    return;
  }
  const casting = new ConversionInParts({ ...options, ids: long.ids });
  const written = new Composed(options, options.from !== options.to);
  const { keepsBytes } = casting;
  const linked = castLinked(long, casting);
  const companions = linked?.companions ?? nothing;
  const told = new Set<string>();
  const conversionOf = (
    outcome: Outcome<Conversion>,
    text: string,
    place: FileConversion['place'],
    stretch?: Stretch,
  ): FileConversion => ({
    file,
    text,
    ...(place && { place }),
    part: {
      before: stretch?.before ?? 0,
      rules: long.rules,
      ...(stretch && { line: stretch.line }),
    },
    outcome: { ...outcome, diagnostics: outcome.diagnostics.filter((found) => isNew(found, told)) },
    options,
    ignored: false,
  });
  if (linked !== undefined && !keepsBytes) {
    const value = { text: '', rules: [], companions: nothing };
    const outcome = { ok: true, value, diagnostics: linked.diagnostics } as const;
    yield conversionOf(outcome, long.linked.text, long.linked.place);
  }
  for (const [index, stretch] of long.stretches.entries()) {
    const place = (text: string) => placing(text, stretch, long);
    if (stretch.passed !== undefined) {
      yield conversionOf(passedOver(stretch.passed), '', place(''), stretch);
      continue;
    }
    const text = long.textOf(stretch);
    const spans = keepsBytes ? [] : long.linked.spansIn(index);
    const outcome = casting.cast(spans.length > 0 ? without(text, spans) : text);
    const diagnostics = outcome.diagnostics.map((found) => encoded(found, text));
    if (!outcome.ok) {
      yield conversionOf({ ok: false, diagnostics }, text, place(text), stretch);
      continue;
    }
    const inOrder = keepsBytes
      ? outcome.value.rules
      : merged(outcome.value.rules, linked?.rulesIn(index, text.length) ?? none);
    const rules = withTwins(inOrder, stretch.before, text, long);
    const value = {
      text: keepsBytes ? text : written.rules(rules),
      rules,
      companions: nothing,
    };
    yield conversionOf({ ok: true, value, diagnostics }, text, place(text), stretch);
  }
  const value = { text: keepsBytes ? '' : written.end(companions), rules: [], companions };
  yield conversionOf({ ok: true, value, diagnostics: [] }, '', undefined);
}

interface CastLinked {
  /** The rules of a stretch whose text has some length, by their place there. */
  readonly rulesIn: (stretch: number, length: number) => ReadonlyMap<number, ConvertedRule>;
  readonly companions: Conversion['companions'];
  readonly diagnostics: readonly Diagnostic[];
}

function castLinked({ linked }: LongFile, casting: ConversionInParts): CastLinked | undefined {
  if (linked.text === '') return undefined;
  const outcome = casting.cast(linked.text);
  const { rules, companions } = outcome.ok ? outcome.value : { rules: [], companions: nothing };
  const placesIn = new Map<number, { readonly at: number; readonly index: number }[]>();
  for (const [at, { stretch, index }] of linked.rules.entries()) {
    const own = placesIn.get(stretch) ?? [];
    own.push({ at, index });
    placesIn.set(stretch, own);
  }
  const ruleIn = (at: number, length: number): readonly ConvertedRule[] => {
    const rule = rules[at];
    if (rule === undefined) return [];
    return [{ ...rule, diagnostics: rule.diagnostics.map((found) => linked.inStretch(found, at, length)) }];
  };
  const rulesIn: CastLinked['rulesIn'] = (stretch, length) => {
    const own = placesIn.get(stretch) ?? [];
    return new Map(own.flatMap(({ at, index }) => ruleIn(at, length).map((rule) => [index, rule] as const)));
  };
  return { rulesIn, companions, diagnostics: outcome.diagnostics };
}

/** The rules of a stretch in their order: those that were cast before have their places among the others. */
function merged(
  others: readonly ConvertedRule[],
  linked: ReadonlyMap<number, ConvertedRule>,
): readonly ConvertedRule[] {
  if (linked.size === 0) return others;
  const rules: ConvertedRule[] = [];
  const rest = others.values();
  for (let index = 0; index < others.length + linked.size; index += 1) {
    const rule = linked.get(index) ?? rest.next().value;
    if (rule !== undefined) rules.push(rule);
  }
  return rules;
}

const none: ReadonlyMap<number, ConvertedRule> = new Map();

/** Says of rules that one before them in the file has their id. */
function withTwins(
  rules: readonly ConvertedRule[],
  before: number,
  text: string,
  long: LongFile,
): readonly ConvertedRule[] {
  let spans: readonly (Span | undefined)[] | undefined;
  return rules.map((rule, index) => {
    const first = rule.id === undefined ? undefined : long.ids.get(rule.id);
    if (first === undefined || first === before + index) return rule;
    spans ??= long.format.placesOfIds(text);
    return withTwin(rule, spans[index], long.positionOf(first));
  });
}

/** The text with blanks where something stood, so that all else stays in its place. */
function without(text: string, spans: readonly Span[]): string {
  let at = 0;
  const pieces: string[] = [];
  for (const { start, end } of spans) {
    pieces.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    at = end;
  }
  return [...pieces, text.slice(at)].join('');
}

/** What is said of no place is said of the file, and once. */
function isNew({ code, message, span }: Diagnostic, told: Set<string>): boolean {
  const key = `${code} ${message}`;
  if (span !== undefined) return true;
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

/** In the lines of the file; behind the text stands that of all that is linked. */
function placing(text: string, stretch: Stretch, { linked }: LongFile): (offset: number) => Position {
  const placeOf = positions(text);
  return (offset) => {
    if (offset > text.length) return linked.place(offset - text.length - 1);
    const { line, column } = placeOf(offset);
    return { line: stretch.line + line, column };
  };
}

function passedOver(characters: number): Outcome<Conversion> {
  const message = `This takes ${characters} characters, which no rule does; it was left out.`;
  const found: Diagnostic = { code: 'read/too-large', message, span: { start: 0, end: 0 } };
  return { ok: true, value: { text: '', rules: [], companions: nothing }, diagnostics: [found] };
}

function tooLongToCarry({ size }: LongFile): Diagnostic {
  const message = `The file has ${size} bytes, and each of its rules would have to carry all of them; it was left out.`;
  return { code: 'read/too-large', message };
}

function refused(file: InputFile, found: Diagnostic, options: ConvertOptions): FileConversion {
  return { file, text: '', outcome: { ok: false, diagnostics: [found] }, options, ignored: false };
}
