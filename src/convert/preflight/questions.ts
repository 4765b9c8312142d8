import { languageOf } from '../../languages/index.ts';
import { moved } from '../../query/places.ts';
import type { Operand, Predicate, Query, Step } from '../../query/query.ts';
import { fieldsOfOperands, isFieldTest } from '../../query/walk.ts';
import type { Span } from '../../source/source.ts';
import { type Asked, type Asks, asksOf } from './asked.ts';

/** What surrounds a part of a query. */
interface Around {
  readonly asks: Asks;
  readonly negated: boolean;
  readonly within?: string;
  /** Where the part stands, for what has no place of its own. */
  readonly span?: Span;
  readonly depth: number;
}

type Tell = (asked: Asked) => void;

/** Every field that a query asks of its events, each time it does, with the way it asks. */
export function askedByQuery(query: Query, asks: Asks, categoryField: string): readonly Asked[] {
  const found: Asked[] = [];
  const tell: Tell = (asked) => found.push(asked);
  const around: Around = { asks, negated: false, depth: 0 };
  const { find } = query;
  switch (find.kind) {
    case 'filter':
      category(find.category, categoryField, placed(around, find.span), tell);
      ask(find.where, placed(around, find.span), tell);
      break;
    case 'sequence':
    case 'sample': {
      join(find.by, placed(around, find.span), tell);
      const until = find.kind === 'sequence' && find.until ? [find.until] : [];
      for (const step of [...find.steps, ...until]) askStep(step, categoryField, around, tell);
      break;
    }
    case 'correlation':
    case 'opaque':
      break;
    default:
      find satisfies never;
  }
  return found;
}

/** The same for tests that stand without a query. */
export function askedByTest(where: Predicate, asks: Asks): readonly Asked[] {
  const found: Asked[] = [];
  ask(where, { asks, negated: false, depth: 0 }, (asked) => found.push(asked));
  return found;
}

function askStep(step: Step, categoryField: string, around: Around, tell: Tell): void {
  const there = placed(around, step.span);
  category(step.category, categoryField, there, tell);
  join(step.by, there, tell);
  ask(step.where, { ...there, negated: step.missing }, tell);
}

function placed(around: Around, span: Span | undefined): Around {
  return span ? { ...around, span } : around;
}

/** EQL's `process where …` is a test of a field. */
function category(word: string | undefined, field: string, around: Around, tell: Tell): void {
  if (word === undefined) return;
  const { span } = around;
  const head = span && { start: span.start, end: span.start + 1 };
  const test = { kind: 'equals', field, values: [[word]], quantifier: 'any', caseSensitive: true } as const;
  say(field, { kind: 'test', test }, { ...around, ...(head && { span: head }) }, tell);
}

function join(keys: readonly Operand[], around: Around, tell: Tell): void {
  for (const key of keys) {
    const use = { kind: key.kind === 'field' ? 'join' : 'operand' } as const;
    for (const field of fieldsOfOperands([key])) say(field, use, around, tell, isOptional(key));
  }
}

function isOptional(operand: Operand): true | undefined {
  return operand.kind === 'field' ? operand.optional : undefined;
}

function ask(where: Predicate, outer: Around, tell: Tell): void {
  const around = 'span' in where ? placed(outer, where.span) : outer;
  switch (where.kind) {
    case 'and':
    case 'or':
      for (const part of where.of) ask(part, around, tell);
      break;
    case 'not':
      ask(where.of, { ...around, negated: !around.negated }, tell);
      break;
    case 'nested':
      say(where.path, { kind: 'path' }, around, tell);
      ask(where.where, { ...around, within: where.path }, tell);
      break;
    case 'compare':
      operands([where.left, where.right], around, tell);
      break;
    case 'call':
      operands(where.arguments, around, tell);
      break;
    case 'opaque':
      open(where.language, where.text, around, tell);
      break;
    case 'free-text':
    case 'constant':
      break;
    default:
      if (isFieldTest(where)) say(where.field, { kind: 'test', test: where }, around, tell, where.optional);
      else where satisfies never;
  }
}

function operands(list: readonly Operand[], around: Around, tell: Tell): void {
  for (const operand of list) {
    switch (operand.kind) {
      case 'field':
        say(operand.field, { kind: 'operand' }, around, tell, operand.optional);
        break;
      case 'call':
        operands(operand.arguments, around, tell);
        break;
      case 'test':
        ask(operand.of, around, tell);
        break;
      case 'literal':
        break;
      default:
        operand satisfies never;
    }
  }
}

const deepest = 20;

/** `kql("…")` in ES|QL asks in the way of KQL. What its language does not read asks nothing that is known. */
function open(language: string, text: string, around: Around, tell: Tell): void {
  const asks = asksOf(language);
  if (asks === undefined || asks === around.asks || around.depth > deepest) return;
  const outcome = languageOf(language)?.parse(text);
  if (!outcome?.ok || outcome.value.find.kind !== 'filter') return;
  const { find } = moved(outcome.value, undefined);
  if (find.kind === 'filter') ask(find.where, { ...around, asks, depth: around.depth + 1 }, tell);
}

function say(field: string, use: Asked['use'], around: Around, tell: Tell, optional?: true): void {
  const { asks, negated, within, span } = around;
  tell({
    field,
    use,
    asks,
    ...(span && { span }),
    ...(optional && { optional }),
    ...(negated && { negated: true }),
    ...(within !== undefined && { within }),
  });
}
