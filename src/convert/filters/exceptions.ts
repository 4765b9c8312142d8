import { attempt, need } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import type { Entry } from '../../languages/dsl/entry.ts';
import { printEntries } from '../../languages/dsl/print-entries.ts';
import { renameFields } from '../../mapping/fields.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { not } from '../../query/build.ts';
import { hasCase } from '../../query/normal.ts';
import { isPattern } from '../../query/pattern.ts';
import type { Equals, Predicate } from '../../query/query.ts';
import type { Json } from '../../rule/json.ts';
import type { LogSource } from '../../rule/rule.ts';
import { disjuncts } from './disjuncts.ts';
import { opposite } from './reading.ts';

/**
 * What is left out, as the entries of exceptions: each way in which it can hold is one. A way that can
 * not be said is left out, which makes the rule broader.
 */
export function exceptionsFor(
  excluded: Predicate,
  { name, logSource }: { readonly name: string; readonly logSource: LogSource },
  mapping: Mapping,
  report: Report,
): readonly (readonly Entry[])[] {
  // Renamed as the rule sees it, under a negation: what is reported is what becomes of the rule.
  const renamed = renameFields(not(excluded), { mapping, logSource, way: 'toEcs', report });
  return disjuncts(opposite(renamed)).flatMap((way) => {
    const outcome = attempt((report) => need(printEntries(mindingCase(way, report)), report));
    if (outcome.ok) outcome.diagnostics.forEach(report);
    else report(leftOut(name, outcome.diagnostics.at(-1)!));
    return outcome.ok ? [outcome.value] : [];
  });
}

/**
 * Exceptions tell upper and lower case apart, so one leaves out less than it should. Where a test is
 * negated it would leave out more, so such a test stays, and is refused.
 */
function mindingCase(way: Predicate, report: Report): Predicate {
  if (way.kind === 'and') return { ...way, of: way.of.map((test) => mindingCase(test, report)) };
  if (way.kind !== 'equals' || way.caseSensitive || !hasLetters(way)) return way;
  const message = `Exceptions tell upper and lower case apart, and the filter does not in ${way.field}; only what is spelled as it stands is left out, which is broader.`;
  report({ code: 'loss/case-sensitivity', effect: 'broader', message, path: way.field });
  return { ...way, caseSensitive: true };
}

function hasLetters({ values }: Equals): boolean {
  return values.some((value) => value !== null && isPattern(value) && hasCase(value));
}

function leftOut(name: string, { message }: Diagnostic): Diagnostic {
  return {
    code: 'loss/exceptions',
    effect: 'broader',
    message: `A part of the filter "${name}" has no words in exceptions, so the rule is written without it and matches more: ${message}`,
  };
}

/** Entries are plain data. */
export function jsonOfEntries(entries: readonly Entry[]): Json {
  return entries.map((entry) =>
    entry.type === 'nested'
      ? { ...entry, entries: entry.entries.map((inner) => ({ ...inner })) }
      : entry.type === 'list'
        ? { ...entry, list: { ...entry.list } }
        : { ...entry },
  );
}
