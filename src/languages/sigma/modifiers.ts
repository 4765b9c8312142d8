import { isMany, isPattern, many, pattern, plainText } from '../../query/pattern.ts';
import type { Order, Pattern } from '../../query/query.ts';
import { base64, base64Offsets, type Encoding, encode } from './bytes.ts';
import type { Draft, Plain, Reference } from './draft.ts';
import { anchorEnd, anchorStart } from './expression.ts';
import { countDashed, dashed } from './windash.ts';

/** What a modifier makes of a value: several where it stands for several. Or why it can not. */
export type Modifier = (draft: Draft) => readonly Draft[] | Misfit;

export interface Misfit {
  readonly blame: 'value' | 'modifier';
  readonly why: string;
}

/** Modifiers that read the value as it is written: nothing may have changed it before. */
export const first: ReadonlySet<string> = new Set(['re', 'cidr', 'exists', 'fieldref']);
/** Modifiers of the whole list, wherever they stand. */
export const ofLists: ReadonlySet<string> = new Set(['all', 'neq']);

/** Other names that some rules use. */
export const aliases: ReadonlyMap<string, string> = new Map([
  ['ignorecase', 'i'],
  ['multiline', 'm'],
  ['dotall', 's'],
  ['wide', 'utf16le'],
]);

const same: Modifier = (draft) => [draft];

/** Each modifier by its name. Some are done by whoever reads the value or the list, and change no draft. */
export const modifiers: ReadonlyMap<string, Modifier> = new Map<string, Modifier>([
  ['all', same],
  ['neq', same],
  ['re', same],
  ['cidr', same],
  ['exists', same],
  [
    'contains',
    ends(
      (value) => openStart(openEnd(value)),
      'stringContains',
      (text) => text,
    ),
  ],
  ['startswith', ends(openEnd, 'startsWith', anchorStart)],
  ['endswith', ends(openStart, 'endsWith', anchorEnd)],
  ['cased', ofText((_, draft) => [draft])],
  ['expand', (draft) => (draft.kind === 'expression' ? [draft] : ofText((_, plain) => [plain])(draft))],
  ['windash', ofText(dash)],
  ['base64', ofBytes((bytes) => [base64(bytes)])],
  ['base64offset', ofBytes(base64Offsets, 'would find any text, as this is too short')],
  ['utf16le', ofText(encoded('utf16le'))],
  ['utf16be', ofText(encoded('utf16be'))],
  ['utf16', ofText(encoded('utf16'))],
  ['i', flag('i')],
  ['m', flag('m')],
  ['s', flag('s')],
  ['lt', bound('<')],
  ['lte', bound('<=')],
  ['gt', bound('>')],
  ['gte', bound('>=')],
  ['minute', time('minute')],
  ['hour', time('hour')],
  ['day', time('day')],
  ['week', time('week')],
  ['month', time('month')],
  ['year', time('year')],
  ['fieldref', ofText(refer)],
]);

/** The value does not fit the modifier; where another modifier has made it so, the chain does not. */
function misfit(draft: Draft, why: string): Misfit {
  return { blame: draft.kind === 'plain' && draft.encoding === undefined ? 'value' : 'modifier', why };
}

type OfText = (value: Pattern, draft: Plain) => readonly Draft[] | Misfit;

function ofText(change: OfText): Modifier {
  return (draft) => {
    if (draft.kind !== 'plain' || !isPattern(draft.value)) return misfit(draft, 'wants a text');
    return change(draft.value, draft);
  };
}

/** The modifiers about the ends of a text, for the three kinds of values that have ends. */
function ends(
  open: (value: Pattern) => Pattern,
  by: NonNullable<Reference['by']>,
  anchor: (text: string) => string,
): Modifier {
  const opened = ofText((value, draft) => [{ ...draft, value: open(value) }]);
  return (draft) => {
    if (draft.kind === 'reference') return [{ ...draft, by }];
    if (draft.kind !== 'expression') return opened(draft);
    const text = anchor(draft.text);
    if (text === draft.text || !draft.flags.includes('m')) return [{ ...draft, text }];
    return misfit(draft, 'has no meaning where every line has ends of its own');
  };
}

function openStart(value: Pattern): Pattern {
  return isMany(value[0]) ? value : pattern([many, ...value]);
}

function openEnd(value: Pattern): Pattern {
  return isMany(value.at(-1)) ? value : pattern([...value, many]);
}

/** How many characters the modifiers of one detection may make. More are a mistake, or an attack. */
export const mostMade = 2_000_000;

export function lengthOf(value: Pattern): number {
  return value.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
}

function dash(value: Pattern, draft: Plain): readonly Draft[] | Misfit {
  if (countDashed(value) * lengthOf(value) > mostMade)
    return misfit(draft, 'would make too many texts of this');
  return dashed(value).map((spelling) => ({ ...draft, value: spelling }));
}

function encoded(encoding: Encoding): OfText {
  return (_, draft) =>
    draft.encoding === undefined
      ? [{ ...draft, encoding }]
      : misfit(draft, 'wants a text, and this is bytes');
}

/** `tooShort` says why nothing may come of it that is empty. */
function ofBytes(change: (bytes: readonly number[]) => readonly string[], tooShort?: string): Modifier {
  return ofText((value, draft) => {
    const text = plainText(value);
    if (text === undefined) return misfit(draft, 'wants a text without wildcards and placeholders');
    const made = change(encode(text, draft.encoding ?? 'utf8'));
    if (tooShort !== undefined && made.includes('')) return misfit(draft, tooShort);
    return made.map((one) => ({ kind: 'plain', value: [one] }));
  });
}

function flag(letter: string): Modifier {
  return (draft) => {
    if (draft.kind !== 'expression') return { blame: 'modifier', why: 'belongs to regular expressions' };
    return [{ ...draft, flags: [...new Set([...draft.flags, letter])].sort().join('') }];
  };
}

function bound(operator: Order): Modifier {
  return (draft) => {
    if (draft.kind === 'time') return [{ ...draft, operator }];
    if (draft.kind !== 'plain' || typeof draft.value !== 'number') return misfit(draft, 'wants a number');
    return [{ kind: 'bound', operator, value: draft.value }];
  };
}

function time(part: string): Modifier {
  return (draft) => {
    if (draft.kind !== 'plain' || typeof draft.value !== 'number') return misfit(draft, 'wants a number');
    return [{ kind: 'time', part, operator: '==', value: draft.value }];
  };
}

function refer(value: Pattern, draft: Plain): readonly Draft[] | Misfit {
  const field = plainText(value);
  if (!field) return misfit(draft, 'wants the name of a field, without wildcards');
  return [{ kind: 'reference', field }];
}
