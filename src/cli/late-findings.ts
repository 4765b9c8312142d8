import type { Diagnostic, Finding } from '../index.ts';
import { findingsOf, type Label, type MatchManner, printJson, tellFindings } from './tell-match.ts';
import { say } from './terminal.ts';

/** So many findings of one kind are told of events one by one; the rest are counted. */
const most = 10;

/** What is told of events while they are read. */
export class EventFindings {
  readonly #manner: MatchManner;
  readonly #counts = new Map<string, number>();

  constructor(manner: MatchManner) {
    this.#manner = manner;
  }

  take(found: Finding): void {
    if (found.level === 'note' && !this.#manner.verbose) return;
    if (this.#manner.json) {
      printJson({ path: found.path, diagnostics: [found] });
      return;
    }
    const count = (this.#counts.get(found.code) ?? 0) + 1;
    this.#counts.set(found.code, count);
    if (count <= most || this.#manner.verbose) tellFindings([found], '');
  }

  finish(): void {
    if (this.#manner.verbose) return;
    for (const [code, count] of this.#counts) {
      if (count > most)
        say(`${this.#manner.events}: ${count - most} more of [${code}]; -v shows all.`, 'warning');
    }
  }
}

interface Told extends Label {
  readonly text: string;
}

/**
 * What came to light of rules while events went by. Of many rules that ask for fields that no event has, which is
 * what most of a pack does, all but the first few are counted.
 */
export class LateFindings {
  readonly #rules: number;
  readonly #manner: MatchManner;
  /** What may help where no event has the fields. */
  readonly #advice: string | undefined;
  #unknown = 0;

  constructor(rules: number, manner: MatchManner, advice: string | undefined) {
    this.#rules = rules;
    this.#manner = manner;
    this.#advice = advice;
  }

  take(one: Told, found: Diagnostic): void {
    const { rule, title, path } = one;
    const findings = findingsOf([found], one, this.#manner);
    if (this.#manner.json) {
      printJson({ rule, title, path, diagnostics: findings });
      return;
    }
    if (found.code === 'match/unknown-field') {
      this.#unknown += 1;
      if (this.#unknown > few && !this.#manner.verbose) return;
    }
    tellFindings(findings, one.text);
  }

  finish(): void {
    if (this.#unknown === 0 || this.#manner.json) return;
    const many = `${this.#unknown} of ${this.#rules} rules ask for fields that are in no event; -v shows all of them.`;
    if (this.#unknown > few && !this.#manner.verbose) say(many, 'warning');
    if (this.#advice !== undefined) say(this.#advice, 'warning');
  }
}

const few = 3;
