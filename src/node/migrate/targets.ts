import { basename } from 'node:path';

import type { Diagnostic, RuleChange } from '../../index.ts';
import { changesOf } from './changes.ts';
import { carry, drop, kept, placeOf, put, settle } from './copies.ts';
import { type Decision, decide } from './decide.ts';
import { digestOf } from './digest.ts';
import type { Disk, Standing } from './disk.ts';
import type { MigrateOptions, Side, TargetState } from './model.ts';
import { conflictsIn, putTogether, type Together } from './put-together.ts';

/** What is to stand at a target, as its source has it. */
export interface Wanted {
  readonly source: string;
  readonly path: string;
  readonly theirs: string;
  /** Of what was written last, as it was noted. */
  readonly digest?: string;
}

/** What became of a target. */
export interface Settled {
  readonly state: TargetState;
  /** Of what was taken over; empty if nothing was. */
  readonly digest: string;
  /** Whether the source has to be looked at again, even if it does not change. */
  readonly again: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** The text that places in these are of. */
  readonly text?: string;
  readonly changes?: readonly RuleChange[];
}

/** Brings targets up to date, and never writes over what somebody else wrote. */
export class Targets {
  readonly #disk: Disk;
  readonly #options: MigrateOptions;

  constructor(disk: Disk, options: MigrateOptions) {
    this.#disk = disk;
    this.#options = options;
  }

