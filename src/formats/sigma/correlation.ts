import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { CorrelationDetection } from '../../rule/rule.ts';
import { present } from '../present.ts';
import { aliases, checkCondition, condition, timespan } from './correlation-word.ts';
import { missing, wrong } from './missing.ts';
import { Saying } from './saying.ts';
import { spell, text, textOrTexts, truth, type Word } from './word.ts';

/** The keys of the map, in the order of the specification's examples. */
const keys: readonly string[] = ['type', 'rules', 'group-by', 'timespan', 'aliases', 'condition', 'generate'];

/** Tools have it inside of the map, the schema beside it. Where it stood is carried. */
const beside: Word<boolean> = { ...truth, write: () => undefined };

/**
 * Which rules must match how often in what time. All of it is the meaning of the rule, so what makes no
 * sense is refused, but for types, of which there may be newer ones.
 */
export function readCorrelation(from: Saying, report: Report): CorrelationDetection {
  const map = from.leave('correlation');
  if (!isObject(map)) throw wrong('correlation', 'a map');
  const inner = new Saying(map, 'correlation', refuse);
  const type = inner.says('type', text);
  const rules = inner.says('rules', textOrTexts);
  const detection = present<CorrelationDetection>({
    kind: 'correlation',
    type: type ?? '',
    rules: rules ?? [],
    groupBy: inner.says('group-by', textOrTexts),
    timespan: inner.says('timespan', timespan),
    aliases: inner.says('aliases', aliases),
    condition: inner.says('condition', condition),
    generate: inner.says('generate', truth) ?? from.says('generate', beside),
  });
  if (type === undefined) throw missing('correlation.type');
  if (rules === undefined && typeof detection.condition !== 'string') throw missing('correlation.rules');
  if (detection.timespan === undefined) throw missing('correlation.timespan');
  checkCondition(detection, report);
  from.keep('correlation', inner.rest());
  return detection;
}

function refuse({ message, ...found }: Diagnostic): never {
  const [what = ''] = message.split(';');
  throw new Failure({ ...found, code: 'parse/bad-value', message: `${what}; the document was not read.` });
}

/** The way back. Fails on what would not be read again. */
export function writeCorrelation(detection: CorrelationDetection, carried: JsonObject): JsonObject {
  const spelt = isObject(carried['correlation']) ? carried['correlation'] : {};
  const { type, rules, groupBy, generate } = detection;
  const said = [
    ['type', type],
    ['rules', rules.length > 0 ? spell(textOrTexts, rules, spelt['rules']) : spelt['rules']],
    ['group-by', groupBy && spell(textOrTexts, groupBy, spelt['group-by'])],
    ['timespan', detection.timespan],
    ['aliases', detection.aliases],
    ['condition', detection.condition],
    ['generate', generate === carried['generate'] ? undefined : generate],
  ] as const;
  const own = Object.entries(spelt).filter(([key]) => !keys.includes(key));
  const map = objectOf([...said, ...own].filter((entry): entry is [string, Json] => entry[1] !== undefined));
  const again = attempt(() => readCorrelation(new Saying({ correlation: map }, '', silent), silent));
  if (again.ok) return map;
  throw new Failure(again.diagnostics.map(unwritable));
}

function unwritable({ message, ...found }: Diagnostic): Diagnostic {
  const [what = ''] = message.split(/[;,]/);
  return { ...found, code: 'loss/required-field', message: `${what}; the rule was not written.` };
}

function silent(): void {}
