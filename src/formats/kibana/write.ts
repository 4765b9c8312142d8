import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { JsonObject } from '../../rule/json.ts';
import type { Pack } from '../../rule/rule.ts';
import type { InParts, WriteOptions } from '../format.ts';
import { companionsOf, leaveBehind, savedCompanionsOf } from './companions.ts';
import { detailsOf, savedDetailsOf } from './details.ts';
import { writeOnto } from './onto.ts';
import { withoutSecrets } from './secret.ts';
import { alert, asset, line, type RuleShape, request } from './shape.ts';
import { plain } from './spelling.ts';

/** The shapes that can be asked for, the usual one first. */
export const shapes = ['export', 'asset', 'saved-object', 'api'] as const;

/** Whether one file of a shape holds many rules. */
export function holdsMany(shape: string = shapes[0]): boolean {
  return shape === 'export' || shape === 'saved-object';
}

export function write(pack: Pack, how: WriteOptions = {}): Outcome<string> {
  return attempt((report) => {
    const { shape, onto } = how;
    const wanted = shapes.find((known) => known === shape);
    if (shape !== undefined && wanted === undefined) throw noShape(shape);
    if (wanted === 'saved-object') report(unusual);
    const kept = onto === undefined ? undefined : writeOnto(pack, onto, wanted, how, report);
    return kept ?? writeAnew(pack, wanted ?? shapes[0], how, report);
  });
}

function writeAnew(pack: Pack, shape: (typeof shapes)[number], how: WriteOptions, report: Report): string {
  switch (shape) {
    case 'export':
      return writeExport(pack, how, report);
    case 'asset':
      return writeAssets(pack, how, report);
    case 'saved-object':
      return writeSavedObjects(pack, how, report);
    case 'api':
      return writeRequests(pack, how, report);
    default:
      return shape satisfies never;
  }
}

/** As `_export` does: rules, exception lists, exceptions, connectors, details, a line each. */
function writeExport(pack: Pack, how: WriteOptions, report: Report): string {
  const rules = writeRules(pack, line, how, report);
  return linesOf([...rules, ...behindExport(rules.length, pack, report)], report);
}

/** As an export of saved objects would, if it did not leave rules out. */
function writeSavedObjects(pack: Pack, how: WriteOptions, report: Report): string {
  const rules = writeRules(pack, alert, how, report);
  return linesOf([...rules, ...behindSavedObjects(rules.length, pack, report)], report);
}

/** What stands behind so many rules, and counts them in the end. */
type Behind = (rules: number, beside: Beside, report: Report) => readonly JsonObject[];
type Beside = Pick<Pack, 'filters' | 'rest'>;

const behindExport: Behind = (rules, beside, report) => {
  const { lists, listItems, connectors } = companionsOf(beside, report);
  const counts = {
    rules,
    lists: lists.length,
    listItems: listItems.length,
    connectors: connectors.length,
  };
  return [...lists, ...listItems, ...connectors, detailsOf(counts)];
};

const behindSavedObjects: Behind = (rules, beside, report) => {
  const companions = savedCompanionsOf(beside, report);
  return [...companions, savedDetailsOf(rules + companions.length)];
};

/** The shapes that are lines, of which there may be any number. */
export function inParts(how: WriteOptions): InParts | undefined {
  switch (how.shape ?? shapes[0]) {
    case 'export':
      return linesInParts(line, behindExport, how);
    case 'saved-object':
      return linesInParts(alert, behindSavedObjects, how);
    default:
      return undefined;
  }
}

function linesInParts(shape: RuleShape, behind: Behind, how: WriteOptions): InParts {
  let count = 0;
  return {
    rules: (rules) =>
      attempt((report) => {
        const written = writeRules({ rules }, shape, how, report);
        count += written.length;
        return linesOf(written, report);
      }),
    end: (beside) => attempt((report) => linesOf(behind(count, beside, report), report)),
  };
}

/** One alone as a body is sent; several a line each, since the create API takes one at a time. */
function writeRequests(pack: Pack, how: WriteOptions, report: Report): string {
  const rules = writeRules(pack, request, how, report);
  const [only, ...more] = rules;
  if (only === undefined)
    throw failed('There is no rule that a request could be made of; nothing was written.');
  leaveBehind(pack, 'A request that creates a rule has no place for', report);
  return more.length > 0 ? linesOf(rules, report) : `${plain(withoutSecrets(only, report), '  ')}\n`;
}

function linesOf(objects: readonly JsonObject[], report: Report): string {
  return objects.map((object) => `${plain(withoutSecrets(object, report), '')}\n`).join('');
}

/** One alone as packages keep it; several a line each, as saved objects are imported. */
function writeAssets(pack: Pack, how: WriteOptions, report: Report): string {
  const rules = writeRules(pack, asset, how, report);
  const [only, ...more] = rules.map((object) => withoutSecrets(object, report));
  if (only === undefined)
    throw failed('There is no rule that a prebuilt rule could be made of; nothing was written.');
  leaveBehind(pack, 'Prebuilt rules have no place for', report);
  if (more.length === 0) return asset.print(only, '    ');
  return [only, ...more].map((object) => `${asset.print(object, '')}\n`).join('');
}

/** A rule that cannot be written costs itself, unless it is all there is. */
function writeRules(
  { rules }: Pick<Pack, 'rules'>,
  shape: RuleShape,
  how: WriteOptions,
  report: Report,
): JsonObject[] {
  const written: JsonObject[] = [];
  const failures: Diagnostic[] = [];
  for (const rule of rules) {
    const outcome = attempt((report) => shape.write(rule, how, report));
    if (outcome.ok) {
      written.push(outcome.value);
      outcome.diagnostics.forEach(report);
    } else {
      failures.push(...outcome.diagnostics);
    }
  }
  if (written.length === 0 && failures.length > 0) throw new Failure(failures);
  failures.forEach(report);
  return written;
}

const unusual: Diagnostic = {
  code: 'write/unusual-shape',
  message:
    "Kibana leaves rules out of its exports of saved objects and moves them by the import of rules; this file is for the saved objects' import, which may want a rule switched on anew.",
};

function noShape(shape: string): Failure {
  return failed(`Kibana's rules are written in the shapes ${shapes.join(', ')}, not in one named ${shape}.`);
}

function failed(message: string): Failure {
  return new Failure({ code: 'write/failed', message });
}