  /** What the source came to when the target was last looked at; undefined where that has to be found out anew. */
  lastOf(path: string, digest: string): string | undefined {
    const last = kept(this.#disk, path, 'theirs') ?? kept(this.#disk, path, 'base');
    if (last !== undefined) return last;
    const there = this.#disk.at(path);
    return there.kind === 'text' && digestOf(there.text) === digest ? there.text : undefined;
  }

  /** Whether there is something of ours at a path, or was. */
  isOurs(path: string): boolean {
    return kept(this.#disk, path, 'base') !== undefined;
  }

  async take(wanted: Wanted): Promise<Settled> {
    try {
      return await this.#take(wanted);
    } catch (error) {
      return unwritten(wanted.digest, error);
    }
  }

  async #take(wanted: Wanted): Promise<Settled> {
    const { path, theirs, digest } = wanted;
    this.#settleWhatIsSettled(path);
    const base = kept(this.#disk, path, 'base');
    const known = {
      ours: this.#disk.at(path),
      theirs,
      ...(base !== undefined && { base }),
      ...(digest && { digest }),
    };
    const decision = decide(known, this.#options.restore === true);
    switch (decision.does) {
      case 'write':
        return this.#write(decision.state, wanted, textOf(known.ours), theirs);
      case 'leave':
        if (base !== theirs) put(this.#disk, path, 'base', theirs, undefined);
        return this.#done(decision.state, wanted);
      case 'refuse':
        return { state: 'occupied', digest: '', again: true, diagnostics: [occupied(decision.what)] };
      case 'weigh':
        return this.#weigh(wanted, decision);
      default:
        return decision satisfies never;
    }
  }

  /** Who deletes the file that lies beside a target has looked at it: what it says is taken over, as far as it is. */
  #settleWhatIsSettled(path: string): void {
    const isPending = kept(this.#disk, path, 'theirs') !== undefined;
    if (isPending && this.#disk.at(placeOf(path, 'theirs')).kind === 'nothing') settle(this.#disk, path);
  }

  /** Writes a text that has what the source says now, and perhaps more. */
  #write(
    state: TargetState,
    wanted: Wanted,
    before: string | undefined,
    after: string,
    more: readonly Diagnostic[] = [],
  ): Settled {
    put(this.#disk, wanted.path, 'base', wanted.theirs, after === before ? undefined : after);
    const done = this.#done(state, wanted, more);
    const { changes } = this.#options;
    return { ...done, text: after, ...(changes && { changes: changesOf(before, after, this.#options) }) };
  }

  async #weigh(wanted: Wanted, { ours, base }: Decision & { does: 'weigh' }): Promise<Settled> {
    const { source, path, theirs } = wanted;
    const { mergeTexts, onConflict = 'both', to } = this.#options;
    const merged = putTogether({ ours, theirs, ...(base !== undefined && { base }) }, to, mergeTexts);
    const { text, conflicts, found } = merged;
    if (text !== undefined && conflicts.length === 0) return this.#write('merged', wanted, ours, text, found);
    const told = [...conflictsIn(ours, to, conflicts, 'migrate/conflict'), ...merged.reasons];
    const reasons = told.map(({ message }) => message);
    const side: Side =
      typeof onConflict === 'string'
        ? onConflict
        : await onConflict({ source, target: path, ours, theirs, reasons });
    switch (side) {
      case 'ours':
        return this.#takeOurs(wanted, ours, merged);
      case 'theirs':
        return this.#write('theirs', wanted, ours, theirs);
      case 'both':
        return { ...this.#layBeside(wanted, told), text: ours };
      default:
        return side satisfies never;
    }
  }

  /** What goes together is taken all the same. */
  #takeOurs(wanted: Wanted, ours: string, { text = ours, conflicts, found, reasons }: Together): Settled {
    const told = conflictsIn(text, this.#options.to, conflicts, 'migrate/chosen');
    const why = reasons.map(({ message }) => ({ code: 'migrate/chosen', message }) as const);
    return this.#write('ours', wanted, ours, text, [...told, ...why, ...found]);
  }

  /** The target stays; what the source says stands beside it, until somebody has settled it and deletes that. */
  #layBeside({ path, theirs, digest = '' }: Wanted, told: readonly Diagnostic[]): Settled {
    const place = placeOf(path, 'theirs');
    const name = basename(place);
    const there = this.#disk.at(place);
    const before = kept(this.#disk, path, 'theirs');
    const isFree =
      there.kind === 'nothing' || (there.kind === 'text' && (there.text === before || there.text === theirs));
    if (isFree && (before !== theirs || there.kind === 'nothing'))
      put(this.#disk, path, 'theirs', theirs, theirs);
    const what = isFree
      ? `all that the source says now stands beside it as ${name}`
      : `${name} beside it, which was changed as well, was not written over`;
    const message = `The file was changed by hand, and so was its source; it stays as it is, and ${what}. Settle it, and delete ${name}.`;
    const diagnostics = [...told, { code: 'migrate/conflict', message } as const];
    return { state: 'conflict', digest: isFree ? digestOf(theirs) : digest, again: !isFree, diagnostics };
  }

  #done(state: TargetState, { path, theirs }: Wanted, more: readonly Diagnostic[] = []): Settled {
    drop(this.#disk, path, 'theirs');
    const found = said(state);
    const diagnostics = [...more, ...(found ? [found] : [])];
    return { state, digest: digestOf(theirs), again: false, diagnostics };
  }

  /** Takes a target, and what is kept of it, to another place; says where it stands then. */
  move(from: string, to: string): string {
    const isFree = this.#disk.at(to).kind === 'nothing' || this.isOurs(to);
    if (!isFree) return from;
    carry(this.#disk, from, to);
    return to;
  }

  /** A target whose source, or whose rule in it, is there no more. Undefined if nothing of it is left. */
  leaveBehind(path: string, digest: string, prunes: boolean): Settled | undefined {
    try {
      return this.#leaveBehind(path, digest, prunes);
    } catch (error) {
      return unwritten(digest, error);
    }
  }

  #leaveBehind(path: string, digest: string, prunes: boolean): Settled | undefined {
    this.#settleWhatIsSettled(path);
    const there = this.#disk.at(path);
    const last = kept(this.#disk, path, 'base');
    if (there.kind === 'nothing') {
      this.#forget(path, last);
      return undefined;
    }
    const isUntouched =
      there.kind === 'text' && (last === undefined ? digestOf(there.text) === digest : there.text === last);
    if (!prunes || !isUntouched) {
      const why = prunes
        ? '; it was changed by hand, so it was not removed'
        : '; it was left where it is (--prune removes it)';
      const message = `The source of the file is gone${why}.`;
      const diagnostics = [{ code: 'migrate/source-gone', message }] as const;
      return { state: 'source-gone', digest, again: false, diagnostics };
    }
    this.#disk.remove(path);
    this.#forget(path, last);
    const message = `The source of the file is gone; it was removed, as nobody has changed it.`;
    const { changes } = this.#options;
    return {
      state: 'pruned',
      digest: '',
      again: false,
      diagnostics: [{ code: 'migrate/pruned', message }],
      ...(changes && { changes: changesOf(there.text, undefined, this.#options) }),
    };
  }

  #forget(path: string, base: string | undefined): void {
    drop(this.#disk, path, 'theirs');
    if (base !== undefined) drop(this.#disk, path, 'base');
  }
}

function textOf(there: Standing): string | undefined {
  return there.kind === 'text' ? there.text : undefined;
}

function unwritten(digest = '', error: unknown): Settled {
  const message = `The file could not be written: ${(error as Error).message}. What stood there before still does.`;
  return { state: 'unwritten', digest, again: true, diagnostics: [{ code: 'write/failed', message }] };
}

function occupied(what: string): Diagnostic {
  const words = what === 'another file' ? 'a file that no migration has written' : what;
  const message = `Where a rule would be written there is ${words}; it stays, and the rule was not written.`;
  return { code: 'migrate/occupied', message };
}

/** What is worth saying of a state. */
function said(state: TargetState): Diagnostic | undefined {
  switch (state) {
    case 'kept':
      return { code: 'migrate/kept', message: 'The file was changed by hand; it was left as it is.' };
    case 'merged':
      return {
        code: 'migrate/merged',
        message: 'The file was changed by hand, and so was its source; it has both now.',
      };
    case 'ours':
    case 'theirs': {
      const which =
        state === 'ours'
          ? 'where the two do not go together it stays as it is, as asked'
          : 'where the two do not go together all of it is as the source has it, as asked';
      return {
        code: 'migrate/chosen',
        message: `The file was changed by hand, and so was its source; ${which}.`,
      };
    }
    case 'deleted':
      return {
        code: 'migrate/deleted',
        message: 'The file was deleted by hand; it stays so (--restore writes it again).',
      };
    default:
      return undefined;
  }
}
