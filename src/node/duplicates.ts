import { extname } from 'node:path';

import {
  type Conversion,
  type ConvertedRule,
  type Diagnostic,
  type FormatId,
  formats,
  type Position,
  positions,
  type Span,
} from '../index.ts';
import { readText } from './files.ts';

/** Where a rule of a run stands: the n-th of a file. */
interface Seen {
  readonly path: string;
  readonly index: number;
  /** Finds the place of its id, where the file can not be read for it. */
  readonly locate?: Locate;
}

/** Where the id of the n-th rule stands. */
type Locate = (index: number) => Position | undefined;

/**
 * Finds rules of several files that have one id. They are told apart by how their files end: a rule that is kept
 * in several formats has one id in all of them.
 */
export class Duplicates {
  readonly #seen = new Map<string, Seen>();
  readonly #from: FormatId | undefined;

  constructor(from: FormatId | undefined) {
    this.#from = from;
  }

  /** Says of the rules of a file that another file before it has one of the same id. */
  told(conversion: Conversion, path: string, text: string, locate?: Locate): Conversion {
    const firsts = conversion.rules.map(({ id }, index) =>
      this.#firstOf(id, { path, index, ...(locate && { locate }) }),
    );
    if (firsts.every((first) => first === undefined)) return conversion;
    const spans = this.#spans(text);
    const rules = conversion.rules.map((rule, index) => {
      const first = firsts[index];
      return first ? withFinding(rule, first, this.#positionOf(first), spans[index]) : rule;
    });
    return { ...conversion, rules };
  }

  /** Takes notice of the rules of a file of which nothing is told. */
  meet(path: string, ids: readonly (string | undefined)[]): void {
    ids.forEach((id, index) => {
      this.#firstOf(id, { path, index });
    });
  }

  /** Undefined for a rule that is the first, or of one file with it, which is said there. */
  #firstOf(id: string | undefined, here: Seen): Seen | undefined {
    if (id === undefined) return undefined;
    const key = `${extname(here.path)} ${id}`;
    const before = this.#seen.get(key);
    if (before === undefined) this.#seen.set(key, here);
    return before?.path === here.path ? undefined : before;
  }

  #positionOf({ path, index, locate }: Seen): Position | undefined {
    if (locate) return locate(index);
    const file = readText(path);
    const span = file.ok ? this.#spans(file.text)[index] : undefined;
    return file.ok && span ? positions(file.text)(span.start) : undefined;
  }

  #spans(text: string): readonly (Span | undefined)[] {
    const format = formats.find(({ id, detect }) =>
      this.#from === undefined ? detect(text) : id === this.#from,
    );
    return format?.placesOfIds(text) ?? [];
  }
}

function withFinding(
  rule: ConvertedRule,
  { path }: Seen,
  position: Position | undefined,
  span: Span | undefined,
): ConvertedRule {
  const where = position ? `${path}:${position.line}:${position.column}` : path;
  const found: Diagnostic = {
    code: 'schema/duplicate-id',
    message: `${where} has a rule with the id ${rule.id} as well; both were read.`,
    path: 'id',
    ...(span && { span }),
    ...(position && { also: { path, ...position } }),
  };
  return { ...rule, diagnostics: [...rule.diagnostics, found] };
}
