import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../../diagnostic/diagnostic.ts';
import type { JsonObject } from '../../rule/json.ts';
import type { Pack } from '../../rule/rule.ts';
import type { WriteOptions } from '../format.ts';
import { companionsOf, leaveBehind } from './companions.ts';
import { detailsOf } from './details.ts';
import { writeOnto } from './onto.ts';
import { withoutSecrets } from './secret.ts';
import { asset, bareLine, line, type RuleShape } from './shape.ts';
import { plain } from './spelling.ts';

/** The shapes that can be asked for, the usual one first. */
export const shapes = ['export', 'asset'] as const;

export function write(pack: Pack, { shape, onto, carry }: WriteOptions = {}): Outcome<string> {
  return attempt((report) => {
    const wanted = shapes.find((known) => known === shape);
    if (shape !== undefined && wanted === undefined) throw noShape(shape);
    const kept = onto === undefined ? undefined : writeOnto(pack, onto, wanted, report);
    return (
      kept ??
      (wanted === 'asset'
        ? writeAssets(pack, report)
        : writeExport(pack, carry === 'none' ? bareLine : line, report))
    );
  });
}

/** As `_export` does: rules, exception lists, exceptions, connectors, details, a line each. */
function writeExport(pack: Pack, shape: RuleShape, report: Report): string {
  const rules = writeRules(pack, shape, report);
  const { lists, listItems, connectors } = companionsOf(pack, report);
  const counts = {
    rules: rules.length,
    lists: lists.length,
    listItems: listItems.length,
    connectors: connectors.length,
  };
  const objects = [...rules, ...lists, ...listItems, ...connectors, detailsOf(counts)];
  return objects.map((object) => `${plain(withoutSecrets(object, report), '')}\n`).join('');
}

/** One alone as packages keep it; several a line each, as saved objects are imported. */
function writeAssets(pack: Pack, report: Report): string {
  const rules = writeRules(pack, asset, report);
  const [only, ...more] = rules.map((object) => withoutSecrets(object, report));
  if (only === undefined)
    throw failed('There is no rule that a prebuilt rule could be made of; nothing was written.');
  leaveBehind(pack, report);
  if (more.length === 0) return asset.print(only, '    ');
  return [only, ...more].map((object) => `${asset.print(object, '')}\n`).join('');
}

/** A rule that cannot be written costs itself, unless it is all there is. */
function writeRules({ rules }: Pack, shape: RuleShape, report: Report): JsonObject[] {
  const written: JsonObject[] = [];
  const failures: Diagnostic[] = [];
  for (const rule of rules) {
    const outcome = attempt((report) => shape.write(rule, report));
    if (outcome.ok) {
      written.push(outcome.value);
      outcome.diagnostics.forEach(report);
    } else {
      failures.push(...outcome.diagnostics);
    }
  }
  if (written.length === 0 && failures.length > 0) throw new Failure(...failures);
  failures.forEach(report);
  return written;
}

function noShape(shape: string): Failure {
  return failed(
    `Kibana's rules are written in the shapes ${shapes.join(' and ')}, not in one named ${shape}.`,
  );
}

function failed(message: string): Failure {
  return new Failure({ code: 'write/failed', message });
}
