import type { AppliedRow } from '../../convert/ledger/ledger.ts';
import type { RuleLedger, Run, Said } from '../run.ts';
import { rulesOf } from '../totals.ts';
import { eventsOf, sentenceOf, whoFinds } from '../verdict.ts';
import { rowIn } from '../words.ts';

/** A run as the page reads it: short names, each row of the tables once, words only where no place says them. */
export interface PackedRun {
  readonly to: string;
  readonly rules: readonly PackedRule[];
  /** Files of which something is told that is about no rule. */
  readonly files: readonly {
    readonly path: string;
    readonly grade?: string;
    readonly found: readonly PackedFinding[];
  }[];
  readonly gates: readonly { readonly asked: string; readonly stops: readonly string[] }[];
  readonly rows: readonly string[];
}

export interface PackedRule {
  readonly title: string;
  readonly id?: string;
  readonly path: string;
  readonly line: number;
  readonly out?: string;
  readonly grade: string;
  readonly read: string;
  readonly written: string;
  readonly verdict?: PackedVerdict;
  readonly ledger: readonly PackedLine[];
}

export interface PackedVerdict {
  readonly word: string;
  readonly says: string;
  readonly shown: readonly { readonly says: string; readonly read: string; readonly written?: string }[];
}

export interface PackedLine {
  readonly kind: string;
  readonly became: string;
  readonly from?: PackedSaid;
  readonly to?: PackedSaid;
  readonly rows?: readonly number[];
  readonly found?: readonly PackedFinding[];
}

/** `at`: pairs of offsets into the text that is shown. */
export interface PackedSaid {
  readonly words?: string;
  readonly path?: string;
  readonly at?: readonly (readonly [number, number])[];
}

export interface PackedFinding {
  readonly code: string;
  readonly level: string;
  readonly message: string;
  readonly line?: number;
}

export function packed(run: Run): PackedRun {
  const rows = new Map<string, number>();
  const numberOf = (row: AppliedRow): number => {
    const words = rowIn(row);
    const number = rows.get(words) ?? rows.size;
    rows.set(words, number);
    return number;
  };
  const rules = rulesOf(run).map((rule) => packedRule(rule, numberOf));
  const files = run.files
    .filter(({ findings, fidelity }) => findings.length > 0 || fidelity !== undefined)
    .map(({ path, fidelity, findings }) => ({
      path,
      ...(fidelity && { grade: fidelity }),
      found: findings.map(finding),
    }));
  const gates = run.gates.map(({ asked, stops }) => ({
    asked,
    stops: stops.map(({ path, title, message }) => [path, title, message].filter(Boolean).join(': ')),
  }));
  return { to: run.to, rules, files, gates, rows: [...rows.keys()] };
}

function packedRule(rule: RuleLedger, numberOf: (row: AppliedRow) => number): PackedRule {
  const { title, id, path, out, fidelity, text, read, proof, ledger } = rule;
  return {
    title,
    ...(id !== undefined && { id }),
    path,
    line: read.line,
    ...(out !== undefined && { out }),
    grade: fidelity,
    read: read.text,
    written: text,
    ...(proof && {
      verdict: {
        word: proof.relation,
        says: sentenceOf(proof),
        shown: (proof.shown ?? []).map((shown) => ({ says: whoFinds(shown), ...eventsOf(shown) })),
      },
    }),
    ledger: ledger.map(({ kind, became, source, target, rows, findings }) => ({
      kind,
      became,
      ...(source && { from: said(source, read.text, read.start) }),
      ...(target && { to: said(target, text, 0) }),
      ...(rows.length > 0 && { rows: [...new Set(rows.map(numberOf))] }),
      ...(findings.length > 0 && { found: findings.map(finding) }),
    })),
  };
}

function said({ words, path, places }: Said, text: string, start: number): PackedSaid {
  const at = places
    .map((place) => [place.start - start, place.end - start] as const)
    .filter(([from, to]) => from >= 0 && to <= text.length);
  const [first, ...more] = at;
  const isSaid = first && more.length === 0 && text.slice(...first) === words;
  return { ...(!isSaid && { words }), ...(path !== undefined && { path }), ...(at.length > 0 && { at }) };
}

function finding({ code, level, message, line }: Run['files'][number]['findings'][number]): PackedFinding {
  return { code, level, message, ...(line !== undefined && { line }) };
}
