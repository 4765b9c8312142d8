import { attempt, Failure, need } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import { type Json, sameJson } from '../../rule/json.ts';
import type { Span } from '../../source/source.ts';
import { commentaryOf } from './commentary.ts';
import { type Comment, commentsOf } from './comments.ts';
import type { Places } from './locate.ts';
import type { Pointer } from './pointer.ts';
import { type Document, print } from './print.ts';
import { read } from './read.ts';
import { rehomed } from './rehome.ts';
import { isString } from './scan.ts';
import { parseToml, type Toml } from './toml.ts';

/**
 * A file in house style: not a value of it has changed, and not a comment is lost. Fails where a comment has
 * no place there, or where what comes out would not be the same rule.
 */
export function tidy(text: string): Outcome<string> {
  return attempt(() => {
    const rule = ruleIn(text);
    const toml = parseToml(text);
    const comments = rehomed(commentsOf(text, toml.places), toml.table);
    const document = documentIn(text, toml, comments);
    const relaid = (text.startsWith('\uFEFF') ? '\uFEFF' : '') + print(document);
    if (relaid === text) return text;
    const after = parseToml(relaid);
    checkComments(comments, commentsOf(relaid, after.places));
    if (!says(after, document) || !sameJson(ruleIn(relaid), rule)) throw wouldChange();
    return relaid;
  });
}

function documentIn(text: string, { table, places }: Toml, comments: readonly Comment[]): Document {
  const isWindows = /\r?\n/.exec(text)?.[0] === '\r\n';
  return {
    table,
    literals: literalsIn(text, places()),
    comments: commentaryOf(comments),
    ...(isWindows && { lineBreak: '\r\n' }),
  };
}

/** Numbers and dates as they are spelled, where they are not as they would be anyway. */
function literalsIn(text: string, { entries }: Places): ReadonlyMap<Pointer, string> {
  const literals = new Map<Pointer, string>();
  for (const [at, { value }] of entries) {
    if (isString(text, value.start) || '[{'.includes(text.charAt(value.start))) continue;
    const spelled = text.slice(value.start, value.end);
    if (!plain.test(spelled)) literals.set(at, spelled);
  }
  return literals;
}

const plain = /^(?:true|false|-?[1-9]\d{0,14}|0)$/;

/** The rule as it is read, but for where its queries stand. */
function ruleIn(text: string): Json {
  const [rule] = need(read(text), silent).rules;
  return JSON.parse(JSON.stringify(rule, (key, value) => (key === 'span' ? undefined : value)));
}

/** Whether a file says just what it was to say: every text to the byte, every number to the digit. */
function says({ table, literals }: Toml, document: Document): boolean {
  if (!sameJson(table, document.table)) return false;
  return [...literals].every(([at, spelled]) => document.literals.get(at) === spelled);
}

/** Fails at the first comment that is not where it belongs. */
function checkComments(wanted: readonly Comment[], there: readonly Comment[]): void {
  const counts = new Map<string, number>();
  for (const name of there.map(nameOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const comment of wanted) {
    const count = counts.get(nameOf(comment)) ?? 0;
    if (count === 0) throw homeless(comment.span);
    counts.set(nameOf(comment), count - 1);
  }
}

function nameOf({ text, at, side }: Comment): string {
  return JSON.stringify([side, at, text]);
}

function homeless(span: Span): Failure {
  const message = 'House style has no place for this comment, so the file was left as it is laid out.';
  return new Failure({ code: 'style/not-relaid', message, span });
}

function wouldChange(): Failure {
  const message = 'In house style the file would not say the same, so it was left as it is laid out.';
  return new Failure({ code: 'style/not-relaid', message });
}

function silent(): void {}
