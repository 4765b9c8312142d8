import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Outcome } from '../../diagnostic/diagnostic.ts';
import type { Json, JsonObject } from '../../rule/json.ts';
import type { Pack } from '../../rule/rule.ts';
import { edit } from '../../source/edit.ts';
import type { InParts, WriteOptions } from '../format.ts';
import { edits } from '../json-edit.ts';
import { edition, mark, packIn, read } from './read.ts';
import { writeRule } from './rule.ts';

export const shapes = ['pack'] as const;

export function write(pack: Pack, { shape, onto }: WriteOptions = {}): Outcome<string> {
  return attempt(() => {
    if (shape !== undefined && shape !== 'pack') throw noShape(shape);
    return (onto === undefined ? undefined : writeOnto(pack, onto)) ?? `${print(writePack(pack), '  ')}\n`;
  });
}

/** The one object, as it is printed whole: the rules in its list, and behind them the other lists. */
export function inParts(): InParts {
  let isFirst = true;
  return {
    rules: (rules) =>
      attempt(() => {
        const texts = rules.map((rule) => print(writeRule(rule), '  ').replace(/^/gm, '    '));
        if (texts.length === 0) return '';
        const before = isFirst ? opening : ',\n';
        isFirst = false;
        return `${before}${texts.join(',\n')}`;
      }),
    end: (beside) =>
      attempt(() => {
        const whole = `${print(writePack({ rules: [], ...beside }), '  ')}\n`;
        if (isFirst) return whole;
        return `\n  ]${whole.slice(whole.indexOf(none) + none.length)}`;
      }),
  };
}

/** How a pack begins, and how it says that there are no rules. */
const opening = `{\n  "${mark}": ${edition},\n  "rules": [\n`;
const none = '"rules": []';

/** The text with what has changed since it was read, and not a byte else. */
function writeOnto(pack: Pack, text: string): string | undefined {
  const was = read(text);
  if (!was.ok) return undefined;
  const change = { before: plain(writePack(was.value)), after: plain(writePack(pack)) };
  const { span } = packIn(text, () => {});
  return edit(text, edits(text, span, change, { print, indent: '  ' }));
}

function writePack({ rules, filters, rest }: Pack): JsonObject {
  const bodies = filters.map(({ format, body }) => ({ format, body }));
  return { [mark]: edition, rules: rules.map(writeRule), filters: bodies, rest };
}

function print(value: Json, indent: string): string {
  return JSON.stringify(value, null, indent);
}

/** Without what is undefined, which JSON does not know. */
function plain(object: JsonObject): JsonObject {
  return JSON.parse(print(object, ''));
}

function noShape(shape: string): Failure {
  const message = `A pack is written in one shape, ${shapes[0]}, and not in one named ${shape}.`;
  return new Failure({ code: 'write/failed', message });
}
