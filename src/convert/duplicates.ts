import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { formatOf } from '../formats/index.ts';
import { type Position, positions, type Span } from '../source/source.ts';
import type { Conversion, ConvertedRule } from './conversion.ts';
import type { OriginalFile } from './original-file.ts';

/** Where a rule's id stands, as far as that is known. */
export interface IdPlace {
  readonly span?: Span;
  readonly position?: Position;
}

/** Where the ids of the rules of a text stand. The text is read for it again, so it is only asked where two agree. */
export function placesOfIds({ format, text }: OriginalFile): readonly IdPlace[] {
  const place = positions(text);
  const spans = formatOf(format)?.placesOfIds(text) ?? [];
  return spans.map((span) => (span ? { span, position: place(span.start) } : {}));
}

/** Says of a rule that one before it has the same id. */
export function sayingDuplicates(conversion: Conversion, file: OriginalFile): Conversion {
  const twins = twinsIn(conversion);
  if (twins.size === 0) return conversion;
  const places = placesOfIds(file);
  const rules = conversion.rules.map((rule, index) => {
    const first = twins.get(index);
    if (first === undefined) return rule;
    return withTwin(rule, places[index]?.span, places[first]?.position);
  });
  return { ...conversion, rules };
}

/** Says of a rule, whose id stands at `span`, that one before it in the same file has it, too. */
export function withTwin(
  rule: ConvertedRule,
  span: Span | undefined,
  first: Position | undefined,
): ConvertedRule {
  const where = first ? `at ${first.line}:${first.column}` : 'before this one';
  const message = `The rule ${where} has the id ${rule.id} as well; both were read.`;
  const found: Diagnostic = {
    code: 'schema/duplicate-id',
    message,
    path: 'id',
    ...(span && { span }),
    ...(first && { also: first }),
  };
  return { ...rule, diagnostics: [...rule.diagnostics, found] };
}

/** Each rule whose id another has before it, and the first that has it. */
function twinsIn({ rules }: Conversion): ReadonlyMap<number, number> {
  const firsts = new Map<string, number>();
  const twins = new Map<number, number>();
  for (const [index, { id }] of rules.entries()) {
    if (id === undefined) continue;
    const first = firsts.get(id);
    if (first === undefined) firsts.set(id, index);
    else twins.set(index, first);
  }
  return twins;
}
